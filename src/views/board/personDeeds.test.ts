import type { PersonOnShift } from './personDeeds.ts'
import { expect, it } from 'vitest'
import { clock } from '../../../tests/clock.ts'
import { canCheckIn, canConfirm, canLeave, canRemind, isSilent, standing } from './personDeeds.ts'

const HOUR = 3_600_000
const shift = (from: number, to: number): PersonOnShift['shift'] =>
  ({ id: 's', starts_at: clock.stamp(from * HOUR), ends_at: clock.stamp(to * HOUR) }) as PersonOnShift['shift']
const RUNS = shift(-1, 1)
const COMES = shift(1, 2)
const of = (state: string, at: PersonOnShift['shift'], more: Partial<PersonOnShift> = {}): PersonOnShift => ({
  ...{ person: { id: 'a', state } as PersonOnShift['person'], shift: at, login: 'active', calm: false },
  now: clock.now(), ...more,
})

it.each([
  ['who has not confirmed', of('assigned', COMES), true],
  ['who promised a shift that runs and did not come', of('accepted', RUNS), true],
  ['whose record another community keeps', of('accepted', COMES, { login: 'unknown' }), true],
  ['who never had a login: they are called', of('accepted', COMES, { login: 'none' }), false],
  ['who has not opened their invitation: they are called', of('accepted', COMES, { login: 'invited' }), false],
  ['whose list is not read yet', of('accepted', COMES, { login: undefined }), false],
  ['who stands there', of('on_post', RUNS), false],
  ['who counts as standing there in 平时', of('accepted', RUNS, { calm: true }), false],
  ['who gave the place back', of('withdrawn', COMES), false],
  ['whose shift is over', of('accepted', shift(-2, -1)), false],
  [
    'whose place waits on this phone',
    of('accepted', COMES, { person: { id: 'a', state: 'accepted', _pending: true } as never }), false,
  ],
])('a reminder to a person %s', (_who, person, may) => {
  expect(canRemind(person)).toBe(may)
})

it('says to call those whom no reminder reaches', () => {
  const logins = ['none', 'invited', 'active', 'unknown', undefined] as const
  expect(logins.map(login => isSilent({ login }))).toEqual([true, true, false, false, false])
})

it('in 平时 a yes stands while the shift runs, and nobody writes down an arrival', () => {
  const shown = (state: string, calm: boolean, at = RUNS): [string, boolean] => {
    const person = of(state, at, { calm })
    return [standing(person), canCheckIn(person)]
  }
  expect([shown('accepted', true), shown('accepted', false)]).toEqual([['on', false], ['acc', true]])
  expect([shown('accepted', true, COMES), shown('accepted', false, COMES)]).toEqual([['acc', false], ['acc', false]])
  expect([shown('not_arrived', false), shown('on_post', false)]).toEqual([['vac', true], ['on', false]])
})

it('a coordinator says yes, and writes down a leaving, only for people who cannot sign in', () => {
  const able = (state: string, login: PersonOnShift['login'], at = RUNS): [boolean, boolean] => {
    const person = of(state, at, { login })
    return [canConfirm(person), canLeave(person)]
  }
  expect([able('assigned', 'none'), able('assigned', 'invited', COMES)]).toEqual([[true, false], [true, false]])
  expect([able('assigned', 'active'), able('assigned', undefined)]).toEqual([[false, false], [false, false]])
  expect(able('assigned', 'none', shift(-2, -1))).toEqual([false, false])
  expect([able('on_post', 'none'), able('on_post', 'active'), able('accepted', 'none')])
    .toEqual([[false, true], [false, false], [false, false]])
})
