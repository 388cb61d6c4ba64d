import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { bootPglite } from './pglite.ts'

let db: PGlite
beforeAll(async () => { db = await bootPglite() })
beforeEach(async () => { await db.exec('delete from app.rate_window') })
afterAll(() => db.close())

/** PostgREST's query of `POST /rpc/request_help?select=…`, as anybody. */
const call = (select: string): Promise<unknown> => db.query(`WITH pgrst_source AS (
    SELECT pgrst_call.pgrst_scalar FROM (SELECT "api"."request_help"('nodoor', 'x') pgrst_scalar) pgrst_call)
  SELECT coalesce(json_agg(_postgrest_t.pgrst_scalar)->0, 'null') AS body
  FROM (SELECT ${select} FROM "pgrst_source" AS "request_help") _postgrest_t`)
const counted = async (): Promise<number> =>
  (await db.query<{ n: number }>('select coalesce(sum(tries), 0)::int as n from app.rate_window')).rows[0]!.n

it('a call whose answer is taken whole is counted', async () => {
  await expect(call('"request_help".*')).resolves.toMatchObject({ rows: [{ body: { status: 'refused' } }] })
  expect(await counted()).toBeGreaterThan(0)
})

it('a call whose answer is cast, and would take the count back, does nothing', async () => {
  const cast = `CAST( "request_help"."pgrst_scalar"->>'code' AS int ) AS pgrst_scalar`
  await expect(call(cast)).rejects.toMatchObject({ code: '42501' })
  expect(await counted()).toBe(0)
})
