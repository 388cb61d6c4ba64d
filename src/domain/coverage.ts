import type { MaybePending } from './assignment.ts'
import type { Assignment, Callout, Shift } from './rows.ts'
import type { Instant } from './time.ts'
import { isGranted } from './assignment.ts'
import { covers } from './span.ts'
import { DAY, HOUR, MINUTE, ms } from './time.ts'

/** on 已到岗 · acc 已接未到 · vac 空岗 · hand 待交接 · idle no shift here. */
export type PlaceState = 'on' | 'acc' | 'vac' | 'hand' | 'idle'

export type CoverShift = MaybePending<
  Pick<Shift, 'id' | 'org_unit_id' | 'post_id' | 'starts_at' | 'ends_at' | 'capacity' | 'filled' | 'held' | 'state'>
>
export type CoverAssignment = MaybePending<Pick<Assignment, 'shift_id' | 'state' | 'starts_at' | 'ends_at'>>

/**
 * One shift's places by state. `missing` = capacity − filled as far as the server has said so; `waiting` = own unsent
 * claims.
 */
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
function isStaying(row: CoverAssignment, now: Instant): boolean {
  return row.state === 'on_post' && ms(row.ends_at) <= ms(now)
}

function granted(row: CoverAssignment, checkIn: boolean, now: Instant): 'on' | 'acc' | 'hand' {
  if (isStaying(row, now)) return 'hand'
  if (row.state === 'on_post') return row._pending === undefined ? 'on' : 'acc'
  return !checkIn && row.state === 'accepted' && covers(row, now) ? 'on' : 'acc'
}

/**
 * Counts the places of one shift. `rows` are its assignments; a row that waits for the server does not fill a place.
 * When fewer rows are known than the shift says are filled (a first sync under way), the rest counts as accepted.
 */
export function shiftCover(
  shift: CoverShift, rows: readonly CoverAssignment[], checkIn: boolean, now: Instant,
): ShiftCover {
  const known = rows.filter(isGranted)
  const filled = Math.min(shift.capacity, Math.max(known.length, shift._pending === undefined ? shift.filled : 0))
  const count = { on: 0, acc: Math.max(0, filled - known.length), hand: 0 }
  for (const row of known) count[granted(row, checkIn, now)]++
  const { id: shift_id, org_unit_id, post_id, starts_at, ends_at, capacity } = shift
  const unsent = rows.filter(r => r._pending !== undefined && (r.state === 'accepted' || r.state === 'assigned'))
  const figures = { capacity, filled, missing: capacity - filled, ...count, waiting: unsent.length }
  return { shift_id, org_unit_id, post_id, starts_at, ends_at, ...figures }
}

/** now: shifts that run; 2h and 24h: shifts that start from now on within that time. Nothing past is shown. */
export type CoverWindow = 'now' | '2h' | '24h'

/** One building, estate or gate in one window: its places as storeys, its worst state, and what is missing. */
export interface UnitCover {
  org_unit_id: string
  state: PlaceState
  storeys: PlaceState[]
  capacity: number
  filled: number
  missing: number
  on: number
  acc: number
  hand: number
  waiting: number
  shifts: ShiftCover[]
}

export interface CoverInput {
  unitIds: readonly string[]
  shifts: readonly CoverShift[]
  assignments: readonly CoverAssignment[]
  /** whether the mode of a unit demands 到岗 (see mode.ts) */
  checkIn: (unitId: string) => boolean
  now: Instant
}

function inWindow(shift: CoverShift, window: CoverWindow, now: number): boolean {
  if (shift.state !== 'open') return false
  const start = ms(shift.starts_at)
  if (window === 'now') return covers(shift, now)
  return start > now && start <= now + (window === '2h' ? 2 * HOUR : DAY)
}

/** Worst first: an empty place, a stayer, somebody under way, all there, nothing asked. */
function worst(c: Pick<UnitCover, 'missing' | 'hand' | 'acc' | 'on'>): PlaceState {
  if (c.missing > 0) return 'vac'
  if (c.hand > 0) return 'hand'
  if (c.acc > 0) return 'acc'
  return c.on > 0 ? 'on' : 'idle'
}

function storeys(c: Pick<UnitCover, 'missing' | 'hand' | 'acc' | 'on'>): PlaceState[] {
  const of = (state: PlaceState, n: number) => Array.from<PlaceState>({ length: n }).fill(state)
  return [...of('on', c.on), ...of('hand', c.hand), ...of('acc', c.acc), ...of('vac', c.missing)]
}

function unitCover(id: string, shifts: ShiftCover[], stayers: number): UnitCover {
  const sum = (key: 'capacity' | 'filled' | 'missing' | 'on' | 'acc' | 'hand' | 'waiting') =>
    shifts.reduce((n, s) => n + s[key], 0)
  const counts = { missing: sum('missing'), on: sum('on'), acc: sum('acc'), hand: sum('hand') + stayers }
  return {
    org_unit_id: id,
    state: worst(counts),
    storeys: storeys(counts),
    capacity: sum('capacity'),
    filled: sum('filled'),
    waiting: sum('waiting'),
    ...counts,
    shifts,
  }
}

/** Groups values by a key, keeping order. */
function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const out = new Map<string, T[]>()
  for (const row of rows) {
    const list = out.get(key(row))
    if (list) list.push(row)
    else out.set(key(row), [row])
  }
  return out
}

/** The coverage of every unit in one window, in the order of `unitIds` (fixed, so that nobody is ranked). */
export function coverage(input: CoverInput, window: CoverWindow): UnitCover[] {
  const now = ms(input.now)
  const rows = groupBy(input.assignments, a => a.shift_id)
  const shifts = groupBy(input.shifts, s => s.org_unit_id)
  return input.unitIds.map((id) => {
    const own = shifts.get(id) ?? []
    const seen = own.filter(s => inWindow(s, window, now))
    const covered = seen.map(s => shiftCover(s, rows.get(s.id) ?? [], input.checkIn(id), now))
    const over = window === 'now' ? own.filter(s => ms(s.ends_at) <= now) : []
    const stayers = over.reduce((n, s) => n + (rows.get(s.id) ?? []).filter(r => isStaying(r, now)).length, 0)
    return unitCover(id, covered, stayers)
  })
}

/**
 * A shift with missing people. `minutes_to_start` below 0: it has been running for so long. `person_minutes`: missing
 * people × minutes already empty.
 */
export interface Urgency {
  org_unit_id: string, shift_id: string, missing: number, minutes_to_start: number, person_minutes: number
  weight: number, starts_at: string
}

/**
 * Shifts with missing people, most urgent first: missing × (minutes of a day − minutes to the start),
 * so that more people and less time both weigh more, and running ones before all.
 */
export function urgent(units: readonly UnitCover[], now: Instant): Urgency[] {
  const out = units.flatMap(u => u.shifts).filter(s => s.missing > 0).map((s) => {
    const lead = Math.ceil((ms(s.starts_at) - ms(now)) / MINUTE)
    return {
      org_unit_id: s.org_unit_id,
      shift_id: s.shift_id,
      missing: s.missing,
      minutes_to_start: lead,
      person_minutes: s.missing * Math.max(0, -lead),
      weight: s.missing * (1440 - lead),
      starts_at: s.starts_at,
    }
  })
  return out.sort((a, b) =>
    b.weight - a.weight || ms(a.starts_at) - ms(b.starts_at) || (a.shift_id < b.shift_id ? -1 : 1),
  )
}

/** Rows of real duty, and those of drills: a drill's shift never counts as coverage, and its gap is no gap (R35). */
export function apart<T extends { callout_id: string | null }>(
  rows: readonly T[], callouts: readonly Pick<Callout, 'id' | 'kind'>[],
): { real: T[], drill: T[] } {
  const drills = new Set(callouts.filter(c => c.kind === 'drill').map(c => c.id))
  const isDrill = (row: T): boolean => row.callout_id !== null && drills.has(row.callout_id)
  return { real: rows.filter(r => !isDrill(r)), drill: rows.filter(isDrill) }
}
