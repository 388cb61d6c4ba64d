import type { PullAnswer } from '../../src/gateway/wire.ts'
import type { World } from '../db/world.ts'
import type { Tab } from '../fakes/tab.ts'
import type { Place } from './gates.ts'
import type { Postgres17 } from './postgres17.ts'
import type { PushAnswer } from './taps.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { Gates } from './gates.ts'
import { Phones } from './phones.ts'
import { startPostgres17 } from './postgres17.ts'
import { accept, pushOf, tracesOf, wrongIn } from './taps.ts'

let pg17: Postgres17
let gates: Gates
let phones: Phones
let world: World
let watcher: Tab
/** one shift in the same month scope for each of the two who push */
let shifts: [string, string]

beforeAll(async () => {
  pg17 = await startPostgres17(16)
  gates = await Gates.install(pg17)
})
beforeEach(async () => {
  world = await makeWorld(pg17.pool, 3)
  const start = new Date(clock.now() + 3600e3)
  shifts = [await makeShift(pg17.pool, world, start, 3, 2), await makeShift(pg17.pool, world, start, 3, 2)]
  phones = new Phones(pg17)
  watcher = phones.open(world.people[2]!.login)
  await watcher.cycle()
  return () => phones.close()
})
afterAll(async () => {
  await gates?.close()
  await pg17?.close()
})

const lines = async (): Promise<string[]> => (await watcher.db.rows('assignment').toArray()).map(a => a.shift_id).sort()
const cursorsOf = async (): Promise<Record<string, number>> =>
  (await watcher.db.meta.get('cursors'))!.value as Record<string, number>
async function month(): Promise<string> {
  const { rows } = await pg17.pool.query(
    'select private.month_of(starts_at) as m from app.shift where id = $1',
    [shifts[0]],
  )
  return `org:${world.community}:${(rows[0] as { m: string }).m}`
}

async function expectAllThere(): Promise<void> {
  expect(await watcher.cycle()).toMatchObject({ health: 'ok' })
  expect(await lines()).toEqual([...shifts].sort())
  expect(await phones.wrongOn(watcher)).toEqual([])
  expect(await wrongIn(pg17)).toEqual([])
}

it('shows a push that began first and commits last, even when somebody pulled in between', async () => {
  const [a, b] = world.people
  const scope = await month()
  const before = (await cursorsOf())[scope]!
  const first = await gates.send<PushAnswer>(a!.login, 'push', pushOf(randomUUID(), accept(1, shifts[0])), {
    at: 'sync.scope insert',
  })
  const second = await gates.send<PushAnswer>(b!.login, 'push', pushOf(randomUUID(), accept(1, shifts[1])))
  expect(await second.reply).toMatchObject({
    ok: true,
    data: { results: [{ status: 'applied' }], heads: { [scope]: before + 1 } },
  })
  await watcher.cycle()
  await watcher.cycle()
  expect(await lines(), 'only what committed').toEqual([shifts[1]])
  await first.open()
  expect(await first.reply, 'the later commit has the later version').toMatchObject({
    ok: true,
    data: { heads: { [scope]: before + 2 } },
  })
  await expectAllThere()
})

it.each<Place>(['sync.entry insert', 'sync.entry inserted'])(
  'makes others wait for a push that has its version and has not committed (before %s)',
  async (at) => {
    const [a, b] = world.people
    const scope = await month()
    const before = (await cursorsOf())[scope]!
    const first = await gates.send<PushAnswer>(a!.login, 'push', pushOf(randomUUID(), accept(1, shifts[0])), { at })
    const second = await gates.send<PushAnswer>(b!.login, 'push', pushOf(randomUUID(), accept(1, shifts[1])))
    await second.blocked()
    await watcher.cycle()
    expect((await cursorsOf())[scope], 'nobody committed yet').toBe(before)
    await first.open()
    expect([await first.reply, await second.reply]).toMatchObject([
      { ok: true, data: { heads: { [scope]: before + 1 } } },
      { ok: true, data: { heads: { [scope]: before + 2 } } },
    ])
    await expectAllThere()
  },
)

const EFFECT_ONLY: Place[] = ['sync.result insert', 'sync.client update', 'sync.scope insert', 'sync.entry inserted']
it.each(EFFECT_ONLY)(
  'shows the effect and the number of a push together (stopped before %s)',
  async (at) => {
    const client = randomUUID()
    const { login } = world.people[0]!
    const push = await gates.send<PushAnswer>(login, 'push', pushOf(client, accept(1, shifts[0])), { at })
    const pull = { p_client: client, p_schema: 1, p_cursors: {}, p_epoch: null, p_limit: 1000 }
    const during = await pg17.call<PullAnswer>(login, 'pull', pull)
    expect([during.lmid, during.entries.filter(e => e[1] === 'my_assignment').length]).toEqual([0, 0])
    await push.open()
    expect(await push.reply).toMatchObject({ ok: true })
    const after = await pg17.call<PullAnswer>(login, 'pull', pull)
    expect([after.lmid, after.entries.filter(e => e[1] === 'my_assignment').length]).toEqual([1, 1])
  },
)

it('answers a pull from one moment, even when a push commits in the middle of it', async () => {
  const client = randomUUID()
  const { login } = world.people[0]!
  const args = { p_client: client, p_schema: 1, p_cursors: {}, p_epoch: null, p_limit: 1000 }
  const pull = await gates.send<PullAnswer>(login, 'pull', args, { at: 'sync.entry select' })
  await pg17.call(login, 'push', pushOf(client, accept(1, shifts[0])))
  expect(await tracesOf(pg17, client, shifts[0])).toMatchObject({ lmid: 1, results: 1 })
  await pull.open()
  const came = await pull.reply
  if (!came.ok) throw new Error(came.code)
  const { lmid, entries, scopes } = came.data
  expect([lmid, entries.filter(e => e[1] === 'my_assignment').length]).toEqual([0, 0])
  for (const [id, { n }] of Object.entries(scopes))
    expect(entries.filter(e => e[0] === id && e[4] === 'P'), id).toHaveLength(n)
})
