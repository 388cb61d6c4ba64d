import type { Seat } from '#domain/organisationRows.ts'
import { expect, it } from 'vitest'
import { readSeatForm, seatForm } from './seatForm.ts'

const TODAY = '2026-12-08'
const seat: Seat = {
  id: 's', council_id: 'c', kind: 'part_time', title: '委员', partner_unit_id: 'u', unit_name: '三江物流宁海站',
  responder_id: null, name: '何静', substitute: '丁立', state: 'serving', since_on: '2025-03-01', until_on: '2028-03-01',
  sort: 2,
}

it('a seat that nobody changed goes out as it is', () => {
  expect(readSeatForm(seatForm(seat, TODAY), 's', 'c')).toEqual({
    args: {
      seat_id: 's', council_id: 'c', kind: 'part_time', title: '委员', partner_unit_id: 'u', responder_id: null,
      holder: '何静', substitute: '丁立', state: 'serving', since_on: '2025-03-01', until_on: '2028-03-01', sort: 2,
    },
    faults: [],
  })
})

it('of one that stands empty only the chair stays: somebody else is invited from today on', () => {
  const form = seatForm({ ...seat, state: 'ended', since_on: '2026-09-27' }, TODAY)
  expect(form).toEqual({
    kind: 'part_time', title: '委员', partner_unit_id: 'u', sort: 2, responder_id: '', name: '', substitute: '',
    state: 'invited', since_on: TODAY, until_on: '',
  })
  expect(readSeatForm(form, 's', 'c').faults).toEqual(['name'])
})

it('a person of the list goes out by id alone', () => {
  const form = { ...seatForm(null, TODAY), responder_id: 'r', name: '王建国' }
  expect(readSeatForm(form, 'n', 'c')).toMatchObject({ args: { responder_id: 'r', holder: null }, faults: [] })
})

it.each([
  ['2026-12-08', ['until_on']], ['2026-12-09', []], ['2032-12-15', []], ['2032-12-16', ['until_on']],
])('a term from today to %s', (until_on, expected) => {
  const form = { ...seatForm(null, TODAY), name: '何静', until_on }
  expect(readSeatForm(form, 'n', 'c').faults).toEqual(expected)
})

it('asks for the day since when', () => {
  expect(readSeatForm({ ...seatForm(seat, TODAY), since_on: '' }, 's', 'c').faults).toEqual(['since_on'])
})
