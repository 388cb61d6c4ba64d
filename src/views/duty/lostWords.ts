import type { IconName } from '#components/ui/icons.ts'
import type { StateColour } from '#components/ui/stateColour.ts'
import type { TimeWords } from '#domain/timeText.ts'
import type { Say } from '#i18n/keys.ts'
import type { CalloutCard } from '#queries/calloutCard.ts'
import { momentText } from '#domain/timeText.ts'
import { knownCode } from '#i18n/known.ts'

export interface Words { st: StateColour, icon: IconName, title: string, lines: string[] }

/** Who took the places and when, newest first, as the verdict's detail names them. */
export function takenBy(detail: Record<string, unknown> | null): { name: string | null, at: string }[] {
  const filled = Array.isArray(detail?.filled) ? detail.filled as { name: string | null, at: string }[] : []
  return [...filled].sort((a, b) => (a.at < b.at ? 1 : -1))
}

/** The sentence of a request one cannot have: never 操作失败, never a code; who and when, then what next. */
export function lostWords(
  card: Pick<CalloutCard, 'state' | 'waitlist' | 'verdict' | 'pending' | 'offer'>,
  now: number,
  words: TimeWords,
  t: Say,
): Words {
  switch (card.state) {
    case 'waitlist': {
      const held = card.waitlist?.state === 'held'
      const rank = card.waitlist?.rank ?? 0
      if (held) {
        return {
          st: 'hand',
          icon: 'st-hand',
          title: t('duty.wait.held'),
          lines: card.waitlist?.hold_until
            ? [t('duty.wait.until', { at: momentText(card.waitlist.hold_until, now, words) })]
            : [],
        }
      }
      return {
        st: 'acc',
        icon: 'st-queue',
        title: t('duty.wait.rank', { n: rank }),
        lines: [
          t(rank > 1 ? 'duty.wait.full' : 'duty.wait.first', { n: card.offer.capacity, ahead: Math.max(0, rank - 1) }),
          t('duty.wait.order'),
        ],
      }
    }
    case 'full': {
      const [last] = takenBy(card.verdict?.detail ?? null)
      return {
        st: 'idle',
        icon: 'st-full',
        title: t('duty.full.title'),
        lines: [
          last
            ? t('duty.full.by', { name: last.name ?? t('duty.full.somebody'), at: momentText(last.at, now, words) })
            : t('duty.full.all', { n: card.offer.capacity }),
          t('duty.full.thanks'),
        ],
      }
    }
    case 'closed':
      return { st: 'idle', icon: 'st-full', title: t('duty.full.stoodBy'), lines: [t('duty.full.noFault')] }
    case 'declined':
      return card.pending
        ? { st: 'wait', icon: 'st-local', title: t('duty.declined.local'), lines: [t('duty.declined.auto')] }
        : { st: 'idle', icon: 'st-done', title: t('duty.declined.title'), lines: [t('duty.declined.noFault')] }
    default: {
      const code = knownCode(card.verdict?.code ?? null)
      return {
        st: 'vac',
        icon: 'st-refused',
        title: t(`codes.verdict.${code}.text`),
        lines: [t(`codes.verdict.${code}.next`)],
      }
    }
  }
}
