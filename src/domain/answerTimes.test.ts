import { expect, it } from 'vitest'
import { staleCases } from '../../tests/vectors/rules.ts'
import { staleAt } from './answerTimes.ts'
import { iso } from './time.ts'

it.each(staleCases)('asks again for $name', ({ tapped, starts, stale }) => {
  expect(iso(staleAt(tapped, starts))).toBe(iso(stale))
})
