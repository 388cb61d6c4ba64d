import type { ComputedRef } from 'vue'
import type { Assignment, OrgUnit, ResponderLead } from '#domain/rows.ts'
import type { TimeWords } from '#domain/timeText.ts'
import type { ProxyStep } from '#domain/words.ts'
import type { Say } from '#i18n/keys.ts'
import { computed } from 'vue'
import { byName, orgTree, placeLabel } from '#domain/orgTree.ts'
import { dayKey, hhmm } from '#domain/time.ts'
import { endText } from '#domain/timeText.ts'
import { storedName } from '#i18n/storedName.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'

/** How a ledger says names and places. */
export interface LedgerSay {
  t: Say
  words: TimeWords
  /** a post with where it is */
  place: (org_unit_id: string, post_name: string) => string
}

/** The words of a ledger in the language now chosen, for the units of a community. */
export function useLedgerSay(units: () => readonly OrgUnit[]): ComputedRef<LedgerSay> {
  const { t } = useI18n()
  const words = useTimeWords()
  const tree = computed(() => orgTree(units()))
  const place = (id: string, post: string): string =>
    [tree.value.get(id) ? placeLabel(tree.value, id) : '', post].filter(Boolean).join(' ')
  return computed(() => ({ t, words: words.value, place }))
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

/** How a turn stands, with each arrival or leaving (ISO) that had no place any more when it was reported. */
export function stateText({ t }: LedgerSay, state: string, disputed: readonly string[]): string {
  const words = [state, ...disputed.map(at => t('ledger.disputed', { time: hhmm(at) }))]
  return words.filter(Boolean).join(t('shell.listComma'))
}

/** A person's name, marked where a coordinator said yes for them. */
export function nameText({ t }: LedgerSay, turn: Pick<Assignment, 'name' | 'by_proxy'> | null): string {
  if (!turn) return ''
  const name = storedName(turn.name, t)
  return turn.by_proxy.includes('accepted') ? t('proxy.marked', { text: name }) : name
}

/** The people of some turns or requests, once each, by name; `phone_masked` null where this phone has no record. */
export function namedIn(
  turns: readonly Pick<Assignment, 'responder_id' | 'name'>[], people: readonly ResponderLead[],
): Pick<ResponderLead, 'id' | 'name' | 'phone_masked'>[] {
  const known = new Map(people.map(p => [p.id, p]))
  const named = new Map(turns.map(({ responder_id: id, name }) =>
    [id, { id, name, phone_masked: known.get(id)?.phone_masked ?? null }]))
  return [...named.values()].sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1))
}
