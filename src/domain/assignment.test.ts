import { expect, it } from 'vitest'
import { isBinding, isGranted } from './assignment.ts'

it.each([
  ['assigned', true],
  ['accepted', true],
  ['on_post', true],
  ['relieved', false],
  ['done', false],
  ['withdrawn', false],
  ['released', false],
  ['not_arrived', false],
] as const)('%s binds: %s', (state, binding) => expect(isBinding(state)).toBe(binding))

it('a claim that waits is no grant, a check-in that waits stands on one', () => {
  expect(isGranted({ state: 'accepted' })).toBe(true)
  expect(isGranted({ state: 'accepted', _pending: 'm' })).toBe(false)
  expect(isGranted({ state: 'on_post', _pending: 'm' })).toBe(true)
  expect(isGranted({ state: 'done' })).toBe(false)
})
