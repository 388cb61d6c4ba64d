import type { Gateway } from '#gateway/gateway.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AppDb } from '#db/db.ts'
import { readMeta } from '#db/meta.ts'
import { connect, createGateway } from '#gateway/connect.ts'
import { mutate } from '#mutators/mutate.ts'
import { FakeAir, FakeClock, FakeLocks, FakePage } from '../../tests/fakes/world.ts'
import { cycle } from './cycle.ts'
import { PARK_AFTER } from './push.ts'
import '../../tests/fakes/indexeddb.ts'

/** The real gateway over a network that answers as told; then the server is as it should be. */
const said: Record<'push' | 'pull', Response[]> = { push: [], pull: [] }
const told: string[] = []
const clock = new FakeClock()
const login = randomUUID()
let db: AppDb
let gateway: Gateway
let lmid = 0

const now = '2026-11-23T02:00:00.123456+00:00'
const scope = `user:${login}`
const me = { id: login, name: '王小明', consents: [] }
const page = (over: object = {}): object => ({
  now, epoch: randomUUID(), min_client: 1, lmid, more: false,
  scopes: { [scope]: { head: 3, at: 3, n: 1, sum: '3', reset: false } }, entries: [], ...over,
})
const first = (): Response => Response.json(page({ entries: [[scope, 'me', login, 3, 'P', me]] }))
const portal = (): Response =>
  new Response('<html>sign in to this wifi</html>', { headers: { 'content-type': 'text/html' } })
/** A page of the one scope that reaches version `at`, and sends these entries. */
const reached = (at: unknown, entries: unknown[] = [], reset = false): Response =>
  Response.json(page({ scopes: { [scope]: { head: at, at, n: 1, sum: String(at), reset } }, entries }))

beforeEach(async () => {
  lmid = 0
  told.length = 0
  db = new AppDb(login)
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    const name = request.url.endsWith('/push') ? 'push' : 'pull'
    const body = await request.json() as { p_muts?: { seq: number }[] }
    if (name === 'push') lmid = body.p_muts!.at(-1)!.seq
    const taken = { now, lmid, hold: false, results: [], heads: {} }
    return said[name].shift() ?? Response.json(name === 'push' ? taken : page())
  })
  const config = { backend_url: 'https://backend.example', publishable_key: 'key', push_key: '', features: {} }
  const connection = connect(config, { unreadable: (...where) => told.push(where.join(' ')) })
  gateway = { ...createGateway(connection), login: () => login }
})
afterEach(async () => {
  for (const left of Object.values(said)) left.length = 0
  vi.unstubAllGlobals()
  await db.delete()
})

async function round(): Promise<string> {
  const ports = {
    db, login, gateway, clock, id: randomUUID, random: () => 0,
    locks: new FakeLocks(), channel: new FakeAir().channel(), page: new FakePage(),
  }
  return (await cycle(ports, { limit: 25, begun: false }, new AbortController().signal, () => {})).health
}
const tap = (): Promise<string> =>
  mutate(db, 'set_consent', { purpose: 'location', given: true }, { login, now: () => clock.now(), id: randomUUID })
/** What the phone has: cursors, rows without the marks of taps, ids in the outbox. */
async function phone(): Promise<object> {
  const { cursors, counts, sent_lmid } = await readMeta(db)
  const names = (await db.rows('me').toArray()).map(r => r.name)
  const outbox = (await db.outbox.toArray()).map(o => [o.id, o.state, o.attempts])
  return { cursors, counts, sent_lmid, names, outbox }
}

it.each<[string, () => Response, string]>([
  ['of a network that wants a sign-in', portal, 'pull all'],
  ['without scopes, which would take everything back', () => Response.json(page({ scopes: undefined })), 'pull scopes'],
  ['whose scopes are a list', () => Response.json(page({ scopes: [{ head: 9, at: 9, n: 0 }] })), 'pull scopes'],
  ['that reaches a version in words', () => reached('9', [], true), 'pull scopes.*.head'],
  ['with one entry that cannot be counted', () => reached(4, [[scope, 'me', login, null, 'P', me]]), 'pull entries'],
])('a pull answer %s changes nothing, and the next one goes on', async (_, answer, where) => {
  said.pull.push(first())
  expect(await round()).toBe('ok')
  const before = await phone()
  expect(before).toMatchObject({ cursors: { [scope]: 3 }, names: ['王小明'] })
  said.pull.push(answer())
  expect(await round()).toBe('error')
  expect([await phone(), told]).toEqual([before, [where]])
  said.pull.push(reached(4, [[scope, 'me', login, 4, 'P', { ...me, name: '王晓明' }]]))
  expect(await round()).toBe('ok')
  expect(await phone()).toMatchObject({ cursors: { [scope]: 4 }, names: ['王晓明'] })
})

it.each<[string, () => Response, string]>([
  ['of a network that wants a sign-in', portal, 'push all'],
  ['that is empty', () => new Response(null, { status: 204 }), 'push all'],
  ['whose number is in words', () => Response.json({ now, lmid: '1', hold: false, results: [] }), 'push lmid'],
  ['that does not say whether to hold', () => Response.json({ now, lmid: 1, results: [], heads: {} }), 'push hold'],
])('a push answer %s drops no tap and parks none, however often; it goes again', async (_, answer, where) => {
  said.pull.push(first())
  expect(await round()).toBe('ok')
  const id = await tap()
  for (let i = 0; i < PARK_AFTER + 2; i++) {
    said.push.push(answer())
    expect(await round()).toBe('error')
  }
  expect(new Set(told)).toEqual(new Set([where]))
  expect(await phone()).toMatchObject({ sent_lmid: 0, outbox: [[id, 'pending', 0]] })
  expect(await round()).toBe('ok')
  expect(await phone()).toMatchObject({ sent_lmid: 1, outbox: [] })
})
