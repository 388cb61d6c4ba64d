import type { AutoRows } from '#queries/autoRows.ts'
import { expect, it } from 'vitest'
import { overlaps } from '#domain/span.ts'
import { DAY, HOUR, iso } from '#domain/time.ts'
import { clock } from '../../../../tests/clock.ts'
import { stillOpen } from './stillOpen.ts'

const at = (hour: number, hours = 6) =>
  ({ starts_at: iso(clock.now() + DAY + hour * HOUR), ends_at: iso(clock.now() + DAY + (hour + hours) * HOUR) })
const seat = (shift_id: string, responder_id: string) => ({ shift_id, responder_id, name: '', day: 0, person: 0 })
const draft = (id: string, hour: number, missing = 1) =>
  ({ id, post_id: 'p', post_kind: 'gate' as const, missing, level: 0, least: 0, ...at(hour) })
const free = {
  kind: 'volunteer' as const, skills: ['急救'], night: true, away: [], isOff: () => false, unit: null, wish: null,
}
const people = ['a', 'b'].map(id => ({ id, name: id, ...free }))
const rows = (part: Partial<AutoRows> = {}): AutoRows => ({
  shifts: [draft('s', 0, 2), draft('t', 6)], turns: [], people, left: [], known_since: '2026-11-01', ...part,
})
const SEATS = [seat('s', 'a'), seat('s', 'b'), seat('t', 'a')]
const left = (part: Partial<AutoRows>) => stillOpen(SEATS, rows(part)).map(s => s.shift_id + s.responder_id)

it('takes all where nothing has changed', () => {
  expect(left({})).toEqual(['sa', 'sb', 'ta'])
})

it('leaves out what is full, published or gone since', () => {
  expect(left({ shifts: [draft('s', 0, 1)] })).toEqual(['sa'])
})

it('leaves out who is away, no longer on the list or elsewhere since', () => {
  expect(left({ people: [{ ...people[0]!, away: [at(7, 1)] }] })).toEqual(['sa'])
  expect(left({ people: [{ ...people[0]!, isOff: span => overlaps(span, at(7, 1)) }] })).toEqual(['sa'])
  expect(left({ people: [{ ...people[0]!, kind: 'new_employment' }] })).toEqual([])
  const shifts = [{ ...draft('s', 0, 2), skill: '急救' }, draft('t', 6)]
  expect(left({ shifts })).toEqual(['sa', 'sb', 'ta'])
  expect(left({ shifts, people: [{ ...people[0]!, skills: [] }] })).toEqual(['ta'])
  expect(left({ turns: [{ shift_id: 'x', post_id: 'q', responder_id: 'b', ...at(5) }] })).toEqual(['sa', 'ta'])
})
