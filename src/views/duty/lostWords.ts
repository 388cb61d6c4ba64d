import type { IconName, StateColour } from '#components/ui/kit.ts'
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

type Card = Pick<CalloutCard, 'state' | 'waitlist' | 'verdict' | 'pending' | 'offer'>

/** A place on the waitlist: kept for me until a moment, or my rank and how many are ahead. */
function waitlistWords({ waitlist, offer }: Card, now: number, words: TimeWords, t: Say): Words {
  if (waitlist?.state === 'held') {
    const until = waitlist.hold_until
    const lines = until ? [t('duty.wait.until', { at: momentText(until, now, words) })] : []
    return { st: 'hand', icon: 'st-hand', title: t('duty.wait.held'), lines }
  }
  const rank = waitlist?.rank ?? 0
  const ahead = { n: offer.capacity, ahead: Math.max(0, rank - 1) }
  const lines = [t(rank > 1 ? 'duty.wait.full' : 'duty.wait.first', ahead), t('duty.wait.order')]
  return { st: 'acc', icon: 'st-queue', title: t('duty.wait.rank', { n: rank }), lines }
}

/** A shift that filled up: who took the last place and when, as far as the server said so. */
function fullWords({ verdict, offer }: Card, now: number, words: TimeWords, t: Say): Words {
  const [last] = takenBy(verdict?.detail ?? null)
  const by = last
    ? t('duty.full.by', { name: last.name ?? t('duty.full.somebody'), at: momentText(last.at, now, words) })
    : t('duty.full.all', { n: offer.capacity })
  const close = t(verdict ? 'duty.full.thanks' : 'duty.full.noFault')
  return { st: 'idle', icon: 'st-full', title: t('duty.full.title'), lines: [by, close] }
}

/** The sentence of a request one cannot have: never 操作失败, never a code; who and when, then what next. */
export function lostWords(card: Card, now: number, words: TimeWords, t: Say): Words {
  switch (card.state) {
    case 'waitlist':
      return waitlistWords(card, now, words, t)
    case 'full':
      return fullWords(card, now, words, t)
    case 'closed':
      return { st: 'idle', icon: 'st-full', title: t('duty.full.stoodBy'), lines: [t('duty.full.noFault')] }
    case 'declined':
      return card.pending
        ? { st: 'wait', icon: 'st-local', title: t('duty.declined.local'), lines: [t('duty.declined.auto')] }
        : { st: 'idle', icon: 'st-done', title: t('duty.declined.title'), lines: [t('duty.declined.noFault')] }
    default: {
      const code = knownCode(card.verdict?.code ?? null)
      const [text, next] = [t(`codes.verdict.${code}.text`), t(`codes.verdict.${code}.next`)]
      return { st: 'vac', icon: 'st-refused', title: text, lines: [next] }
    }
  }
}
