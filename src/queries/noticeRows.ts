import type { AppDb, StoredRow } from '#db/db.ts'
import type { Span } from '#domain/span.ts'
import type { NoticeKind } from '#domain/words.ts'
import { DAY, MINUTE, ms } from '#domain/time.ts'
import { meRow, standingOf } from './me.ts'

/** A notice and whether there is still something to do about it. */
export interface NoticeMessage {
  kind: 'notice', id: string, at: string, needs: boolean, stands: boolean, notice: StoredRow<'my_notice'>
  /** where: the place, or for what concerns no single shift its call-out, or its community; null where none is known */
  where: string | null
  /** the building or gate of its shift, as far as this phone knows; null = none */
  unit: string | null
  /** the post of its shift, as far as this phone knows; null = none */
  post: string | null
  /** of a community the person is no member of: they stand above it, and see its counts, not its board */
  above: boolean
  /** of a move: the place waits for the person's confirmation once more */
  again: boolean
  /** it waits for an answer of the person; that they have seen it is none */
  asks: boolean
}
/** The cards that the same screen shows already. */
export interface OtherCards {
  mine: StoredRow<'my_assignment'>[], offers: StoredRow<'my_offer'>[], events: StoredRow<'lead_event'>[]
}

/** What these say of the person themself, events of the same name say of others. */
const OWN: ReadonlySet<string> = new Set<NoticeKind>(['taken_over'])

/** Kinds that ask for an answer for as long as they stand. */
const ASKING: ReadonlySet<string> =
  new Set<NoticeKind>(['offer', 'hold', 'cover_claimed', 'swap_asked', 'to_pick'])

/** Do a notice and an event tell of the same? Then both were written at one instant. */
export function tellsOf(n: StoredRow<'my_notice'>, e: StoredRow<'lead_event'>): boolean {
  const isKind = n.kind === 'reinforcement' ? e.kind.startsWith('reinforcement_') : e.kind === n.kind
  return isKind && !OWN.has(n.kind) && e.community_id === n.community_id && e.shift_id === n.shift_id
    && (e.callout_id ?? null) === n.callout_id && Math.abs(ms(e.at) - ms(n.at)) < MINUTE
}

/** Does a card of its own say the same? One matter, one card. */
function isShown(n: StoredRow<'my_notice'>, { mine, events }: OtherCards): boolean {
  if (n.kind === 'assigned') return mine.some(a => a.id === n.subject_id)
  return events.some(e => tellsOf(n, e))
}

/** What else a notice may be about. */
interface Stakes {
  waiting: StoredRow<'my_waitlist'>[], covers: StoredRow<'cover_request'>[], shift: StoredRow<'shift'> | undefined
  /** a place on the roster, of anybody */
  place: StoredRow<'assignment'> | undefined
  report: StoredRow<'report_lead'> | undefined
}

/**
 * Until when a notice of what is ahead has something to say, ms: until its shift begins. One that was written later
 * speaks of a shift that runs, until it ends. SQL: private.said_until.
 */
function saidUntil(at: string, { starts_at, ends_at }: Span): number {
  return ms(ms(at) <= ms(starts_at) ? starts_at : ends_at)
}

/** Is this a place that waits for its person? */
function isAhead(place: Pick<StoredRow<'my_assignment'>, 'state'> | undefined): boolean {
  return place?.state === 'assigned' || place?.state === 'accepted'
}

/** Does a reminder still count? One that came before its person confirmed has had its answer (R30). */
function isReminded({ state, accepted_at }: StoredRow<'my_assignment'>, at: string): boolean {
  return state === 'assigned' || (state === 'accepted' && (accepted_at === null || ms(accepted_at) <= ms(at)))
}

/** Is there still something to do about a notice? */
function stands(
  n: StoredRow<'my_notice'>, { mine, offers }: OtherCards, { waiting, covers, shift, place, report }: Stakes,
  now: number,
): boolean {
  const own = mine.find(a => a.id === n.subject_id)
  const turn = waiting.find(w => w.id === n.subject_id)
  const cover = covers.find(c => c.id === n.subject_id)
  switch (n.kind) {
    case 'offer':
      return offers.some(o => o.id === n.subject_id && !o._pending && (o.state === 'sent' || o.state === 'expired'))
    case 'reminder':
      return own !== undefined && isReminded(own, n.at) && saidUntil(n.at, own) > now
    case 'promise_due':
      return own?.state === 'accepted'
    case 'cover_asked':
    case 'cover_untaken':
      return own !== undefined && isAhead(own) && saidUntil(n.at, own) > now
    case 'moved':
    case 'cover_approved':
    case 'cover_returned':
    case 'swap_taken':
    case 'swap_declined':
      // a move is told to those who wait, too
      return turn !== undefined || (own !== undefined && isAhead(own) && ms(own.ends_at) > now)
    case 'cover_claimed':
      return cover?.state === 'claimed' && cover.taker_assignment_id === n.step
    case 'cover_wanted':
      return cover?.state === 'open'
    case 'swap_asked':
      return covers.some(c => c.id === n.step && c.state === 'open')
    case 'reopened':
      return own?.state === 'not_arrived'
    case 'hold':
      return turn?.state === 'held' && !turn._pending
    case 'passed_over':
      return turn?.state === 'waiting'
    case 'may_open':
      return turn?.state === 'waiting' && saidUntil(n.at, turn) > now
    case 'to_pick':
      return shift !== undefined && shift.to_pick > 0
    case 'place_open':
      return shift?.state === 'open' && shift.filled + shift.held < shift.capacity && ms(shift.ends_at) > now
    case 'away_on_duty':
      return place !== undefined && isAhead(place) && ms(place.ends_at) > now
    // a list of a unit is one notice about the unit, which nothing settles but reading it
    case 'report_asked':
      return n.step === '' ? report?.state === 'requested' : n.state === 'new'
    default:
      return true
  }
}

/** Notices of the last seven days that no other card shows. A request counts as waiting on 我的班 already. */
export async function noticeRows(db: AppDb, now: number, shown: OtherCards): Promise<NoticeMessage[]> {
  const [notices, waiting, covers, callouts, sums, me] = await Promise.all([
    db.rows('my_notice').toArray(),
    db.rows('my_waitlist').toArray(),
    db.rows('cover_request').toArray(),
    db.rows('callout').toArray(),
    db.rows('community_sum').toArray(),
    meRow(db),
  ])
  const own = standingOf(me).communities
  const titles = new Map<string | null, string>([
    ...shown.offers.map(o => [o.callout_id, o.callout_title] as const),
    ...callouts.map(c => [c.id, c.title] as const),
  ])
  const left = notices.filter(n => ms(n.at) > now - 7 * DAY && !isShown(n, shown))
  const [shifts, places, reports] = await Promise.all([
    db.rows('shift').bulkGet(left.map(n => n.shift_id ?? '')),
    db.rows('assignment').bulkGet(left.map(n => n.subject_id)),
    db.rows('report_lead').bulkGet(left.map(n => n.subject_id)),
  ])
  return left.map((notice, i) => {
    const stakes = { waiting, covers, shift: shifts[i], place: places[i], report: reports[i] }
    const still = stands(notice, shown, stakes, now)
    const needs = still && notice.state === 'new' && notice.kind !== 'offer'
    const again = shown.mine.some(a => a.id === notice.subject_id && a.state === 'assigned')
    const above = own.every(c => c.id !== notice.community_id) && sums.some(s => s.id === notice.community_id)
    const community = above ? sums.find(s => s.id === notice.community_id)?.name : null
    const where = notice.place_name ?? titles.get(notice.callout_id) ?? community ?? null
    const asks = still && (notice.kind === 'moved' || notice.kind === 'reminder' ? again : ASKING.has(notice.kind))
    const [unit, post] = [shifts[i]?.org_unit_id ?? null, shifts[i]?.post_id ?? null]
    const { id, at } = notice
    return { kind: 'notice', id, at, notice, where, unit, post, above, stands: still, needs, again, asks }
  })
}
