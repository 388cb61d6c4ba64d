import type { AppDb, StoredRow } from '#db/db.ts'
import type { Wish } from '#domain/personTimes.ts'
import type { Span } from '#domain/span.ts'
import type { PostKind, ResponderKind } from '#domain/words.ts'
import { mayHold, outOfScope } from '#domain/askables.ts'
import { isGone } from '#domain/assignment.ts'
import { offHoursWithin } from '#domain/availability.ts'
import { leastPeople } from '#domain/pattern.ts'
import { spanOf } from '#domain/span.ts'
import { DAY, dayKey, heldSince, ms } from '#domain/time.ts'
import { absencesKnown } from './absenceRows.ts'
import { availabilityKnown, wishesKnown } from './hourRows.ts'
import { peopleRows } from './people.ts'
import { assignmentsBetween, drillIds, shiftsBetween } from './rosterRows.ts'

/** Somebody's turn on a shift, published or drafted. Drills are none (R35). */
export interface Turn extends Span { shift_id: string, post_id: string, responder_id: string }
/**
 * A draft shift with places to fill. `post_kind` null = its post is not known here; `level` = how many stand there
 * already; `least` = how many the post needs at that time of night, 0 by day; `skill`: what its people must be able to
 * do.
 */
export interface OpenDraft extends Span {
  id: string, post_id: string, post_kind: PostKind | null, missing: number, level: number, least: number
  skill?: string | null
}
/** Somebody who may be put on shifts. `isOff`: outside their hours; `unit` = their partner unit; `wish` null = none. */
export interface Placeable {
  id: string, name: string, kind: ResponderKind, skills: readonly string[], night: boolean, away: Span[]
  isOff: (span: Span) => boolean, unit: string | null, wish: Wish | null
}
/**
 * Somebody of the list who is put on none: not confirmed yet, paused, never asked for any of these posts, or without
 * the skill that each of them asks for.
 */
export interface LeftOut { id: string, name: string, why: 'unconfirmed' | 'paused' | 'gates' | 'skill' }

/** What drafts are filled from: their empty places, the turns around them, and everybody who may be put there. */
export interface AutoRows {
  shifts: OpenDraft[]
  turns: Turn[]
  people: Placeable[]
  left: LeftOut[]
  /** the day (YYYY-MM-DD) from which turns are known */
  known_since: string
}

/** Turns of so many days before count for an even share, where the phone still has them. */
const BACK = 60
/** Turns after the last day bind for so many days. */
const AHEAD = 7

/** The turns of a community in shifts that start within [from, to), ms. */
async function turnsBetween(db: AppDb, community_id: string, from: number, to: number): Promise<Turn[]> {
  const [all, assignments, drafts, drills] = await Promise.all([
    shiftsBetween(db, community_id, from, to),
    assignmentsBetween(db, community_id, from, to),
    db.rows('draft_assignment').toArray(),
    drillIds(db),
  ])
  const shifts = new Map(all.filter(s => !drills.has(s.callout_id)).map(s => [s.id, s]))
  const planned = drafts.flatMap((draft) => {
    const shift = shifts.get(draft.shift_id)
    return shift ? [{ ...draft, starts_at: shift.starts_at, ends_at: shift.ends_at }] : []
  })
  const stood = assignments.filter(a => !isGone(a.state))
  return [...stood, ...planned].flatMap(({ shift_id, responder_id, starts_at, ends_at }) => {
    const shift = shifts.get(shift_id)
    return shift ? [{ shift_id, post_id: shift.post_id, responder_id, starts_at, ends_at }] : []
  })
}

/** Why somebody of the list is put on none of the shifts; null = they may be. */
function leftOut(
  person: StoredRow<'responder_lead'>, shifts: readonly OpenDraft[],
): LeftOut['why'] | null {
  if (person.report_in !== 'confirmed') return 'unconfirmed'
  if (person.state !== 'active') return 'paused'
  if (shifts.length === 0 || shifts.some(shift => mayHold(person, shift))) return null
  return shifts.some(shift => !outOfScope(person.kind, shift.post_kind)) ? 'skill' : 'gates'
}

/** The drafts still to come that have places to fill. */
async function openDrafts(
  db: AppDb, all: readonly StoredRow<'shift'>[], turns: readonly Turn[], now: number,
): Promise<OpenDraft[]> {
  const drafts = all.filter(s => s.state === 'draft' && ms(s.starts_at) > now)
  const posts = await db.rows('post').bulkGet([...new Set(drafts.map(s => s.post_id))])
  const postOf = new Map(posts.flatMap(post => post ? [[post.id, post]] : []))
  const on = new Map<string, number>()
  for (const turn of turns) on.set(turn.shift_id, (on.get(turn.shift_id) ?? 0) + 1)
  return drafts.flatMap(({ id, post_id, starts_at, ends_at, capacity, held, skill }) => {
    const [post, level] = [postOf.get(post_id), on.get(id) ?? 0]
    const missing = capacity - level - held
    const least = leastPeople({ starts_at, ends_at }, post?.night_minimum)
    return missing > 0
      ? [{ id, post_id, post_kind: post?.kind ?? null, starts_at, ends_at, level, missing, least, skill }]
      : []
  })
}

/**
 * Reads what an automatic roster is made from: places of drafts that are still to come.
 * @param db the person's database
 * @param community_id whose drafts
 * @param first ms of the first day's beginning
 * @param end ms of the last day's end
 * @param now ms
 */
export async function autoRows(
  db: AppDb, community_id: string, first: number, end: number, now: number,
): Promise<AutoRows> {
  const [all, turns, people, absences, availability, wishes] = await Promise.all([
    shiftsBetween(db, community_id, first, end),
    turnsBetween(db, community_id, first - BACK * DAY, end + AHEAD * DAY),
    peopleRows(db, community_id),
    absencesKnown(db),
    availabilityKnown(db),
    wishesKnown(db),
  ])
  const shifts = await openDrafts(db, all, turns, now)
  const listed = people.filter(p => p.state !== 'closed').map(row => ({ row, why: leftOut(row, shifts) }))
  const window = spanOf(first - DAY, end + DAY)
  const back = dayKey(first - BACK * DAY)
  return {
    turns,
    shifts,
    people: listed.filter(one => one.why === null).map(({ row }) => {
      const { id, name, kind, skills, night, partner_unit_name: unit } = row
      const isOff = offHoursWithin(availability.get(id), window, now)
      const times = { night: night === 'yes', away: absences.get(id) ?? [], isOff }
      return { id, name, kind, skills, ...times, unit, wish: wishes.get(id) ?? null }
    }),
    left: listed.flatMap(({ row: { id, name }, why }) => why === null ? [] : [{ id, name, why }]),
    known_since: back > heldSince(now) ? back : heldSince(now),
  }
}
