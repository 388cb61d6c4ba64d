import type { Assignment, DraftAssignment, Post, Shift } from '#domain/rows.ts'
import type { GridPlace, Matrix, MatrixShift } from '../matrix.ts'
import { atShanghai, iso } from '#domain/time.ts'
import { buildMatrix } from '../buildMatrix.ts'
import { flatRows } from '../matrix.ts'

/* A week of two posts: p with the shifts A and B of Monday and the draft C of Tuesday, q with the draft D beside C. */

const post = (id: string): Post => ({
  id,
  community_id: 'c',
  org_unit_id: `u-${id}`,
  name: '单元门岗',
  kind: 'unit_door',
  setting: 'outdoor',
  task: null,
  kit: null,
  contact: null,
  night_minimum: 2,
  waitlist_choice: 'auto',
  skill: null,
  ended: false,
})
export const shift = (
  id: string,
  post_id: string,
  day: string,
  from: string,
  hours: number,
  more: Partial<Shift> = {},
): Shift => {
  const start = atShanghai(day, from)
  return {
    id,
    community_id: 'c',
    post_id,
    org_unit_id: `u-${post_id}`,
    roster_id: 'r',
    callout_id: null,
    starts_at: iso(start),
    ends_at: iso(start + hours * 3_600_000),
    capacity: 2,
    filled: 0,
    held: 0,
    to_pick: 0,
    skill: null,
    state: 'open',
    ...more,
  }
}
export const on = (id: string, s: Shift, who: string, more: Partial<Assignment> = {}): Assignment => ({
  id,
  shift_id: s.id,
  responder_id: who,
  community_id: 'c',
  name: who,
  starts_at: s.starts_at,
  ends_at: s.ends_at,
  state: 'accepted',
  on_post_at: null,
  off_post_at: null,
  by_proxy: [],
  ...more,
})
export const draft = (id: string, s: Shift, who: string): DraftAssignment => ({
  id,
  community_id: 'c',
  shift_id: s.id,
  responder_id: who,
  name: who,
})

const starts = atShanghai('2026-11-23')
export const A = shift('A', 'p', '2026-11-23', '08:00', 6)
export const B = shift('B', 'p', '2026-11-23', '20:00', 6)
export const C = shift('C', 'p', '2026-11-24', '08:00', 6, { state: 'draft' })
export const D = shift('D', 'q', '2026-11-24', '09:00', 6, { state: 'draft' })
export const week = (over: Partial<Parameters<typeof buildMatrix>[0]> = {}) =>
  buildMatrix({
    starts,
    days: 7,
    posts: [post('p'), post('q')],
    shifts: [A, B, C, D],
    assignments: [],
    drafts: [],
    absences: [],
    availability: new Map(),
    drills: new Set(),
    placeName: id => id,
    personName: name => name,
    ...over,
  })

/** The shift at a place, or null where the post has none on that day. */
export function shiftAt(matrix: Matrix, place: GridPlace): MatrixShift | null {
  return flatRows(matrix)[place.row]?.row.cells[place.col] ?? null
}
