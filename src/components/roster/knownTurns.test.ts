import type { KnownTurn } from './judge.ts'
import { expect, it } from 'vitest'
import { fatigueOf } from '#domain/fatigue.ts'
import { DAY, HOUR, iso, startOfDay } from '#domain/time.ts'
import { randomOf } from '#solver/random.ts'
import { clock } from '../../../tests/clock.ts'
import { tiredTurns, turnsByPerson } from './knownTurns.ts'
import { A, on, shift, week } from './testing/week.ts'

const FIRST = startOfDay(clock.now()) + DAY

/** Turns of chance in two weeks, none of them over another. */
function turnsOf(random: () => number): KnownTurn[] {
  const turns: KnownTurn[] = []
  for (let at = FIRST; at < FIRST + 14 * DAY;) {
    const from = at + Math.floor(random() * 30) * HOUR
    at = from + (1 + Math.floor(random() * 10)) * HOUR
    turns.push({
      shift_id: `${from}`, place: '', starts_at: iso(from), ends_at: iso(at), state: 'accepted', on_post_at: null,
      off_post_at: null,
    })
  }
  return turns
}

it('finds the turns that the guard finds when it looks at each of them', () => {
  const random = randomOf(4)
  let tired = 0
  for (let n = 0; n < 300; n++) {
    const turns = turnsOf(random)
    const expected = turns.flatMap((turn) => {
      const { hard, soft } = fatigueOf(turns.filter(other => other !== turn), turn)
      return hard !== null || soft.length > 0 ? [[turn.shift_id, { hard, soft }] as const] : []
    })
    expect([...tiredTurns(turns)]).toEqual(expected)
    tired += expected.length
  }
  expect(tired).toBeGreaterThan(300)
})

it('a drill among the turns of a roster tires nobody (R35)', () => {
  const drill = shift('E', 'q', '2026-11-23', '14:00', 6, { callout_id: 'd' })
  const matrix = week({
    shifts: [A, drill], assignments: [on('1', A, 'wang'), on('2', drill, 'wang')], drills: new Set(['d']),
  })
  const turns = turnsByPerson(matrix).get('wang')!
  expect(turns.map(t => t.shift_id).sort()).toEqual(['A', 'E'])
  expect(fatigueOf(turns, { starts_at: '2026-11-23T12:00:00Z', ends_at: '2026-11-23T14:00:00Z' }).hard).toBeNull()
})
