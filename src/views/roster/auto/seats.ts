import type { OpenDraft } from '#queries/autoRows.ts'
import type { Roster } from '#solver/problem.ts'
import type { AutoInput, AutoProblem } from './autoProblem.ts'
import { dispatch, NOBODY } from '#solver/dispatch.ts'
import { OFF } from '#solver/problem.ts'

/** Somebody put on a shift. `day` and `person` are numbers of the problem. */
export interface Seat { shift_id: string, responder_id: string, name: string, day: number, person: number }

/** A post that somebody knows costs nothing, another one a little, and a second person before the first much. */
const [UNKNOWN_POST, NEXT_LEVEL, EMPTY] = [1, 10, 1000]

interface Place { shift: OpenDraft, level: number }

const placesOf = (shifts: readonly OpenDraft[]): Place[] =>
  shifts.flatMap(shift => Array.from({ length: shift.missing }, (_, i) => ({ shift, level: shift.level + i })))

/**
 * Who of those with the same hours stands at which post: each post gets its first person before any gets its second,
 * and people go where they have been, exactly (src/solver/dispatch.ts).
 */
export function seatsOf(input: AutoInput, of: AutoProblem, roster: Roster): Seat[] {
  const { problem, servers, settled, kinds, dayOf } = of
  const posts = new Map<string, Set<string>>()
  const knows = (id: string, post: string): boolean => posts.get(id)?.has(post) ?? false
  const learn = (id: string, post: string): void => { posts.set(id, (posts.get(id) ?? new Set()).add(post)) }
  for (const { responder_id, post_id } of input.turns) learn(responder_id, post_id)
  const open = new Map<number, OpenDraft[]>()
  for (const shift of input.shifts) {
    const cell = dayOf(shift) * problem.duties.length + kinds.of(shift)
    open.set(cell, [...open.get(cell) ?? [], shift])
  }
  const seats: Seat[] = []
  for (const cell of [...open.keys()].sort((a, b) => a - b)) {
    const [day, duty] = [Math.floor(cell / problem.duties.length), cell % problem.duties.length]
    const people = [...roster.keys()].filter(i => roster[i]![day] === duty && settled[i]![day] === OFF)
    const places = placesOf(open.get(cell)!)
    const cost = new Float64Array(places.length * people.length)
    for (const [p, { shift, level }] of places.entries()) {
      for (const [n, i] of people.entries())
        cost[p * people.length + n] = level * NEXT_LEVEL + (knows(servers[i]!.id, shift.post_id) ? 0 : UNKNOWN_POST)
    }
    const { taken } = dispatch(cost, people.length, EMPTY)
    for (const [p, { shift }] of places.entries()) {
      const chosen = taken[p] ?? NOBODY
      if (chosen === NOBODY) continue
      const person = people[chosen]!
      const { id, name } = servers[person]!
      learn(id, shift.post_id)
      seats.push({ shift_id: shift.id, responder_id: id, name, day, person })
    }
  }
  return seats
}
