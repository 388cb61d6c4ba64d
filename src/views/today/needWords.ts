import type { IconName, StateColour } from '#components/ui/kit.ts'
import type { Need, NeedKind } from '#domain/need.ts'
import type { TimeWords } from '#domain/timeText.ts'
import type { Say } from '#i18n/keys.ts'
import { assertNever } from '#domain/codes.ts'
import { lapse, ms, startOfDay } from '#domain/time.ts'
import { dayText, momentText, untilText, whenText } from '#domain/timeText.ts'
import { storedName } from '#i18n/storedName.ts'

/** A need in words: what, the facts below it, by when (null = no time was set), and what its one button says. */
export interface NeedText { title: string, detail: string, deadline: string | null, action: string }

/** How a need looks beside its words. */
export const NEED_LOOK: Record<NeedKind, { icon: IconName, st?: StateColour }> = {
  own: { icon: 'shift', st: 'offer' },
  callout_gap: { icon: 'st-vac', st: 'vac' },
  gap: { icon: 'st-vac', st: 'vac' },
  to_pick: { icon: 'st-queue', st: 'hand' },
  cover_claimed: { icon: 'st-hand', st: 'hand' },
  cover_open: { icon: 'st-hand', st: 'vac' },
  doubt: { icon: 'st-wait', st: 'wait' },
  absent: { icon: 'st-vac', st: 'vac' },
  away: { icon: 'st-hand', st: 'wait' },
  undecided: { icon: 'whistle', st: 'vac' },
  help: { icon: 'people', st: 'wait' },
  reports: { icon: 'people' },
  leaders: { icon: 'flag' },
  seats: { icon: 'council' },
  terms: { icon: 'council' },
}

/** Needs whose deadline is the start of a shift: it is counted down, others are said by their hour. */
const BY_START: ReadonlySet<NeedKind> =
  new Set<NeedKind>(['callout_gap', 'gap', 'doubt', 'away', 'cover_claimed', 'cover_open', 'help'])

function deadlineOf({ kind, by }: Need, now: number, t: Say, words: TimeWords): string | null {
  if (by === null) return null
  const isOver = ms(by) <= now
  if (isOver) return t(BY_START.has(kind) ? 'today.begun' : 'today.over', { amount: words.amount(lapse(by, now)) })
  if (BY_START.has(kind)) return untilText(by, now, words)
  // what ends with a day is said by that day, and not by the next
  const at = startOfDay(by) === ms(by) ? `${dayText(ms(by) - 1, now, words)} 24:00` : momentText(by, now, words)
  return t('today.before', { at })
}

/** What else is known of a need; '' = nothing. */
function factsOf({ kind, names, n }: Need, t: Say): string {
  const people = names.join(t('shell.listComma'))
  switch (kind) {
    case 'own': return t('today.ownDetail')
    case 'callout_gap':
    case 'gap': return people === '' ? '' : t('today.firstWaits', { name: people })
    case 'to_pick': return people === '' ? '' : t('today.waiting', { names: people })
    case 'cover_claimed':
    case 'cover_open':
    case 'help': return ''
    case 'doubt':
    case 'absent':
    case 'away':
    case 'undecided':
    case 'reports':
    case 'leaders':
    case 'seats':
    case 'terms': return names.length < n && people !== '' ? t('today.andMore', { people }) : people
    default: return assertNever(kind)
  }
}

/** What a need says. */
export function needText(of: Need, now: number, t: Say, words: TimeWords): NeedText {
  const need = { ...of, names: of.names.map(name => storedName(name, t)) }
  const { kind, n, place, post, span } = need
  const [first = '', second = ''] = need.names
  const named = { n, place: place || post, first, second }
  const facts = [place && post, span ? whenText(span, now, words) : '', factsOf(need, t)]
  return {
    title: t(`today.need.${kind}.title`, named),
    detail: facts.filter(fact => fact !== '').join(' · '),
    deadline: deadlineOf(need, now, t, words),
    action: t(`today.need.${kind}.do`, named),
  }
}
