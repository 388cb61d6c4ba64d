import type { AppDb } from '#db/db.ts'
import type { Span } from '#domain/span.ts'
import { isGone } from '#domain/assignment.ts'
import { assignmentsBetween, drillIds, shiftsBetween } from './rosterRows.ts'

/** A shift that somebody has, with where it is; `draft`: in a draft roster, which binds nobody. */
export interface PersonTurn extends Span { org_unit_id: string, post_name: string, draft: boolean }

/** The shifts of one person that start within [from, to), ms; drafts included and drills not (R35). */
export async function personTurns(
  db: AppDb, community_id: string, responder_id: string, from: number, to: number,
): Promise<PersonTurn[]> {
  const [shifts, lines, drafts, drills, posts] = await Promise.all([
    shiftsBetween(db, community_id, from, to),
    assignmentsBetween(db, community_id, from, to),
    db.rows('draft_assignment').filter(d => d.responder_id === responder_id).toArray(),
    drillIds(db),
    db.rows('post').toArray(),
  ])
  const stood = lines.filter(a => a.responder_id === responder_id && !isGone(a.state))
  const known = new Map(shifts.filter(s => !drills.has(s.callout_id)).map(s => [s.id, s]))
  const names = new Map(posts.map(p => [p.id, p.name]))
  return [...stood, ...drafts].flatMap((line) => {
    const shift = known.get(line.shift_id)
    if (!shift) return []
    const { starts_at, ends_at } = 'starts_at' in line ? line : shift
    const post_name = names.get(shift.post_id) ?? ''
    return [{ starts_at, ends_at, org_unit_id: shift.org_unit_id, post_name, draft: shift.state === 'draft' }]
  })
}
