import type { PlannedShift } from './fillPlan.ts'
import type { Matrix } from './matrix.ts'
import { DAY, iso, ms } from '#domain/time.ts'

/** A shift of last week moved by seven days, with the people to put on it as drafts. */
export interface CopiedShift extends PlannedShift { people: string[] }

/** Last week's roster as this week's draft: call-outs are left out, so are spans this week already has at that post. */
export function copyWeek(last: Matrix, current: Matrix): CopiedShift[] {
  const taken = new Set(
    current.groups.flatMap(g =>
      g.rows.flatMap(r => r.cells.flatMap(s => s ? [`${g.post_id}/${ms(s.starts_at)}/${ms(s.ends_at)}`] : [])),
    ),
  )
  return last.groups.flatMap(group =>
    group.rows.flatMap(row =>
      row.cells.flatMap((shift) => {
        if (!shift || shift.callout_id || shift.state === 'draft') return []
        const starts_at = iso(ms(shift.starts_at) + 7 * DAY)
        const ends_at = iso(ms(shift.ends_at) + 7 * DAY)
        if (taken.has(`${group.post_id}/${ms(starts_at)}/${ms(ends_at)}`)) return []
        return [{
          post_id: group.post_id,
          starts_at,
          ends_at,
          capacity: shift.capacity,
          people: shift.people.map(p => p.responder_id),
        }]
      }),
    ),
  )
}
