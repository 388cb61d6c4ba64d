import type { AppDb, StoredRow } from '#db/db.ts'
import { isBinding } from '#domain/assignment.ts'
import { demandsCheckIn, modeOf } from '#domain/mode.ts'
import { orgTree, placeLabel } from '#domain/orgTree.ts'
import { DAY, ms } from '#domain/time.ts'
import { modesIn } from './modeRows.ts'
import { assignmentsBetween, drillIds, shiftsBetween } from './rosterRows.ts'

/** A turn of one person, for a coordinator who acts for them; `calm` = nobody checks in there. */
export interface ProxyTurn {
  person: StoredRow<'assignment'>, shift: StoredRow<'shift'>, place: string, post_name: string, calm: boolean
}

/** The turns of a person from yesterday to a week ahead, by time. */
export async function proxyTurns(
  db: AppDb, community_id: string, responder_id: string, now: number,
): Promise<ProxyTurn[]> {
  const [from, to] = [now - DAY, now + 7 * DAY]
  const [shifts, lines, drills, posts, units, modes] = await Promise.all([
    shiftsBetween(db, community_id, from, to),
    assignmentsBetween(db, community_id, from, to),
    drillIds(db),
    db.rows('post').toArray(),
    db.rows('org_unit').toArray(),
    db.rows('mode').toArray(),
  ])
  const tree = orgTree(units.filter(u => u.community_id === community_id))
  const reached = modesIn(modes, units, community_id)
  const known = new Map(shifts.map(s => [s.id, s]))
  const names = new Map(posts.map(p => [p.id, p.name]))
  const own = lines.filter(a => a.responder_id === responder_id && (isBinding(a.state) || a.state === 'not_arrived'))
  return own.flatMap((person): ProxyTurn[] => {
    const shift = known.get(person.shift_id)
    if (!shift) return []
    const calm = !drills.has(shift.callout_id) && !demandsCheckIn(modeOf(reached, tree, shift.org_unit_id, now))
    const place = tree.get(shift.org_unit_id) ? placeLabel(tree, shift.org_unit_id) : ''
    return [{ person, shift, place, post_name: names.get(shift.post_id) ?? '', calm }]
  }).sort((a, b) => ms(a.shift.starts_at) - ms(b.shift.starts_at))
}
