import type { World } from '../db/world.ts'
import type { Place } from './gates.ts'
import type { Postgres17 } from './postgres17.ts'
import type { PushAnswer, PushArgs, Traces } from './taps.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { Gates } from './gates.ts'
import { Phones } from './phones.ts'
import { startPostgres17 } from './postgres17.ts'
import { accept, pushOf, tracesOf, wrongIn } from './taps.ts'

/** Places from the first statement of a push to the last before COMMIT. */
const PLACES: Place[] = [
  'sync.client insert', 'app.assignment insert', 'sync.result insert', 'sync.client update', 'sync.scope insert',
  'sync.entry insert', 'sync.entry inserted',
]
let pg17: Postgres17
let gates: Gates
let world: World
let shift: string
let client: string
let before: Traces
let push: PushArgs

beforeAll(async () => {
  pg17 = await startPostgres17(16)
  gates = await Gates.install(pg17)
})
beforeEach(async () => {
  world = await makeWorld(pg17.pool, 2)
  shift = await makeShift(pg17.pool, world, new Date(clock.now() + 3600e3), 3, 5)
  client = randomUUID()
  push = pushOf(client, accept(1, shift), accept(2, randomUUID()))
  before = await tracesOf(pg17, client, shift)
})
afterAll(async () => {
  await gates?.close()
  await pg17?.close()
})

/** Sends the same request twice: the first applies, the second is a replay. */
async function expectRetryAppliesOnce(): Promise<void> {
  const { login } = world.people[0]!
  expect(await pg17.call<PushAnswer>(login, 'push', push)).toMatchObject({
    lmid: 2,
    results: [{ status: 'applied', replayed: false }, { code: 'gone', replayed: false }],
  })
  expect(await pg17.call<PushAnswer>(login, 'push', push)).toMatchObject({
    lmid: 2,
    results: [{ status: 'applied', replayed: true }, { code: 'gone', replayed: true }],
  })
  expect(await tracesOf(pg17, client, shift)).toMatchObject({ lmid: 2, results: 2, assignments: 1, filled: 1 })
  expect(await wrongIn(pg17)).toEqual([])
}

describe.each(PLACES)('a push that ends before %s', (at) => {
  it('because its connection is cut consumes nothing, and the retry applies once', async () => {
    const cut = await gates.send<PushAnswer>(world.people[0]!.login, 'push', push, { at })
    await pg17.pool.query('select pg_terminate_backend($1)', [cut.pid])
    expect(await cut.reply).toMatchObject({ ok: false })
    expect(await tracesOf(pg17, client, shift)).toEqual(before)
    await expectRetryAppliesOnce()
  })

  it('because it took too long (57014) consumes nothing, and the retry applies once', async () => {
    const slow = await gates.send<PushAnswer>(world.people[0]!.login, 'push', push, { at, timeout: 1000 })
    expect(await slow.reply).toEqual({ ok: false, code: '57014' })
    expect(await tracesOf(pg17, client, shift)).toEqual(before)
    await slow.open()
    await expectRetryAppliesOnce()
  })
})

describe('a server too slow for a large push', () => {
  const MANY = 8
  const FEW = 4

  /** Makes every push of more than FEW mutations hang at the next one, until the server gives up on it. */
  async function hangWhenLarge(): Promise<() => Promise<unknown>> {
    await pg17.pool.query(`
      create function gate.hang() returns trigger language plpgsql as $$
      begin
        if new.seq - (select lmid from sync.client where id = new.client_id) > ${FEW} then
          perform pg_sleep(600);
        end if;
        return new;
      end $$`)
    await pg17.pool.query(
      'create trigger ab_hang before insert on sync.result for each row execute function gate.hang()',
    )
    return () => pg17.pool.query('drop function gate.hang cascade')
  }

  it('gets smaller pushes, and nothing is lost or done twice', async () => {
    const phones = new Phones(pg17)
    phones.statementTimeout = 1500
    const tab = phones.open(world.people[0]!.login)
    await tab.cycle()
    for (let i = 0; i < MANY; i++) await tab.tap('set_consent', { purpose: 'location', given: i % 2 === 0 })
    const mend = await hangWhenLarge()
    expect(await tab.cycle()).toMatchObject({ health: 'error' })
    expect(phones.failures).toEqual([{ kind: 'retry', code: 'slow', after_s: null }])
    expect(await tab.db.outbox.count()).toBe(MANY)
    expect(await tab.cycle(), 'half of it fits').toMatchObject({ health: 'ok' })
    expect(phones.failures).toHaveLength(1)
    await mend()
    const { rows } = await pg17.pool.query(
      `select array_agg(seq::int order by seq) as seqs, array_agg(distinct status) as statuses
      from sync.result
      where login_id = $1`,
      [tab.login],
    )
    expect(rows[0]).toEqual({ seqs: [1, 2, 3, 4, 5, 6, 7, 8], statuses: ['applied'] })
    expect(await tab.db.outbox.count()).toBe(0)
    expect(await phones.wrongOn(tab)).toEqual([])
    await phones.close()
  })
})
