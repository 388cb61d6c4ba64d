import type { World } from '../db/world.ts'
import type { Tab } from '../fakes/tab.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { Phones } from './phones.ts'
import { startPostgres17 } from './postgres17.ts'
import { wrongIn } from './taps.ts'

let pg17: Postgres17
let world: World
let phones: Phones
let tabs: [Tab, Tab]
let shift: string
/** a shift nobody takes, in the same scope */
let other: string

beforeAll(async () => {
  pg17 = await startPostgres17(16)
  await pg17.pool.query('create database elsewhere')
})
beforeEach(async () => {
  world = await makeWorld(pg17.pool, 2)
  const start = new Date(clock.now() + 3600e3)
  shift = await makeShift(pg17.pool, world, start, 3, 5)
  other = await makeShift(pg17.pool, world, start, 3, 5)
  phones = new Phones(pg17)
  phones.statementTimeout = 10_000 // a call that waits for the open transaction fails instead of hanging
  tabs = [phones.open(world.people[0]!.login), phones.open(world.people[1]!.login)]
  return () => phones.close()
})
afterAll(async () => pg17?.close())

/** Opens a transaction that has written and does not end. */
async function leaveOpen(database: string, write: string): Promise<pg.Client> {
  const url = new URL(pg17.url)
  url.pathname = `/${database}`
  const client = new pg.Client(url.href)
  await client.connect()
  await client.query('begin')
  await client.query(write)
  const { rows } = await client.query('select pg_current_xact_id_if_assigned() is not null as writes')
  expect(rows[0]).toEqual({ writes: true })
  return client
}

describe.each([
  {
    title: 'in this database, on a row of the same scope',
    database: 'postgres',
    write: () => `update app.shift set capacity = capacity + 1 where id = '${other}'`,
  },
  {
    title: 'in this database, on an unrelated table',
    database: 'postgres',
    write: () => `create table public."${randomUUID()}" (x int)`,
  },
  {
    title: 'in another database of the cluster',
    database: 'elsewhere',
    write: () => `create table public."${randomUUID()}" (x int)`,
  },
])('a transaction left open $title', ({ database, write }) => {
  it('holds up neither pushes nor pulls, and its own row comes later', async () => {
    for (const tab of tabs) await tab.cycle()
    const open = await leaveOpen(database, write())
    const args = {
      assignment_id: randomUUID(),
      shift_id: shift,
      offer_id: null,
      eta_min: null,
      on_full: 'refuse' as const,
      waitlist_id: randomUUID(),
    }
    await tabs[0].tap('accept_shift', args)
    for (const tab of tabs) {
      expect(await tab.cycle()).toEqual({ health: 'ok', after_s: null })
      expect(await tab.db.rows('assignment').get(args.assignment_id), 'seen by both').toMatchObject({
        state: 'accepted',
      })
      expect(await phones.wrongOn(tab), 'cursors are at the heads').toEqual([])
    }
    await open.query('commit')
    await open.end()
    for (const tab of tabs) {
      expect(await tab.cycle()).toEqual({ health: 'ok', after_s: null })
      expect(await phones.wrongOn(tab)).toEqual([])
    }
    expect(await wrongIn(pg17)).toEqual([])
  })
})
