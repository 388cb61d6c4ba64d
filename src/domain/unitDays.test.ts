import type { UnitArrival } from './organisationRows.ts'
import { expect, it } from 'vitest'
import { daysByPerson, daysOf } from './unitDays.ts'

const arrival = (responder_id: string, day: string, came: UnitArrival['came'], id = day): UnitArrival =>
  ({ id, partner_unit_id: 'u', responder_id, day, came })

it('sorts days by what became of them: those to come from the next on, those that were from the last on', () => {
  const all = daysByPerson([
    arrival('a', '2026-12-20', 'coming'), arrival('a', '2026-12-12', 'coming'), arrival('a', '2026-11-03', 'yes'),
    arrival('a', '2026-11-10', 'yes'), arrival('a', '2026-10-01', 'no'), arrival('b', '2026-11-10', 'yes'),
  ])
  expect(daysOf(all, 'a')).toEqual({
    coming: ['2026-12-12', '2026-12-20'], came: ['2026-11-10', '2026-11-03'], missed: ['2026-10-01'],
  })
  expect(daysOf(all, 'c')).toEqual({ coming: [], came: [], missed: [] })
})

it.each<[UnitArrival['came'], UnitArrival['came'], keyof ReturnType<typeof daysOf>]>([
  ['no', 'yes', 'came'],
  ['yes', 'no', 'came'],
  ['coming', 'yes', 'came'],
  ['no', 'coming', 'coming'],
  ['no', 'no', 'missed'],
])('counts a day with %s and %s once, as %s', (first, second, as) => {
  const all = daysByPerson([arrival('a', '2026-11-03', first, '1'), arrival('a', '2026-11-03', second, '2')])
  expect(daysOf(all, 'a')).toEqual({ coming: [], came: [], missed: [], [as]: ['2026-11-03'] })
})
