import { expect, it } from 'vitest'
import { DEFAULT_POLICY, tiersOf, withMinutes, withTier } from './policy.ts'

it('takes a tier out and puts it back in its place', () => {
  const without = withTier(DEFAULT_POLICY, 'community', false)
  expect(tiersOf(without)).toEqual(['building', 'estate', 'unit', 'street'])
  expect(without.steps).toHaveLength(5)
  expect(withTier(without, 'community', true)).toEqual(DEFAULT_POLICY)
})

it.each([[0, 1], [7.4, 7], [999, 240], [Number.NaN, 1]])('keeps %s minutes within bounds: %s', (given, kept) => {
  expect(withMinutes(DEFAULT_POLICY, 'street', given).steps[3]).toMatchObject({ level: 'street', minutes: kept })
})
