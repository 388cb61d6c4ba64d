import { expect, it } from 'vitest'
import { killAndCompare } from '../kills/kills.ts'

/** Fixed, so that a failure can be looked at again with `npm run kills -- --kills 8 --seed 20261126`; longer runs draw their own. */
const SEED = 20_261_126

it('loses, doubles and reorders nothing that was acknowledged when the browser is killed at any moment', async () => {
  const { told, found } = await killAndCompare(8, SEED)
  expect(told.map(t => t.page)).toEqual(['core', 'app'])
  expect(told.flatMap(t => t.died)).toHaveLength(8)
  expect(told.every(t => t.ledger.kept > 0), 'every phone acknowledged something').toBe(true)
  expect(found).toEqual({ lost: [], doubled: [], unasked: [], gaps: [], unsent: [], divergent: [] })
})
