import type { MatrixPerson, MatrixShift } from './matrix.ts'
import { ms } from '#domain/time.ts'
import { removable } from './matrix.ts'

/** A place that somebody is taken off. `published`: it is no draft, so they knew of it and hear that it is gone. */
export interface Removal {
  shift: Pick<MatrixShift, 'id' | 'starts_at' | 'ends_at'>, person: MatrixPerson, published: boolean
}
/** A person who hears that they lost places, with the span of each, the earliest first. */
export interface TakenOff { id: string, name: string, spans: Removal['shift'][] }

/** Taking these people off a shift. */
export function removalsOf(shift: Removal['shift'], people: readonly MatrixPerson[]): Removal[] {
  return people.map(person => ({ shift, person, published: !person.draft }))
}

/** Taking off everybody who may still leave these shifts. */
export function allRemovals(shifts: readonly MatrixShift[]): Removal[] {
  return shifts.flatMap(shift => removalsOf(shift, shift.people.filter(removable)))
}

/** Who hears of the removals, each person once however many places they lose; nobody hears of a draft. */
export function takenOff(removals: readonly Removal[]): TakenOff[] {
  const people = new Map<string, TakenOff>()
  for (const { shift, person: { responder_id: id, name } } of removals.filter(r => r.published)) {
    const known = people.get(id)
    if (known) known.spans.push(shift)
    else people.set(id, { id, name, spans: [shift] })
  }
  return [...people.values()].map(one => ({
    ...one, spans: one.spans.sort((a, b) => ms(a.starts_at) - ms(b.starts_at)),
  }))
}

/** How many people removals take off, each counted once. */
export function countPeople(removals: readonly Removal[]): number {
  return new Set(removals.map(r => r.person.responder_id)).size
}
