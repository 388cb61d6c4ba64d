import type { Assignment } from '#domain/rows.ts'
import type { TimeWords } from '#domain/timeText.ts'
import type { ProxyStep } from '#domain/words.ts'
import type { Say } from '#i18n/keys.ts'
import { dayKey, hhmm } from '#domain/time.ts'
import { endText } from '#domain/timeText.ts'
import { storedName } from '#i18n/storedName.ts'

/** How a ledger says names, moments and places; `at` of a moment is compared with the day of a line. */
export interface LedgerSay {
  t: Say
  words: TimeWords
  /** a post with where it is */
  place: (org_unit_id: string, post_name: string) => string
}

/** A moment with its day, '2026-11-29 08:02'; '' for none. */
export const moment = (at: string | null | undefined): string => at ? `${dayKey(at)} ${hhmm(at)}` : ''

/** When somebody came or left, with the mark of a coordinator who reported it; '' where nobody did. */
export function stepText(
  { t, words }: LedgerSay, turn: Pick<Assignment, 'starts_at' | 'on_post_at' | 'off_post_at' | 'by_proxy'> | null,
  step: Exclude<ProxyStep, 'accepted'>,
): string {
  const at = step === 'on_post' ? turn?.on_post_at : turn?.off_post_at
  if (!turn || !at) return ''
  const clock = endText({ starts_at: turn.starts_at, ends_at: at }, words)
  return turn.by_proxy.includes(step) ? t('proxy.marked', { text: clock }) : clock
}

/** A person's name, marked where a coordinator said yes for them. */
export function nameText({ t }: LedgerSay, turn: Pick<Assignment, 'name' | 'by_proxy'> | null): string {
  if (!turn) return ''
  const name = storedName(turn.name, t)
  return turn.by_proxy.includes('accepted') ? t('proxy.marked', { text: name }) : name
}
