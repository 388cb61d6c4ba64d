import { expect, it } from 'vitest'
import { coverCases } from '../../tests/vectors/rules.ts'
import { changesHands } from './cover.ts'

it.each(coverCases)('cover: $name', ({ starts, callout, now, free }) => {
  expect(changesHands({ starts_at: starts, callout_id: callout ? 'c' : null }, now)).toBe(free)
})
