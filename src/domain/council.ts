import type { Seat } from './organisationRows.ts'
import { byName } from './orgTree.ts'
import { atShanghai, daysBetween } from './time.ts'

/** How many days before the end of a term it is shown as ending. */
export const TERM_SOON = 90

/**
 * A seat as its card shows it. `empty`: days since nobody holds it, null while somebody does. `ends_in`: days to the
 * end of its holder's term, where that is soon; negative where it is over; else null.
 */
export interface SeatLine<S extends Seat = Seat> { seat: S, empty: number | null, ends_in: number | null }
/** A council on one day; `seats` in their fixed order, `ending` by the end of the term. */
export interface Council<S extends Seat = Seat> {
  seats: SeatLine<S>[], ending: SeatLine<S>[], full_time: number, part_time: number, empty: number
}

/** Full-time seats first, then as they were ordered, then by unit and holder: nobody is ranked. */
function seatOrder(a: Seat, b: Seat): number {
  const kind = (s: Seat): number => s.kind === 'full_time' ? 0 : 1
  return kind(a) - kind(b) || a.sort - b.sort || byName(a.unit_name ?? '', b.unit_name ?? '')
    || byName(a.name ?? '', b.name ?? '') || (a.id < b.id ? -1 : 1)
}

function lineOf<S extends Seat>(seat: S, today: string): SeatLine<S> {
  const to = (day: string): number => daysBetween(atShanghai(today), atShanghai(day))
  if (seat.state === 'ended') return { seat, empty: Math.max(0, -to(seat.since_on)), ends_in: null }
  const left = seat.until_on === null ? null : to(seat.until_on)
  return { seat, empty: null, ends_in: left !== null && left <= TERM_SOON ? left : null }
}

/** The seats of a council (大党委, 大工委) on the day `today`, with what stands empty and which terms end. */
export function councilOf<S extends Seat>(rows: readonly S[], today: string): Council<S> {
  const seats = [...rows].sort(seatOrder).map(seat => lineOf(seat, today))
  const ofKind = (kind: Seat['kind']): number => seats.filter(l => l.seat.kind === kind).length
  return {
    seats,
    ending: seats.filter(l => l.ends_in !== null).sort((a, b) => a.ends_in! - b.ends_in!),
    full_time: ofKind('full_time'),
    part_time: ofKind('part_time'),
    empty: seats.filter(l => l.empty !== null).length,
  }
}
