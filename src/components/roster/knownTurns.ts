import type { KnownTurn } from './judge.ts'
import type { Matrix, MatrixShift } from './matrix.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { DAY, HOUR, ms } from '#domain/time.ts'

/** The turns of everybody in a matrix, drafts included, by person. */
export function turnsByPerson(matrix: Matrix): Map<string, KnownTurn[]> {
  const turns = new Map<string, KnownTurn[]>()
  for (const group of matrix.groups) {
    for (const shift of group.rows.flatMap(r => r.cells)) {
      for (const { responder_id, state } of shift?.people ?? []) {
        turns.set(responder_id, [...turns.get(responder_id) ?? [], turnOn(shift!, group.place, state ?? 'accepted')])
      }
    }
  }
  return turns
}

/** A shift as somebody's turn; a drill counts for nothing when rest is judged, and still takes the time. */
export function turnOn(shift: MatrixShift, place: string, state: KnownTurn['state'] = 'accepted'): KnownTurn {
  const { id: shift_id, starts_at, ends_at } = shift
  const callout_kind = shift.drill ? 'drill' : null
  return { shift_id, place, starts_at, ends_at, state, on_post_at: null, off_post_at: null, callout_kind }
}

/** Limits of rest that some turns of one person break, by shift. */
export type Tired = ReadonlyMap<string, Pick<ReturnType<typeof fatigueOf>, 'hard' | 'soft'>>

/** Turns nearer than this to the next, or so many within so short a time, may be too much; others cannot. */
const [NEAR, LONG, MANY, SHORT] = [12 * HOUR, 8 * HOUR, 4, 5 * DAY]

/** The turns of one person that are too much beside the others (R17). Only those that could be are judged. */
export function tiredTurns(turns: readonly KnownTurn[]): Tired {
  const timed = turns.map(turn => ({ turn, at: ms(turn.starts_at) })).sort((a, b) => a.at - b.at)
  const [sorted, starts] = [timed.map(t => t.turn), timed.map(t => t.at)]
  const ends = sorted.map(turn => ms(turn.ends_at))
  const isDense = (i: number): boolean => Array.from({ length: MANY }, (_, k) => i - k)
    .some(first => first >= 0 && first + MANY <= starts.length && starts[first + MANY - 1]! - starts[first]! < SHORT)
  const tired = new Map<string, Pick<ReturnType<typeof fatigueOf>, 'hard' | 'soft'>>()
  for (const [i, turn] of sorted.entries()) {
    const isNear = starts[i]! - (ends[i - 1] ?? -Infinity) < NEAR || (starts[i + 1] ?? Infinity) - ends[i]! < NEAR
    if (!isNear && ends[i]! - starts[i]! <= LONG && !isDense(i)) continue
    const { hard, soft } = fatigueOf(sorted.filter(other => other !== turn), turn)
    if (hard !== null || soft.length > 0) tired.set(turn.shift_id, { hard, soft })
  }
  return tired
}
