import type { StoredRow } from '#db/db.ts'
import type { NoticeKind } from '#domain/words.ts'
import type { MessagePlace } from './messagePlaces.ts'
import type { NoticeMessage } from './noticeRows.ts'
import { dayKey, MINUTE, ms } from '#domain/time.ts'

/** What a coordinator has to know, from the event log: the kinds of private.for_leads (tests/i18n/kinds.test.ts). */
export type LeadEventKind = 'no_relief' | 'relief_late' | 'handover_forced' | 'taken_over' | 'disputed' | 'not_arrived'
  | 'unconfirmed' | 'escalated' | 'rung_skipped' | 'unfilled' | 'reinforcement_asked' | 'reinforcement_answered'
  | 'mode_expiring' | 'mode_expired' | 'left_community' | 'account_closed' | 'help_request' | 'reset_issued'
  | 'appointed' | 'record_joined' | 'stand_in_refused' | 'support_asked' | 'door_feedback' | 'member_feedback'
  | 'away_on_duty'
/**
 * Something that a coordinator has to know. `notices` told them of the same: its card stands for them, too, and waits
 * while one of them is unread.
 */
export interface EventMessage {
  kind: 'lead_event', id: string, at: string, needs: boolean, event: StoredRow<'lead_event'>
  place: MessagePlace | null, notices: StoredRow<'my_notice'>[]
}
export type Foldable = EventMessage | NoticeMessage
/** Messages that say the same of one call-out, or of one act: one card, the newest first. */
export interface Folded { kind: 'folded', id: string, at: string, needs: boolean, of: [Foldable, ...Foldable[]] }

/** Kinds that come by the dozen in a call-out, one for each shift or slot, and are acted upon together. */
const MANY: ReadonlySet<string> = new Set<LeadEventKind | NoticeKind>([
  'no_relief', 'relief_late', 'handover_forced', 'taken_over', 'disputed', 'not_arrived', 'unconfirmed', 'escalated',
  'rung_skipped', 'unfilled', 'reinforcement_asked', 'reinforcement_answered', 'reinforcement', 'stand_in_refused',
  'away_on_duty', 'report_asked',
])
/** Changes that one act makes to many shifts of one person. */
const CHANGES: ReadonlySet<string> = new Set<NoticeKind>(['cancelled', 'released', 'passed', 'recalled', 'filled'])

/** What messages of one card have in common; null = the message has a card of its own. */
function keyOf(m: Foldable): string | null {
  const { kind, callout_id } = m.kind === 'notice' ? m.notice : m.event
  // roster duty has no call-out: what happened on one day belongs together
  if (MANY.has(kind)) return `${m.kind}/${kind}/${callout_id ?? dayKey(m.at)}`
  if (CHANGES.has(kind)) return `${m.kind}/${kind}/${Math.floor(ms(m.at) / (5 * MINUTE))}`
  return null
}

/** The unread notices that the cards of these messages stand for. */
export function unreadOf(messages: readonly Foldable[]): string[] {
  return messages.flatMap(m => m.kind === 'notice' ? m.notice : m.notices).flatMap(n => n.state === 'new' ? n.id : [])
}

/** Puts messages that say the same into one card each. */
export function fold(messages: Foldable[]): (Foldable | Folded)[] {
  const cards = new Map<string, [Foldable, ...Foldable[]]>()
  for (const m of [...messages].sort((a, b) => ms(b.at) - ms(a.at))) {
    const key = keyOf(m) ?? `${m.kind}/${m.id}`
    const card = cards.get(key)
    if (card) card.push(m)
    else cards.set(key, [m])
  }
  return [...cards.values()].map(of =>
    of.length === 1
      ? of[0]
      : { kind: 'folded', id: of[0].id, at: of[0].at, needs: of.some(m => m.needs), of },
  )
}
