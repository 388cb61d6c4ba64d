import type { AutoRows } from '#queries/autoRows.ts'
import type { Seat } from './seats.ts'
import { mayHold } from '#domain/askables.ts'
import { overlaps } from '#domain/span.ts'

/**
 * The seats that rows of a later moment still allow: the shift is a draft to come with a place left, and the person may
 * serve, is not away and stands nowhere else then. Others may have placed people, published, or said when they can
 * serve.
 */
export function stillOpen(seats: readonly Seat[], { shifts, people, turns }: AutoRows): Seat[] {
  const shiftOf = new Map(shifts.map(s => [s.id, s]))
  const left = new Map(shifts.map(s => [s.id, s.missing]))
  const personOf = new Map(people.map(p => [p.id, p]))
  return seats.filter(({ shift_id, responder_id }) => {
    const [shift, person] = [shiftOf.get(shift_id), personOf.get(responder_id)]
    if (!shift || !person || left.get(shift_id)! === 0) return false
    if (!mayHold(person, shift) || person.isOff(shift)) return false
    const busy = [...person.away, ...turns.filter(t => t.responder_id === responder_id)]
    if (busy.some(span => overlaps(span, shift))) return false
    left.set(shift_id, left.get(shift_id)! - 1)
    return true
  })
}
