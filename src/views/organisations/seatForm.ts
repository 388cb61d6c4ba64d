import type { MutationArgs } from '#domain/mutations.ts'
import type { Seat } from '#domain/organisationRows.ts'
import type { SeatKind, SeatState } from '#domain/words.ts'
import { atShanghai, daysBetween } from '#domain/time.ts'

/** What stands in the form of a seat. `responder_id` '' with a name: somebody who stands on no list. */
export interface SeatForm {
  kind: SeatKind, title: string, partner_unit_id: string, responder_id: string, name: string, substitute: string
  state: Exclude<SeatState, 'ended'>, since_on: string, until_on: string, sort: number
}
/** A field that something is wrong with. */
export type SeatFault = 'name' | 'since_on' | 'until_on'

/** How long a term may last, in days: six years. */
const LONGEST_TERM = 2200

/** The form of a seat as it is held, of one that stands empty, or of a new one. */
export function seatForm(seat: Seat | null, today: string): SeatForm {
  const chair = {
    kind: seat?.kind ?? 'part_time',
    title: seat?.title ?? '',
    partner_unit_id: seat?.partner_unit_id ?? '',
    sort: seat?.sort ?? 0,
  }
  if (!seat || seat.state === 'ended') {
    return { ...chair, responder_id: '', name: '', substitute: '', state: 'invited', since_on: today, until_on: '' }
  }
  return {
    ...chair,
    responder_id: seat.responder_id ?? '',
    name: seat.name ?? '',
    substitute: seat.substitute ?? '',
    state: seat.state,
    since_on: seat.since_on,
    until_on: seat.until_on ?? '',
  }
}

/** Reads the form: what goes out, and which fields cannot be taken. */
export function readSeatForm(
  form: SeatForm, id: string, council: string,
): { args: MutationArgs['save_seat'], faults: SeatFault[] } {
  const { kind, state, since_on, sort } = form
  const listed = form.responder_id !== ''
  const args = {
    seat_id: id,
    council_id: council,
    kind,
    title: form.title.trim() || null,
    partner_unit_id: form.partner_unit_id || null,
    responder_id: listed ? form.responder_id : null,
    holder: listed ? null : form.name.trim() || null,
    substitute: form.substitute.trim() || null,
    state,
    since_on,
    until_on: form.until_on || null,
    sort,
  }
  const term = since_on && form.until_on ? daysBetween(atShanghai(since_on), atShanghai(form.until_on)) : 1
  const wrong: [SeatFault, boolean][] = [
    ['name', !listed && args.holder === null],
    ['since_on', since_on === ''],
    ['until_on', term < 1 || term >= LONGEST_TERM],
  ]
  return { args, faults: wrong.flatMap(([field, is]) => is ? [field] : []) }
}
