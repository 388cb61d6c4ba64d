import { expect, it } from 'vitest'
import { typesAreFresh } from '../scripts/schema/types.ts'

it('the database types match supabase/schemas (npm run schema writes them)', async () => {
  expect(await typesAreFresh()).toBe(true)
})
