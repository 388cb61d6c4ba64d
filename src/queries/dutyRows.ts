import type { AppDb, OutboxRow, StoredRow } from '#db/db.ts'
import type { MutationArgs, MutationName } from '#domain/mutations.ts'
import type { Against, Candidate } from './ownShifts.ts'
import { isGranted } from '#domain/assignment.ts'
import { tappedAt } from '#domain/clockOffset.ts'
import { isFull } from '#domain/nearest.ts'
import { asksCheckIn } from '#domain/relief.ts'
import { covers } from '#domain/span.ts'
import { HOUR, ms } from '#domain/time.ts'
import { ownAbsences } from './absenceRows.ts'
import { coversAsked } from './coverRows.ts'
import { meRow } from './me.ts'
import { modeRow } from './modeRows.ts'
import { againstTaking, minutesServed } from './ownShifts.ts'

/** Intents by which a person answers; they show as cards until the server has spoken. */
const ANSWERS = ['accept_shift', 'decline_shift', 'withdraw', 'join_waitlist', 'take_held_place'] as const satisfies
  readonly MutationName[]
export type AnswerName = typeof ANSWERS[number]

/** One answer on its way. `row` describes the place as far as this phone knows it. */
export interface UnsentAnswer {
  id: string, name: AnswerName, at: string, state: OutboxRow['state'], attempts: number, place: UnsentPlace | null
  offer: string | null, assignment: string | null
  /** a yes to a place that a coordinator keeps: nobody else can have it */
  confirms: boolean
}
export type UnsentPlace = Pick<
  StoredRow<'my_offer'>,
  'place_name' | 'post_name' | 'community_name' | 'starts_at' | 'ends_at'
>

/** Everything 我的班 shows, over all communities. Spans that are over are left out, except what is still on post. */
export interface MyDuty {
  /** on post; in 平时 also what runs without a check-in (R15) */
  on: StoredRow<'my_assignment'>[]
  upcoming: StoredRow<'my_assignment'>[]
  confirm: StoredRow<'my_assignment'>[]
  offers: OpenOffer[]
  unsent: UnsentAnswer[]
  waiting: WaitingLine[]
  /** minutes stood in the last 24 h */
  minutes: number
  /** ids of my cards that ask for 到岗: 应急, or a drill */
  alert: Set<string>
  /** requests for cover that stand, by the card they are about */
  covers: Map<string, StoredRow<'cover_request'>>
}
/** A request that may still be accepted, with the places taken as far as this phone knows; `full` = none is left. */
export interface OpenOffer {
  offer: StoredRow<'my_offer'>, filled: number | null, full: boolean, against: Against
}
/** A place on a waitlist, and what would speak against taking it once it is held for me. */
export type WaitingLine = StoredRow<'my_waitlist'> & { against: Against }

const byStart = (a: { starts_at: string }, b: { starts_at: string }): number => ms(a.starts_at) - ms(b.starts_at)

/** Reads 我的班 at `now` (ms). */
export async function dutyRows(db: AppDb, now: number): Promise<MyDuty> {
  const [mine, offers, waiting, outbox, absences, me] = await Promise.all([
    db.rows('my_assignment').orderBy('starts_at').toArray(),
    db.rows('my_offer').toArray(),
    db.rows('my_waitlist').toArray(),
    db.outbox.orderBy('seq').toArray(),
    ownAbsences(db),
    meRow(db),
  ])
  const ahead = <T extends { ends_at: string }>(row: T): boolean => ms(row.ends_at) > now
  const stays = (a: StoredRow<'my_assignment'>): boolean => a.state === 'on_post' && ms(a.ends_at) > now - 24 * HOUR
  const held = mine.filter(a => isGranted(a) && (ahead(a) || stays(a)))
  const alert = await alertCards(db, mine, now)
  const runs = (a: StoredRow<'my_assignment'>): boolean =>
    a.state === 'on_post' || (a.state === 'accepted' && covers(a, now) && !alert.has(a.id))
  const open = offers.filter(o => (o.state === 'sent' || o.state === 'expired') && !o._pending && ahead(o))
  const queued = waiting.filter(w => (w.state === 'waiting' || w.state === 'held') && !w._pending && ahead(w))
  return {
    on: held.filter(runs),
    upcoming: held.filter(a => a.state === 'accepted' && !runs(a)),
    confirm: held.filter(a => a.state === 'assigned'),
    offers: await openOffers(db, open.sort(byStart), offer => againstTaking(mine, offer, absences, me?.skills)),
    unsent: await unsentRows(db, outbox, mine, offers, waiting),
    waiting: await waitingLines(db, queued.sort(byStart), line => againstTaking(mine, line, absences, me?.skills)),
    minutes: minutesServed(mine, now),
    alert,
    covers: await coversAsked(db),
  }
}

async function alertCards(db: AppDb, mine: StoredRow<'my_assignment'>[], now: number): Promise<Set<string>> {
  const places = new Map(mine.map(a => [a.org_unit_id, a.community_id]))
  const modes = new Map(await Promise.all([...places].map(
    async ([unit, community]) => [unit, await modeRow(db, community, now, unit)] as const,
  )))
  return new Set(mine.filter(a => asksCheckIn(a, modes.get(a.org_unit_id) ?? null)).map(a => a.id))
}

async function openOffers(
  db: AppDb, offers: StoredRow<'my_offer'>[], against: (offer: StoredRow<'my_offer'>) => Against,
): Promise<OpenOffer[]> {
  const shifts = await db.rows('shift').bulkGet(offers.map(o => o.shift_id))
  return offers.map((offer, i) => ({
    offer,
    filled: shifts[i]?.filled ?? null,
    full: isFull(shifts[i]),
    against: against(offer),
  }))
}

async function waitingLines(
  db: AppDb, lines: StoredRow<'my_waitlist'>[], against: (line: Candidate) => Against,
): Promise<WaitingLine[]> {
  const shifts = await db.rows('shift').bulkGet(lines.map(l => l.shift_id))
  return lines.map((line, i) => ({ ...line, against: against({ ...line, skill: shifts[i]?.skill }) }))
}

type AnswerArgs = Partial<
  MutationArgs[AnswerName] & { offer_id: string | null, assignment_id: string | null, waitlist_id: string }
>

async function unsentRows(
  db: AppDb, outbox: OutboxRow[], mine: StoredRow<'my_assignment'>[], offers: StoredRow<'my_offer'>[],
  waiting: StoredRow<'my_waitlist'>[],
): Promise<UnsentAnswer[]> {
  const answers = outbox.filter(o => (ANSWERS as readonly string[]).includes(o.name))
  const names = new Map((await db.rows('org_unit').toArray()).map(u => [u.id, u.name]))
  return answers.map((o) => {
    const args = o.args as AnswerArgs
    const card = mine.find(a => a.id === args.assignment_id) ?? offers.find(f => f.id === args.offer_id)
    const line = waiting.find(w => w.id === args.waitlist_id)
    const place = card ?? (line && { ...line, community_name: names.get(line.community_id) ?? '' }) ?? null
    const { id, state, attempts } = o
    const about = { place, offer: args.offer_id ?? null, assignment: args.assignment_id ?? null }
    const confirms = o.name === 'accept_shift' && about.offer === null && card !== undefined && isKnown(card)
    return { id, name: o.name as AnswerName, at: tappedAt(o), state, attempts, confirms, ...about }
  })
}

/** Did the row come from the server, and not from a tap on this phone alone? */
function isKnown(row: StoredRow<'my_assignment'> | StoredRow<'my_offer'>): boolean {
  return Object.keys(row._v).length > 0
}

/** What needs the person: requests, confirmations, and a place kept for them. */
export function needsMe(duty: MyDuty): number {
  return duty.offers.length + duty.confirm.length + duty.waiting.filter(w => w.state === 'held').length
}
