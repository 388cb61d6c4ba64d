import type { MaybePending } from './assignment.ts'
import type { Assignment, Shift } from './rows.ts'
import type { Instant } from './time.ts'
import { isGranted } from './assignment.ts'
import { covers } from './span.ts'
import { ms } from './time.ts'

/** on 已到岗 · acc 已接未到 · vac 空岗 · hand 待交接 · idle no shift here. */
export type PlaceState = 'on' | 'acc' | 'vac' | 'hand' | 'idle'

export type CoverShift = MaybePending<
  Pick<Shift, 'id' | 'org_unit_id' | 'post_id' | 'starts_at' | 'ends_at' | 'capacity' | 'filled' | 'held' | 'state'>
>
export type CoverAssignment = MaybePending<Pick<Assignment, 'shift_id' | 'state' | 'starts_at' | 'ends_at'>>

/** One shift's places by state. `missing` = capacity − filled as far as the server has said so; `waiting` = own unsent claims. */
export interface ShiftCover {
  shift_id: string
  org_unit_id: string
  post_id: string
  starts_at: string
  ends_at: string
  capacity: number
  filled: number
  missing: number
  on: number
  acc: number
  hand: number
  waiting: number
}

/** Somebody still stands there although the shift is over: the relief has not come. */
export function isStaying(row: CoverAssignment, now: Instant): boolean {
  return row.state === 'on_post' && ms(row.ends_at) <= ms(now)
}

function granted(row: CoverAssignment, checkIn: boolean, now: Instant): 'on' | 'acc' | 'hand' {
  if (isStaying(row, now)) return 'hand'
  if (row.state === 'on_post') {
    return row._pending === undefined ? 'on' : 'acc'
  }
  return !checkIn && row.state === 'accepted' && covers(row, now) ? 'on' : 'acc'
}

/**
 * Counts the places of one shift. `rows` are its assignments; a row that waits for the server does not fill a place.
 * When fewer rows are known than the shift says are filled (a first sync under way), the rest counts as accepted.
 */
export function shiftCover(
  shift: CoverShift,
  rows: readonly CoverAssignment[],
  checkIn: boolean,
  now: Instant,
): ShiftCover {
  const known = rows.filter(isGranted)
  const filled = Math.min(shift.capacity, Math.max(known.length, shift._pending === undefined ? shift.filled : 0))
  const count = { on: 0, acc: Math.max(0, filled - known.length), hand: 0 }
  for (const row of known) count[granted(row, checkIn, now)]++
  const { org_unit_id, post_id, starts_at, ends_at, capacity } = shift
  const waiting
    = rows.filter(r => r._pending !== undefined && (r.state === 'accepted' || r.state === 'assigned')).length
  return {
    shift_id: shift.id,
    org_unit_id,
    post_id,
    starts_at,
    ends_at,
    capacity,
    filled,
    missing: capacity - filled,
    ...count,
    waiting,
  }
}
