import type { World } from '../db/world.ts'
import type { Place } from './gates.ts'
import type { Postgres17 } from './postgres17.ts'
import type { PushAnswer } from './taps.ts'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { Gates } from './gates.ts'
import { Phones } from './phones.ts'
import { startPostgres17 } from './postgres17.ts'
import { accept, pushOf, tracesOf, wrongIn } from './taps.ts'

let pg17: Postgres17
let gates: Gates
let world: World
let shift: string

beforeAll(async () => {
  pg17 = await startPostgres17(16)
  gates = await Gates.install(pg17)
})
beforeEach(async () => {
  world = await makeWorld(pg17.pool, 2)
  shift = await makeShift(pg17.pool, world, new Date(clock.now() + 3600e3), 3, 1)
})
afterAll(async () => {
  await gates?.close()
  await pg17?.close()
})

const push = (who: number, client = randomUUID(), at?: Place): ReturnType<typeof gates.send<PushAnswer>> =>
  gates.send<PushAnswer>(world.people[who]!.login, 'push', pushOf(client, accept(1, shift)), at ? { at } : {})
const answer = (status: string, code: string | null): object => ({
  ok: true,
  data: { lmid: 1, results: [{ status, code }] },
})

describe('the last place, claimed by two', () => {
  it.each<Place>(['app.assignment insert', 'sync.result insert', 'sync.scope insert', 'sync.entry inserted'])(
    'goes to the first (stopped before %s), and the second learns it',
    async (at) => {
      const first = await push(0, randomUUID(), at)
      const second = await push(1)
      await second.blocked()
      await first.open()
      expect(await first.reply).toMatchObject(answer('applied', null))
      expect(await second.reply).toMatchObject(answer('refused', 'full'))
      expect(await wrongIn(pg17)).toEqual([])
    },
  )

  it('goes to the second when the first is cut off', async () => {
    const client = randomUUID()
    const first = await push(0, client, 'sync.entry inserted')
    const second = await push(1)
    await second.blocked()
    await pg17.pool.query('select pg_terminate_backend($1)', [first.pid])
    expect(await first.reply).toMatchObject({ ok: false })
    expect(await second.reply).toMatchObject(answer('applied', null))
    expect(await (await push(0, client)).reply).toMatchObject(answer('refused', 'full'))
    expect(await wrongIn(pg17)).toEqual([])
  })
})

/** Opens a connection; `pid` is the number of its server process. */
async function connect(): Promise<pg.Client & { pid: number }> {
  const client = new pg.Client(pg17.url)
  await client.connect()
  const { rows } = await client.query('select pg_backend_pid() as pid')
  return Object.assign(client, rows[0] as { pid: number })
}

describe('a membership that ends', () => {
  const END = `update app.report_in set state = 'ended' where responder_id = $1`

  it('lets a push of that person that has begun count, and then takes the rows away', async () => {
    const phones = new Phones(pg17)
    const { login, responder } = world.people[0]!
    const tab = phones.open(login)
    await tab.cycle()
    const first = await push(0, randomUUID(), 'sync.result insert')
    const other = await connect()
    const ending = other.query(END, [responder])
    await gates.blocked(other.pid, ending)
    await first.open()
    expect(await first.reply).toMatchObject(answer('applied', null))
    await ending
    await other.end()
    expect(await tab.cycle()).toMatchObject({ health: 'ok' })
    expect(await tab.db.rows('my_assignment').count(), 'their own card stays').toBe(1)
    for (const tbl of ['shift', 'assignment', 'post'] as const) expect(await tab.db.rows(tbl).count(), tbl).toBe(0)
    expect(await phones.wrongOn(tab)).toEqual([])
    await phones.close()
  })

  it('refuses a push of that person that waited for its end', async () => {
    const other = await connect()
    await other.query('begin')
    await other.query(END, [world.people[0]!.responder])
    const client = randomUUID()
    const late = await push(0, client)
    await late.blocked()
    await other.query('commit')
    await other.end()
    expect(await late.reply).toMatchObject(answer('refused', 'not_eligible'))
    expect(await tracesOf(pg17, client, shift)).toMatchObject({ lmid: 1, results: 1, assignments: 0, filled: 0 })
    expect(await wrongIn(pg17)).toEqual([])
  })
})
