import type { Assignment, MyAssignment, Shift } from '#domain/rows.ts'

/** An id that looks like a uuid and sorts at random: a hash of the number. */
function id(kind: number, n: number): string {
  let h = (n + kind * 7_919) >>> 0
  const hex = (): string => {
    h = Math.imul(h ^ (h >>> 15), 2_246_822_519) >>> 0
    return h.toString(16).padStart(8, '0')
  }
  const s = hex() + hex() + hex() + n.toString(16).padStart(8, '0')
  return `${s.slice(0, 8)}-${s.slice(8, 12)}-7${s.slice(13, 16)}-8${s.slice(17, 20)}-${s.slice(20, 32)}`
}
const START = Date.UTC(2026, 9, 1)
const at = (hour: number): string => new Date(START + hour * 3_600_000).toISOString()

/** `count` shifts of one community, 3 hours each, at 61 posts, over three months. */
export function shiftRows(count: number): Shift[] {
  return Array.from({ length: count }, (_, i) => ({
    id: id(1, i),
    community_id: id(9, 1),
    post_id: id(2, i % 61),
    org_unit_id: id(3, i % 61),
    roster_id: id(4, 1),
    callout_id: null,
    starts_at: at(12 * Math.floor(i / 61)),
    ends_at: at(12 * Math.floor(i / 61) + 3),
    capacity: 3,
    filled: 2,
    held: 0,
    to_pick: 0,
    skill: null,
    state: 'open',
  }))
}
/** Two assignments for each of `shifts`. */
export function assignmentRows(shifts: Shift[]): Assignment[] {
  return shifts.flatMap((s, i) => [0, 1].map(k => ({
    id: id(5, i * 2 + k),
    shift_id: s.id,
    responder_id: id(6, (i * 2 + k) % 200),
    community_id: s.community_id,
    name: '王建国',
    starts_at: s.starts_at,
    ends_at: s.ends_at,
    state: 'accepted' as const,
    on_post_at: null,
    off_post_at: null,
    by_proxy: [],
  })))
}
/** The person's own cards: what the first screen shows. */
export function myRows(shifts: Shift[]): MyAssignment[] {
  return shifts.filter((_, i) => i % 500 === 0).map((s, i) => ({
    id: id(7, i), shift_id: s.id, responder_id: id(6, 0), community_id: s.community_id, community_name: '甲社区',
    org_unit_id: s.org_unit_id, place_name: '梧桐苑 6栋', post_id: s.post_id, post_name: '单元门岗',
    post_kind: 'unit_door' as const, task: null, kit: null, contact: null, duty_line: null, starts_at: s.starts_at,
    ends_at: s.ends_at, state: 'accepted' as const, eta_min: null, due_at: null, claimed_at: null, accepted_at: null,
    on_post_at: null, off_post_at: null, by_proxy: [], roster_id: s.roster_id, callout_id: null, callout_title: null,
    callout_kind: null, with_names: ['李素芬'], door_hash: null,
  }))
}
