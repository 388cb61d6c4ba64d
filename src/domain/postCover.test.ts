import { expect, it } from 'vitest'
import { postCoverCases } from '../../tests/vectors/rules.ts'
import { coveredShifts } from './postCover.ts'

it.each(postCoverCases)('vector: $name', ({ standing, planned, covered }) => {
  const there = standing.map(([post_id, starts_at, ends_at, state], n) => {
    return { id: `s${n}`, post_id, starts_at, ends_at, state }
  })
  const plan = planned.map(([post_id, starts_at, ends_at]) => ({ post_id, starts_at, ends_at }))
  expect(coveredShifts(plan, there)).toEqual(covered)
})
