import type { AppDb, StoredRow } from '#db/db.ts'
import type { Span } from '#domain/span.ts'
import { absencesByPerson } from '#domain/absence.ts'
import { isBinding } from '#domain/assignment.ts'
import { orgTree, placeLabel } from '#domain/orgTree.ts'
import { notOver, overlaps } from '#domain/span.ts'
import { ms } from '#domain/time.ts'
import { meRow } from './me.ts'

/** Everybody's absences that this phone knows, by person: one's own, and for coordinators those of their people. */
export async function absencesKnown(db: AppDb): Promise<Map<string, StoredRow<'absence'>[]>> {
  return absencesByPerson(await db.rows('absence').toArray())
}

/** What one has said oneself of being away, or a coordinator for one. */
export async function ownAbsences(db: AppDb): Promise<StoredRow<'absence'>[]> {
  const [me, all] = await Promise.all([meRow(db), db.rows('absence').toArray()])
  return all.filter(a => a.responder_id === me?.responder_id)
}

/** Absences of one person that are not over at `now` (ms), soonest first. */
export async function absencesOf(db: AppDb, responder_id: string, now: number): Promise<StoredRow<'absence'>[]> {
  const all = (await db.rows('absence').toArray()).filter(a => a.responder_id === responder_id)
  return notOver(all, now).sort((a, b) => ms(a.starts_at) - ms(b.starts_at))
}

/** A shift that somebody has, with where it is. */
export interface DutyAhead extends Span { id: string, place: string }

/** Shifts that a person is bound to and that are not over at `now` (ms), as far as this phone shows them; in order. */
export async function dutyAhead(db: AppDb, responder_id: string, now: number): Promise<DutyAhead[]> {
  const [mine, others, units] = await Promise.all([
    db.rows('my_assignment').toArray(),
    db.rows('assignment').toArray(),
    db.rows('org_unit').toArray(),
  ])
  const tree = orgTree(units)
  const theirs = others.filter(a => a.responder_id === responder_id && isBinding(a.state))
  const shifts = await db.rows('shift').bulkGet(theirs.map(a => a.shift_id))
  const listed = theirs.map(({ id, starts_at, ends_at }, i) => {
    const unit = shifts[i]?.org_unit_id
    return { id, starts_at, ends_at, place: unit === undefined ? '' : placeLabel(tree, unit) }
  })
  // the own card knows its place, in another community too
  const own = mine.filter(a => a.responder_id === responder_id && isBinding(a.state))
    .map(({ id, starts_at, ends_at, place_name }) => ({ id, starts_at, ends_at, place: place_name }))
  const all = [...new Map([...listed, ...own].map(d => [d.id, d])).values()]
  return notOver(all, now).sort((a, b) => ms(a.starts_at) - ms(b.starts_at))
}

/** Those of some shifts that lie inside an absence, wholly or in part. */
export const inside = (duty: readonly DutyAhead[], absence: Span): DutyAhead[] => duty.filter(d => overlaps(d, absence))
