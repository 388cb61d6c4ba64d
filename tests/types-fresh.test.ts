import { expect, it } from 'vitest'
import { typesAreFresh } from '../scripts/gen-types.ts'

it('database types are generated from the migrations as they stand', async () => {
  expect(await typesAreFresh()).toBe(true)
})
