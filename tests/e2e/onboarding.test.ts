import type { IncomingMessage } from 'node:http'
import type { Cast } from './cast.ts'
import type { TempBackend } from './harness.ts'
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readInvitation, redeemInvitation } from '../../src/actions/invitations.ts'
import { queued } from '../../src/actions/queue.ts'
import { signIn } from '../../src/actions/signIn.ts'
import { connect } from '../../src/gateway/connect.ts'
import { PROJECT_ROOT } from '../../supabase/local/build.ts'
import { makeRateLimit } from '../../supabase/local/http/rate-limit.ts'
import { call } from '../bench/account.ts'
import { FakeClock } from '../fakes/world.ts'
import { makeCast } from './cast.ts'
import { startTemp } from './harness.ts'

/** wait: seconds until a request may come, 0: now. says: whether the server tells so in Retry-After. */
interface Limit { wait: (url: string, now: number) => number, says: boolean }

/** The limit of `npm start`, seen from the address of the community's own network. */
function embedded(): Limit {
  const within = makeRateLimit(() => '203.0.113.9')
  return { wait: (url, now) => within({ url } as IncomingMessage, now), says: true }
}

/** The limit of GoTrue as Supabase sets it: 30 sign-ups at once, then `per5min` in 5 min, without Retry-After. */
function gotrue(per5min: number): Limit {
  let [left, at] = [30, 0]
  return { says: false, wait(url, now) {
    if (!url.includes('/auth/v1/signup')) return 0
    if (at > 0) left = Math.min(30, left + (now - at) * per5min / 300_000)
    at = now
    if (left < 1) return 1
    left -= 1
    return 0
  } }
}

const config = readFileSync(path.join(PROJECT_ROOT, 'supabase/config.toml'), 'utf8')
const shipped = Number(/^sign_in_sign_ups = (\d+)$/m.exec(config)![1])

const phone = new AsyncLocalStorage<Map<string, string>>()
const realFetch = globalThis.fetch
let backend: TempBackend
let pool: pg.Pool
let cast: Cast
let clock = new FakeClock()
let limit: Limit = { wait: () => 0, says: false }
let underWay = 0

beforeAll(async () => {
  backend = await startTemp()
  pool = new pg.Pool({ connectionString: backend.databaseUrl!, max: 2 })
  cast = await makeCast(pool, backend.url)
  const shelf = (): Map<string, string> => phone.getStore() ?? new Map()
  vi.stubGlobal('localStorage', {
    getItem: (k: string) => shelf().get(k) ?? null,
    setItem: (k: string, v: string) => shelf().set(k, v),
    removeItem: (k: string) => shelf().delete(k),
  })
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    underWay++
    try {
      const seconds = limit.wait(String(input).replace(backend.url, ''), clock.now())
      if (seconds === 0) return await realFetch(input, init)
      return Response.json({ code: 'over_request_rate_limit' }, {
        status: 429,
        headers: limit.says ? { 'retry-after': String(seconds) } : {},
      })
    }
    finally { underWay-- }
  })
})
afterAll(async () => {
  vi.unstubAllGlobals()
  await pool.end()
  await backend.discard()
})

/** One-time links for `count` people who were imported with a number. */
async function invitations(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await pool.query(
    `with r as (
      insert into app.responder (id, kind, name)
      select id, 'volunteer', '居民' || n
      from unnest($1::uuid[]) with ordinality u(id, n)
      returning id
    ),
    c as (
      insert into app.responder_contact (responder_id, phone)
      select id, '199' || lpad((floor(random() * 1e8))::int::text, 8, '0')
      from r
    )
    insert into app.report_in (id, responder_id, community_id, state)
    select gen_random_uuid(), id, $2, 'confirmed'
    from r`,
    [ids, cast.world.community],
  )
  const made = await call<{ invitations: { token: string }[] }>(backend, cast.coordinator.token, 'invite', {
    p_responder_ids: ids,
  })
  return made.invitations.map(i => i.token)
}

/** Opens a link and chooses a password; each step waits its turn, as the page does. Answers the final status. */
async function enter(token: string, waits: number[]): Promise<string> {
  const connection = connect({
    backend_url: backend.url,
    publishable_key: backend.publishableKey,
    push_key: '',
    features: {},
  })
  const inLine = <A extends { status: string }>(work: () => Promise<A>): Promise<A | null> =>
    queued(
      work,
      { after: (ms, run) => clock.after(ms, run), random: Math.random },
      s => waits.push(s),
      new AbortController().signal,
    )
  const link = await inLine(() => readInvitation(connection, token))
  if (link?.status !== 'applied') return link?.status ?? 'left'
  return (await inLine(() => redeemInvitation(connection, token, link, `${token} and more`, null)))?.status ?? 'left'
}

/** Lets time pass while no request is under way, until all are in. Answers the seconds that passed. */
async function untilDone(all: Promise<unknown>): Promise<number> {
  const begun = clock.now()
  const timer = setInterval(() => underWay === 0 && clock.pass(500), 5)
  await all.finally(() => clearInterval(timer))
  return (clock.now() - begun) / 1000
}

describe('200 people behind one address open their invitations at the same moment', () => {
  it.each<[string, () => Limit, number]>([
    ['npm start', embedded, 10],
    ['GoTrue with its own figures', () => gotrue(30), 60],
    ['GoTrue with the figure of config.toml', () => gotrue(shipped), 10],
  ])('%s: all are in, most after waiting their turn', async (_, make, minutes) => {
    clock = new FakeClock()
    limit = { wait: () => 0, says: false }
    const tokens = await invitations(200)
    limit = make()
    const waits: number[] = []
    const all = Promise.all(tokens.map(token => phone.run(new Map(), () => enter(token, waits))))
    const took = await untilDone(all)
    expect((await all).filter(status => status !== 'applied')).toEqual([])
    expect(waits.length).toBeGreaterThan(100)
    expect(took / 60, `simulated minutes; ${waits.length} waits`).toBeLessThan(minutes)
  }, 300_000) // 200 real sign-ups with bcrypt, on a machine that may be busy
})

it('a person who signs in behind a busy address waits, and is not told of a wrong password', async () => {
  clock = new FakeClock()
  limit = embedded()
  const connection = connect({
    backend_url: backend.url,
    publishable_key: backend.publishableKey,
    push_key: '',
    features: {},
  })
  const answers = new Set<string>()
  // more than ten of them fall into one minute
  for (let i = 0; i < 25; i++)
    answers.add((await phone.run(new Map(), () => signIn(connection, 'jianguo', 'not the password'))).status)
  expect([...answers]).toEqual(['wrong', 'wait'])
})
