import type { GapInput, GapShift } from './gaps.ts'
import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gaps } from './gaps.ts'
import { HOUR, iso, ms } from './time.ts'

const now = ms('2026-11-23T06:30:00Z')
const at = (h: number) => iso(now + h * HOUR)
const shift = (more: Partial<GapShift> = {}): GapShift => ({
  id: 's',
  org_unit_id: 'b',
  callout_id: 'c',
  starts_at: at(1),
  ends_at: at(4),
  capacity: 3,
  filled: 1,
  held: 0,
  to_pick: 0,
  state: 'open',
  ...more,
})
const offer = (state: GapInput['offers'][number]['state'], more: Partial<GapInput['offers'][number]> = {}) => ({
  callout_id: 'c',
  slot_starts_at: at(1),
  slot_ends_at: at(4),
  state,
  expires_at: at(0.1),
  ...more,
})
const run = (more: Partial<GapInput>) =>
  gaps({ shifts: [shift()], offers: [], waitlist: [], assignments: [], candidates: () => null, now, ...more }).map(
    g => [g.places, g.reason],
  )

describe('gaps', () => {
  it.each<[string, Partial<GapInput>, unknown]>([
    ['nobody asked', {}, [[2, { code: 'nobody_asked' }]]],
    ['nobody to ask', { candidates: () => 0 }, [[2, { code: 'no_candidates' }]]],
    ['not asked yet', { stopped: () => ({ code: 'asks_later', at: '2026-11-24T00:00:00Z' }) }, [[2, {
      code: 'asks_later',
      at: '2026-11-24T00:00:00Z',
    }]]],
    ['nobody decided', { candidates: () => 0, stopped: () => ({ code: 'undecided' }) }, [[2, { code: 'undecided' }]]],
    ['answers awaited', { offers: [offer('sent'), offer('declined')] }, [[2, { code: 'waiting_answers', n: 1 }]]],
    ['an offer past its time is no answer', { offers: [offer('sent', { expires_at: at(0) })] }, [[2, {
      code: 'no_answer',
      n: 1,
    }]]],
    ['declined', { offers: [offer('declined'), offer('declined'), offer('expired')] }, [[2, {
      code: 'declined',
      n: 2,
    }]]],
    ['offers of another slot do not count', { offers: [offer('sent', { slot_starts_at: at(4) })] }, [[2, {
      code: 'nobody_asked',
    }]]],
    ['held and the rest', { shifts: [shift({ held: 1 })] }, [[1, { code: 'held_for_waitlist', n: 1 }], [1, {
      code: 'nobody_asked',
    }]]],
    ['to be picked for, held and the rest', { shifts: [shift({ filled: 0, held: 2, to_pick: 1 })] }, [
      [1, { code: 'to_pick', n: 1 }],
      [1, { code: 'held_for_waitlist', n: 1 }],
      [1, { code: 'nobody_asked' }],
    ]],
    ['not arrived', { assignments: [{ shift_id: 's', state: 'not_arrived' }] }, [[1, { code: 'not_arrived', n: 1 }], [
      1,
      { code: 'nobody_asked' },
    ]]],
    ['a waitlist nobody asked yet', { waitlist: [{ shift_id: 's', state: 'waiting' }] }, [[2, {
      code: 'waitlist_not_asked',
      n: 1,
    }]]],
    ['full', { shifts: [shift({ filled: 3 })] }, []],
    ['over', { shifts: [shift({ ends_at: at(0) })] }, []],
    ['cancelled', { shifts: [shift({ state: 'cancelled' })] }, []],
    ['a roster shift has no offers', { shifts: [shift({ callout_id: null })], offers: [offer('sent')] }, [[2, {
      code: 'nobody_asked',
    }]]],
  ])('%s', (_name, input, expected) => expect(run(input)).toEqual(expected))

  it('skips none: the sum of gaps is the sum of capacity − filled', () => {
    const arb = record({
      shifts: array(record({
        capacity: integer({ min: 1, max: 9 }),
        filled: integer({ min: 0, max: 9 }),
        held: integer({ min: 0, max: 9 }),
        pick: integer({ min: 0, max: 9 }),
        start: integer({ min: -5, max: 30 }),
      }), { maxLength: 8 }),
      offers: array(constantFrom('sent', 'declined', 'expired', 'accepted', 'withdrawn'), { maxLength: 6 }),
      absent: array(integer({ min: 0, max: 7 }), { maxLength: 6 }),
      candidates: constantFrom(null, 0, 3),
    })
    assert(property(arb, (x) => {
      const shifts = x.shifts.map((s, i) => shift({
        id: `s${i}`,
        capacity: s.capacity,
        filled: Math.min(s.filled, s.capacity),
        held: Math.min(s.held, Math.max(0, s.capacity - s.filled)),
        to_pick: Math.min(s.held, s.pick, Math.max(0, s.capacity - s.filled)),
        starts_at: at(s.start),
        ends_at: at(s.start + 6),
      }))
      const out = gaps({
        shifts,
        offers: x.offers.map(o => offer(o)),
        waitlist: [],
        assignments: x.absent.map(i => ({ shift_id: `s${i}`, state: 'not_arrived' })),
        candidates: () => x.candidates,
        now,
      })
      expect(out.reduce((n, g) => n + g.places, 0)).toBe(shifts.reduce((n, s) => n + s.capacity - s.filled, 0))
      expect(out.every(g => g.places > 0)).toBe(true)
    }))
  })
})
