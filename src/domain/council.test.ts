import type { Seat } from './organisationRows.ts'
import { expect, it } from 'vitest'
import { councilOf } from './council.ts'

const TODAY = '2026-12-08'
const seat = (id: string, more: Partial<Seat> = {}): Seat => ({
  id, council_id: 'c', kind: 'part_time', title: null, partner_unit_id: null, unit_name: null, responder_id: null,
  name: id, substitute: null, state: 'serving', since_on: '2025-03-01', until_on: '2028-03-01', sort: 0, ...more,
})

it('orders seats: full-time, then as they were ordered, then by unit', () => {
  const rows = [
    seat('b', { unit_name: '宁海路派出所' }), seat('a', { unit_name: '第二中学' }),
    seat('first', { unit_name: '云锦物业', sort: -1 }), seat('head', { kind: 'full_time', sort: 9 }),
  ]
  const council = councilOf(rows, TODAY)
  expect(council.seats.map(l => l.seat.id)).toEqual(['head', 'first', 'a', 'b'])
  expect(council).toMatchObject({ full_time: 1, part_time: 3, empty: 0, ending: [] })
})

it('says since how many days a seat stands empty; the term of who left it ends no more', () => {
  const { seats, empty, ending } = councilOf([
    seat('a', { state: 'ended', since_on: '2026-09-27', until_on: '2026-12-31' }), seat('b'),
  ], TODAY)
  expect(seats.map(l => l.empty)).toEqual([72, null])
  expect([empty, ending]).toEqual([1, []])
})

it('names the terms that end within 90 days, the first first, and those that are over', () => {
  const { ending } = councilOf([
    seat('later', { until_on: '2027-03-09' }), seat('soon', { until_on: '2027-03-08' }),
    seat('over', { until_on: '2026-12-07' }), seat('none', { until_on: null }),
  ], TODAY)
  expect(ending.map(l => [l.seat.id, l.ends_in])).toEqual([['over', -1], ['soon', 90]])
})
