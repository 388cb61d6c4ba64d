import type { AppDb, StoredRow } from '#db/db.ts'
import type { Hours } from '#domain/availability.ts'
import { isBinding } from '#domain/assignment.ts'
import { REST_REACH } from '#domain/fatigue.ts'
import { orgTree, placeLabel } from '#domain/orgTree.ts'
import { atShanghai, DAY, dayKey, ms } from '#domain/time.ts'
import { absencesKnown } from './absenceRows.ts'
import { availabilityKnown } from './hourRows.ts'
import { peopleRows } from './people.ts'
import { assignmentsBetween, hoursByPerson, shiftsBetween } from './rosterRows.ts'

/** A duty somebody has near a shift, with where it is; a drill's says so. */
export type NearTurn = StoredRow<'assignment'> & { place: string, callout_kind: 'drill' | null }
/**
 * The people of a community, the duty each has near a shift, their hours in its month, when they are away, and when
 * they can serve.
 */
export interface CandidateRows {
  people: StoredRow<'responder_lead'>[], turns: Map<string, NearTurn[]>, hours: Map<string, number>
  absences: Map<string, StoredRow<'absence'>[]>, availability: Map<string, Hours>
}

/** Everybody who could be put on `shift`, with their duty of the week before and after. */
export async function candidateRows(
  db: AppDb, shift: Pick<StoredRow<'shift'>, 'community_id' | 'starts_at' | 'ends_at'>,
): Promise<CandidateRows> {
  const [from, to] = [ms(shift.starts_at) - REST_REACH, ms(shift.ends_at) + REST_REACH]
  const month = atShanghai(`${dayKey(shift.starts_at).slice(0, 8)}01`)
  const next = atShanghai(`${dayKey(month + 32 * DAY).slice(0, 8)}01`)
  const [people, lines, shifts, units, callouts, hours, absences, availability] = await Promise.all([
    peopleRows(db, shift.community_id),
    assignmentsBetween(db, shift.community_id, from, to),
    shiftsBetween(db, shift.community_id, from, to),
    db.rows('org_unit').toArray(),
    db.rows('callout').toArray(),
    hoursByPerson(db, shift.community_id, month, next),
    absencesKnown(db),
    availabilityKnown(db),
  ])
  const [tree, shiftOf] = [orgTree(units), new Map(shifts.map(s => [s.id, s]))]
  const drills = new Set(callouts.filter(c => c.kind === 'drill').map(c => c.id))
  const turns = new Map<string, NearTurn[]>()
  for (const line of lines.filter(l => isBinding(l.state) || l.state === 'done' || l.state === 'relieved')) {
    const of = shiftOf.get(line.shift_id)
    const callout_kind = of?.callout_id && drills.has(of.callout_id) ? 'drill' : null
    const turn = { ...line, place: of ? placeLabel(tree, of.org_unit_id) : '', callout_kind } as const
    turns.set(line.responder_id, [...turns.get(line.responder_id) ?? [], turn])
  }
  return { people, turns, hours, absences, availability }
}
