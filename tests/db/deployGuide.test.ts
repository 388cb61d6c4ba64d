import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bootPglite } from './pglite.ts'

// What docs/deploy.md tells an operator to ask the database.
const guide = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8')
/** Statements of the guide that look into tables of ours, in blocks of SQL or within a sentence. */
const asked = [...guide.matchAll(/select [^`;]*? from app\.[^`;\n]*/g)].map(([statement]) => statement)
const [OWN, WRITTEN] = ['198.51.100.7', '203.0.113.77']

let db: Awaited<ReturnType<typeof bootPglite>>
beforeAll(async () => {
  db = await bootPglite()
})
afterAll(async () => db.close())

it('every look at a table that the guide names works', async () => {
  expect(asked.length).toBeGreaterThan(2)
  for (const statement of asked) await expect(db.query(statement), statement).resolves.toBeDefined()
})

it('its way to see which address counts tells a right setting from a wrong one', async () => {
  const counts = asked.filter(statement => statement.includes('app.rate_window'))
    .map(statement => statement.replace('<your own address>', OWN))
  /** How many rows each of the guide's two questions finds after one call through a proxy. */
  async function look(setting: string): Promise<number[]> {
    await db.query('delete from app.rate_window where true')
    await db.query(
      `insert into app.setting (key, value) values ('caller_address', $1)
      on conflict (key) do update set value = excluded.value`,
      [setting],
    )
    await db.transaction(async (tx) => {
      await tx.query('select set_config($1, $2, true)', [
        'request.headers', JSON.stringify({ 'x-forwarded-for': `${WRITTEN}, ${OWN}` }),
      ])
      await tx.query(`select api.sign_in_name('nobody')`)
    })
    const found: number[] = []
    for (const statement of counts) found.push((await db.query(statement)).rows.length)
    return found
  }
  expect(await look('{"proxies":1}')).toEqual([0, 1])
  expect(await look('{"proxies":2}'), 'one proxy too many is believed').toEqual([1, 0])
})
