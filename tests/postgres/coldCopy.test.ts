import type { World } from '../db/world.ts'
import type { Tab } from '../fakes/tab.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { chmodSync, cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readMeta } from '../../src/db/meta.ts'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { Phones } from './phones.ts'
import { startIn } from './postgres17.ts'

let folder: string
let pg17: Postgres17
let world: World
let phones: Phones

/** Starts the server and lets the scheduler run once, as `npm start` does before it opens. */
async function start(): Promise<void> {
  pg17 = await startIn(folder, 'cold', 8)
  await pg17.pool.query('select private.tick(now())')
  if (phones) phones.at = pg17
}
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'redwhistle-cold-'))
  await start()
  world = await makeWorld(pg17.pool, 3)
  phones = new Phones(pg17)
})
afterAll(async () => {
  await phones?.close()
  await pg17?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function take(tab: Tab, shift: string): Promise<string> {
  const assignment_id = randomUUID()
  await tab.tap('accept_shift', {
    assignment_id,
    shift_id: shift,
    offer_id: null,
    eta_min: null,
    on_full: 'refuse',
    waitlist_id: randomUUID(),
  })
  expect(await tab.cycle()).toEqual({ health: 'ok', after_s: null })
  return assignment_id
}

it('a data folder restored from a cold copy is noticed, even where heads and sums look the same', async () => {
  const [ann, bo, watcher] = world.people.map(p => phones.open(p.login)) as [Tab, Tab, Tab]
  const shift = await makeShift(pg17.pool, world, new Date(clock.now() + 3600e3), 3, 2)
  for (const tab of [ann, bo, watcher]) await tab.cycle()
  await pg17.close()
  cpSync(path.join(folder, 'pg'), path.join(folder, 'copy'), { recursive: true })
  chmodSync(path.join(folder, 'copy'), 0o700) // Postgres demands it

  await start() // the server and the phones go on
  const epoch = (await readMeta(watcher.db)).epoch
  const gone = await take(ann, shift)
  await watcher.cycle()
  const before = await readMeta(watcher.db)
  expect(before.epoch, 'a start begins an era').not.toBe(epoch)
  await pg17.close()

  rmSync(path.join(folder, 'pg'), { recursive: true })
  renameSync(path.join(folder, 'copy'), path.join(folder, 'pg'))
  await start()
  const other = await take(bo, shift)
  const text = 'select id, head::int from sync.scope where id = any ($1::text[])'
  const { rows } = await pg17.pool.query(text, [Object.keys(before.cursors)])
  const org = (rows as unknown as { id: string, head: number }[]).filter(s => s.id.startsWith('org:'))
  expect(Object.fromEntries(org.map(s => [s.id, s.head])), 'the two histories look the same').toEqual(
    Object.fromEntries(org.map(s => [s.id, before.cursors[s.id]])),
  )
  for (const tab of [ann, bo, watcher]) {
    expect(await tab.cycle()).toEqual({ health: 'ok', after_s: null })
    expect((await tab.db.rows('assignment').toArray()).map(a => a.id)).toEqual([other])
    expect(await phones.wrongOn(tab)).toEqual([])
  }
  expect(await ann.db.rows('my_assignment').get(gone)).toBeUndefined()
})
