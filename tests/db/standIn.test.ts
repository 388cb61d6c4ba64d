import type { PGlite } from '@electric-sql/pglite'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bootPglite } from './pglite.ts'

const VECTORS = JSON.parse(readFileSync(new URL('../vectors/standIn.json', import.meta.url), 'utf8')) as {
  key: string,
  at: string,
  code: string,
}[]
let db: PGlite
beforeAll(async () => {
  db = await bootPglite()
})
afterAll(async () => db.close())

it.each(VECTORS)('the server expects of $key at $at what the phone shows: $code', async ({ key, at, code }) => {
  const { rows } = await db.query<{ five: string }>(
    'select private.stand_in_code($1, floor(extract(epoch from $2::timestamptz) / 300)::bigint) as five',
    [key, at],
  )
  expect(rows[0]!.five).toBe(code.slice(0, 5))
})
