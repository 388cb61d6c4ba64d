import type { AppDb, OutboxRow, StoredRow } from '#db/db.ts'
import type { Fatigue } from '#domain/fatigue.ts'
import type { Relief } from '#domain/relief.ts'
import type { Span } from '#domain/span.ts'
import type { CalloutKind } from '#domain/words.ts'
import { awayDuring } from '#domain/absence.ts'
import { isBinding } from '#domain/assignment.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { hoursServed } from '#domain/hours.ts'
import { lackedSkill } from '#domain/person.ts'
import { reliefOf, standingBefore } from '#domain/relief.ts'
import { overlaps } from '#domain/span.ts'
import { DAY, ms } from '#domain/time.ts'
import { ownAbsences } from './absenceRows.ts'
import { meRow } from './me.ts'
import { shiftsBetween } from './rosterRows.ts'

/** Everything the page of one own shift shows. */
export interface ShiftCard {
  mine: StoredRow<'my_assignment'>
  shift: StoredRow<'shift'> | null
  mates: StoredRow<'assignment'>[]
  relief: Relief
  pending: OutboxRow | null
  turns: StoredRow<'my_assignment'>[]
  /** of my own leaving */
  handover: StoredRow<'handover'> | null
  /** people I relieve, as far as this phone knows, each with what they left behind */
  before: { id: string, name: string | null, handover: StoredRow<'handover'> | null }[]
}

/** Who stands where I arrive, and every handover that names me, also of somebody this phone has no row of. */
async function beforeMe(
  db: AppDb, mine: StoredRow<'my_assignment'>, atPost: StoredRow<'shift'>[], people: StoredRow<'assignment'>[],
): Promise<ShiftCard['before']> {
  const [handovers, standing] = [await db.rows('handover').toArray(), standingBefore(mine, atPost, people)]
  const named = handovers.filter(h => h.to_assignment_id === mine.id)
  const ids = [...new Set([...standing, ...named].map(row => row.id))]
  const known = await db.rows('assignment').bulkGet(ids)
  return ids.map((id, i) => ({ id, name: known[i]?.name ?? null, handover: handovers.find(h => h.id === id) ?? null }))
}

/** Reads one own shift; undefined when this phone does not know it. */
export async function shiftCard(db: AppDb, id: string): Promise<ShiftCard | undefined> {
  const mine = await db.rows('my_assignment').get(id)
  if (!mine) return undefined
  const [shift, line, near, turns, outbox, callout, handover] = await Promise.all([
    db.rows('shift').get(mine.shift_id),
    db.rows('assignment').where('shift_id').equals(mine.shift_id).toArray(),
    shiftsBetween(db, mine.community_id, ms(mine.starts_at) - DAY, ms(mine.ends_at) + DAY),
    db.rows('my_assignment').toArray(),
    db.outbox.where('entities').equals(id).sortBy('seq'),
    mine.callout_id ? db.rows('callout').get(mine.callout_id) : undefined,
    db.rows('handover').get(id),
  ])
  const stoodDown = shift?.state === 'stood_down' || callout?.state === 'stood_down' || callout?.state === 'closed'
  const others = near.filter(s => s.post_id === mine.post_id && s.id !== mine.shift_id)
  const people = await db.rows('assignment').where('shift_id').anyOf(others.map(s => s.id)).toArray()
  return {
    mine,
    shift: shift ?? null,
    mates: line.filter(m => m.id !== mine.id && isBinding(m.state)),
    relief: reliefOf(mine, others, people, stoodDown),
    pending: outbox.at(-1) ?? null,
    turns,
    handover: handover ?? null,
    before: await beforeMe(db, mine, others, people),
  }
}

/** Shifts the person is bound to that are not over at `now` (ms): what leaving would give back. */
export async function futureShifts(db: AppDb, now: number): Promise<StoredRow<'my_assignment'>[]> {
  const turns = await db.rows('my_assignment').orderBy('starts_at').toArray()
  return turns.filter(a => isBinding(a.state) && ms(a.ends_at) > now)
}

/**
 * What speaks against taking a shift: an own one at the same time (R3), rest rules by name (R17), and a skill it asks
 * for and they have not (`lacks`). `away`: an own absence, which stops nobody; their yes counts.
 */
export interface Against extends Pick<Fatigue, 'hard' | 'soft'> {
  clash: StoredRow<'my_assignment'> | null, away: StoredRow<'absence'> | null, lacks: string | null
}
/** A shift to be taken. A drill passes no limit of rest. */
export type Candidate = Span & {
  shift_id: string, callout_kind?: CalloutKind | null, skill?: string | null | undefined
}

/**
 * What the person's own turns, unsent claims included, their absences and their skills say about one more shift.
 * `skills`: undefined while they are not known, so that nothing is said of them.
 */
export function againstTaking(
  turns: readonly StoredRow<'my_assignment'>[], candidate: Candidate, absences: readonly StoredRow<'absence'>[],
  skills: readonly string[] | undefined,
): Against {
  const others = turns.filter(t => t.shift_id !== candidate.shift_id)
  const clash = others.find(t => isBinding(t.state) && overlaps(t, candidate)) ?? null
  const { hard, soft } = candidate.callout_kind === 'drill' ? { hard: null, soft: [] } : fatigueOf(others, candidate)
  const lacks = skills ? lackedSkill(candidate.skill, skills) : null
  return { clash, hard, soft, away: awayDuring(absences, candidate) ?? null, lacks }
}

/** Does anything speak against it? Then the server would refuse it. */
export function isStopped({ clash, hard, soft, lacks }: Against): boolean {
  return clash !== null || hard !== null || soft.length > 0 || lacks !== null
}

/** Minutes stood in the last 24 h, drills left out (R35), and what speaks against taking `candidate`. */
export async function myHours(
  db: AppDb, candidate: Candidate, now: number,
): Promise<{ minutes: number, against: Against }> {
  const [turns, absences, me] = await Promise.all([db.rows('my_assignment').toArray(), ownAbsences(db), meRow(db)])
  return { minutes: minutesServed(turns, now), against: againstTaking(turns, candidate, absences, me?.skills) }
}

/** Minutes really stood in the 24 h before `now` (ms); a drill's do not count (R35). */
export function minutesServed(turns: readonly StoredRow<'my_assignment'>[], now: number): number {
  return Math.round(hoursServed(turns.filter(t => t.callout_kind !== 'drill'), now) * 60)
}
