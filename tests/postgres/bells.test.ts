import type { World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import type { PushAnswer } from './taps.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { startPostgres17 } from './postgres17.ts'
import { accept, pushOf } from './taps.ts'

const PEOPLE = 60
const AT_ONCE = 12
let pg17: Postgres17
let world: World

beforeAll(async () => {
  pg17 = await startPostgres17(AT_ONCE + 2)
  world = await makeWorld(pg17.pool, PEOPLE)
  await pg17.pool.query('select private.tick_bells()')
})
afterAll(async () => pg17?.close())

/** The spread (ms) of each ring of a topic so far. */
async function rings(topic: string): Promise<number[]> {
  const text = `select payload ->> 'spread_ms' as ms from local.ring where topic = $1`
  const { rows } = await pg17.pool.query(text, [topic])
  return rows.map(r => Number((r as { ms: string }).ms))
}

it('sixty claims, twelve at a time, ring no more often than the window allows, and none is lost', async () => {
  const text = 'select spread_ms from sync.bell where topic = $1'
  const { rows: [bell] } = await pg17.pool.query(text, [`org:${world.community}`])
  const { spread_ms } = bell as { spread_ms: number }
  expect(spread_ms).toBe(10 * (PEOPLE + 1))
  const shifts = await Promise.all(
    Array.from({ length: PEOPLE / AT_ONCE }, () =>
      makeShift(pg17.pool, world, new Date(clock.now() + 3600e3), 1, AT_ONCE)),
  )
  // making the shifts rang; this opens the window for the claims
  await pg17.pool.query('delete from local.ring')
  await pg17.pool.query(`update sync.bell set rung_at = '-infinity'`)
  const begun = performance.now()
  for (const [i, shift] of shifts.entries()) {
    const answers = await Promise.all(
      world.people.slice(i * AT_ONCE, (i + 1) * AT_ONCE).map(p =>
        pg17.call<PushAnswer>(p.login, 'push', pushOf(randomUUID(), accept(1, shift))),
      ),
    )
    expect(new Set(answers.map(a => a.results[0]!.status))).toEqual(new Set(['applied']))
  }
  const windows = (performance.now() - begun) / (spread_ms + 300)
  const heard = await rings(`org:${world.community}`)
  expect(heard.length).toBeGreaterThan(0)
  expect(heard.length).toBeLessThanOrEqual(Math.floor(windows) + 1)
  expect(new Set(heard)).toEqual(new Set([spread_ms]))
  // the other phones of each person were rung too
  for (const p of world.people) expect((await rings(`user:${p.login}`)).length, p.name).toBeGreaterThan(0)
})
