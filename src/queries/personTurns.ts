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
  const planned = drafts.flatMap(({ shift_id }) => {
    const shift = known.get(shift_id)
    return shift ? [{ shift_id, starts_at: shift.starts_at, ends_at: shift.ends_at }] : []
  })
  return [...stood, ...planned].flatMap(({ shift_id, starts_at, ends_at }) => {
    const shift = known.get(shift_id)
    if (!shift) return []
    const post_name = names.get(shift.post_id) ?? ''
    return [{ starts_at, ends_at, org_unit_id: shift.org_unit_id, post_name, draft: shift.state === 'draft' }]
  })
}
