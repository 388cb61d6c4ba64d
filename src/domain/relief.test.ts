import type { Mode, Shift } from './rows.ts'
import { describe, expect, it } from 'vitest'
import { dueCases, reliefCases } from '../../tests/vectors/rules.ts'
import { asksCheckIn, asksEta, followingShifts, isProved, owesRelief, reliefOf, standingBefore } from './relief.ts'
import { ms } from './time.ts'

const at = (hour: number): string => `2026-11-23T${String(hour).padStart(2, '0')}:00:00Z`
const shift = (id: string, from: number, to: number, state: Shift['state'] = 'open') => ({
  id,
  state,
  starts_at: at(from),
  ends_at: at(to),
})
const person = (id: string, shift_id: string, state: 'accepted' | 'on_post' | 'done') => ({
  id,
  shift_id,
  name: id,
  state,
  responder_id: 'r', on_post_at: null,
})
const mine = { starts_at: at(9), ends_at: at(12) }

describe('relief of a shift', () => {
  it('takes the shift that touches the end, not one after a gap, a cancelled one or a twin', () => {
    expect(
      followingShifts(mine, [
        shift('gap', 13, 16),
        shift('off', 12, 15, 'cancelled'),
        shift('twin', 9, 12),
        shift('next', 12, 15),
      ]).map(s => s.id),
    ).toEqual(['next'])
    expect(followingShifts(mine, [shift('gap', 13, 16)])).toEqual([])
  })
  it('takes none that overlaps mine', () => {
    expect(followingShifts(mine, [shift('late', 11, 15), shift('inside', 10, 11)])).toEqual([])
  })
  it('says who is here, who is coming, or that nobody is', () => {
    const next = [shift('n', 12, 15)]
    expect(reliefOf(mine, next, [person('a', 'n', 'accepted'), person('b', 'n', 'on_post')], false)).toMatchObject({
      kind: 'known',
      person: { id: 'b' },
    })
    expect(reliefOf(mine, next, [person('a', 'n', 'accepted'), person('x', 'other', 'on_post')], false)).toMatchObject({
      kind: 'coming',
      people: [{ id: 'a' }],
    })
    expect(reliefOf(mine, next, [person('a', 'n', 'done')], false)).toEqual({ kind: 'missing', starts_at: at(12) })
    expect(reliefOf(mine, [], [], false)).toEqual({ kind: 'none' })
    expect(reliefOf(mine, next, [], true)).toEqual({ kind: 'stood_down' })
  })
  it('is owed on call-out shifts of an emergency and in drills, never on a plain roster shift', () => {
    const mode = {} as Mode
    expect(owesRelief({ callout_id: 'c', callout_kind: 'real' }, mode)).toBe(true)
    expect(owesRelief({ callout_id: 'c', callout_kind: 'real' }, null)).toBe(false)
    expect(owesRelief({ callout_id: 'c', callout_kind: 'drill' }, null)).toBe(true)
    expect(owesRelief({ callout_id: null, callout_kind: null }, mode)).toBe(false)
    expect(asksCheckIn({ callout_kind: null }, mode)).toBe(true)
    expect(asksCheckIn({ callout_kind: null }, null)).toBe(false)
  })
  it('knows who still stands where I arrive', () => {
    const people = [
      person('a', 'b', 'on_post'),
      person('c', 'b', 'done'),
      person('d', 'gap', 'on_post'),
      person('e', 'n', 'on_post'),
    ]
    expect(standingBefore(mine, [shift('b', 6, 9), shift('gap', 5, 8), shift('n', 12, 15)], people).map(p => p.id))
      .toEqual(['a'])
  })
  it('is proved once it was seen here, or a leader let the person go', () => {
    expect(isProved(null)).toBe(false)
    expect(isProved({ to_assignment_id: null, forced_at: null })).toBe(false)
    expect(isProved({ to_assignment_id: 'b', forced_at: null })).toBe(true)
    expect(isProved({ to_assignment_id: null, forced_at: at(12) })).toBe(true)
  })
})

it.each(reliefCases)('vector: $name', ({ mine: [starts_at, ends_at], line, shifts, people, relief, owed }) => {
  const atPost = shifts.map(([id, from, to, state]) => ({ id, state, starts_at: from, ends_at: to }))
  const some = { responder_id: 'r', on_post_at: null }
  const on = people.map(([shift_id, state], i) => ({ id: `p${i}`, shift_id, name: `p${i}`, state, ...some }))
  const over = line !== null && (line[1] === 'stood_down' || line[1] === 'closed')
  const found = reliefOf({ starts_at, ends_at }, atPost, on, over)
  expect(found.kind).toBe(relief)
  const card = line === null ? { callout_id: null, callout_kind: null } : { callout_id: 'c', callout_kind: line[0] }
  const mode = line !== null && line[0] === 'real' ? {} as Mode : null
  expect(owesRelief(card, mode) && found.kind !== 'none' && found.kind !== 'stood_down').toBe(owed)
})

it.each(dueCases)('$name: asks for minutes? $asks', ({ now, starts, asks, due }) => {
  expect(asksEta({ starts_at: starts }, now)).toBe(asks)
  expect(asksEta({ starts_at: starts }, ms(now))).toBe(asks)
  if (!asks) expect(ms(due), 'what is not asked is promised for the start').toBe(ms(starts))
})
