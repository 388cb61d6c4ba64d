import { expect, it } from 'vitest'
import { typesAreFresh } from '../scripts/schema/types.ts'

it('database types are generated from supabase/schemas as it stands; else: npm run schema', async () => {
  expect(await typesAreFresh()).toBe(true)
})
