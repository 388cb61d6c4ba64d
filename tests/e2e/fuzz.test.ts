import type { World } from '../db/world.ts'
import type { TempBackend } from './harness.ts'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import process from 'node:process'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signToken } from '../../supabase/local/token.ts'
import { clock } from '../clock.ts'
import { makeWorld } from '../db/world.ts'
import { startTemp } from './harness.ts'
import { openSocket } from './socket.ts'

const SEED = Number(process.env.FUZZ_SEED ?? 20261128)
const REQUESTS = { auth: 600, deliver: 300, board: 500, files: 1000 }
const [SOCKETS, FRAMES] = [40, 40]
/** An answer that takes longer (ms) will not come, even on a busy machine. */
const HANGS = 30_000

let backend: TempBackend
let world: World
let [token, secret] = ['', '']
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 })
const seen = new Map<string, number>()
const bad: string[] = []

beforeAll(async () => {
  backend = await startTemp()
  const keys = JSON.parse(await readFile(path.join(backend.dataDir, 'keys.json'), 'utf8')) as { jwt_secret: string }
  const sender = JSON.parse(await readFile(path.join(backend.dataDir, 'deliver.json'), 'utf8')) as { secret: string }
  secret = sender.secret
  world = await makeWorld({ query: async (text, params = []) => ({ rows: await backend.db.query(text, params) }) }, 1)
  const exp = Math.floor(clock.now() / 1000) + 3600
  token = await signToken({ sub: world.people[0]!.login, role: 'authenticated', exp }, keys.jwt_secret)
  await backend.db.query(`update app.org_unit set door_code = 'FUZZC0DE11' where id = $1`, [world.buildings[0]])
})
afterAll(async () => {
  agent.destroy()
  await backend.discard()
})

interface Ask { method: string, path: string, headers: Record<string, string>, body: string }

/** Values that no field should hold. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 1e308, [], {}, '', '\0', '\uD800', '%', '%zz', '%00', '../../etc/passwd'),
  fc.string({ maxLength: 30, unit: 'binary' }),
  fc.integer({ min: 2, max: 6000 }).map(n => 'x'.repeat(n)),
  fc.integer({ min: 10, max: 3000 }).map(n => JSON.parse('['.repeat(n) + ']'.repeat(n)) as unknown),
  fc.object({ maxDepth: 2 }),
)
const word = odd.filter(value => typeof value === 'string') as fc.Arbitrary<string>
const bearer = fc.constantFrom('', 'Bearer ', 'Bearer a.b.c', 'Basic eDp5', 'token', 'secret')
const escaped = (text: string): string => encodeURIComponent(text.toWellFormed()).slice(0, 3000)
const BITS = ['%', '%zz', '%00', '%2e%2e%2f', '..', '.', '//', '%c0%ae', '?', '#', '\\', ';']
const strange = fc.oneof(word.map(escaped), fc.constantFrom(...BITS))

function ask(method: fc.Arbitrary<string>, where: fc.Arbitrary<string>, body: fc.Arbitrary<string>): fc.Arbitrary<Ask> {
  const type = fc.constantFrom('application/json', 'text/plain', '')
  return fc.record({ method, path: where, body, with: bearer, type })
    .map(({ with: sent, type: content, ...rest }) => {
      const authorization = sent === 'token' ? `Bearer ${token}` : sent === 'secret' ? `Bearer ${secret}` : sent
      const headers = { 'apikey': backend.publishableKey, 'content-type': content }
      return { ...rest, headers: { ...headers, ...authorization && { authorization } } }
    })
}

function bodyOf(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<string> {
  const mixed = Object.fromEntries(Object.entries(fields).map(([key, good]) => [key, fc.oneof(good, odd)]))
  return fc.oneof(
    { weight: 4, arbitrary: fc.record(mixed, { requiredKeys: [] }).map(value => JSON.stringify(value)) },
    { weight: 1, arbitrary: odd.map(value => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '[', 'null', '"', '\0', '{"a":1e999}') },
  )
}

const anyMethod = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD')

/** Requests of each room of the server, made from arguments it really takes. */
function rooms(): Record<keyof typeof REQUESTS, fc.Arbitrary<Ask>> {
  const account = bodyOf({
    email: fc.constantFrom('uknown@login.invalid', 'a@b'),
    password: fc.string({ maxLength: 80 }),
    refresh_token: fc.string({ maxLength: 40 }),
    data: fc.object({ maxDepth: 1 }),
  })
  const tokens = ['password', 'refresh_token'].map(type => `/token?grant_type=${type}`)
  const routes = ['/signup', '/user', '/logout', '/verify', ...tokens]
  const plainly = fc.oneof({ weight: 5, arbitrary: fc.constant('') }, { weight: 1, arbitrary: strange })
  const auth = fc.tuple(fc.constantFrom(...routes), plainly).map(parts => `/auth/v1${parts.join('')}`)
  const board = fc.oneof(fc.constant('FUZZC0DE11'), strange).chain(code => fc.constantFrom(
    `/rest/v1/rpc/duty_board?p_code=${code}`,
    `/rest/v1/rpc/duty_board?p_code=${code}&p_code=x`,
    `/rest/v1/rpc/duty_board?${code}`,
    `/rest/v1/rpc/${code}?p_code=FUZZC0DE11`,
  ))
  const deliver = strange.chain(s =>
    fc.constantFrom('/functions/v1/deliver', `/functions/v1/${s}`, `/functions/v1/deliver/${s}`))
  const files = fc.tuple(
    fc.constantFrom('/', '/config.json', '/healthz', '/assets/', '/b/', '/index.html', '/manifest.webmanifest', '//'),
    fc.oneof(fc.constant(''), strange),
    fc.oneof(fc.constant(''), strange.map(s => `?${s}`)),
  ).map(parts => parts.join(''))
  const read = fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST')
  const mostlyGet = fc.oneof({ weight: 4, arbitrary: fc.constant('GET') }, { weight: 1, arbitrary: anyMethod })
  return {
    auth: ask(fc.constantFrom('GET', 'POST', 'POST', 'POST', 'PUT'), auth, account),
    deliver: ask(anyMethod, deliver, bodyOf({ limit: fc.integer() })),
    board: ask(read, board, bodyOf({ p_code: fc.constant('FUZZC0DE11') })),
    files: ask(mostlyGet, files, fc.constant('')),
  }
}

/** The status of one answer; -1 when none came in time. */
async function statusOf({ method, path: where, headers, body }: Ask, n: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const from = { 'x-forwarded-for': `203.0.${n % 250}.${n % 113}` }
    const options = { method, path: where, headers: { ...headers, ...from }, agent, timeout: HANGS }
    const request = http.request(`${backend.url}/`, options, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode ?? -1))
    })
    request.once('timeout', () => { resolve(-1); request.destroy() })
    request.once('error', error => (error as { code?: string }).code === 'EPIPE' ? resolve(400) : reject(error))
    request.end(method === 'GET' || method === 'HEAD' ? undefined : body)
  })
}

function count(what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1)
}

const ROOMS = Object.keys(REQUESTS) as (keyof typeof REQUESTS)[]
it.each(ROOMS)('%s answers every request, and none with an error of the server', async (room) => {
  const asks = fc.sample(rooms()[room], { numRuns: REQUESTS[room], seed: SEED })
  for (let i = 0; i < asks.length; i += 4) {
    await Promise.all(asks.slice(i, i + 4).map(async (one, k) => {
      const status = await statusOf(one, i + k)
      count(`${room} ${status}`)
      const what = `${status} ${one.method} ${one.path.slice(0, 200)} ${one.body.slice(0, 200)}`
      if (status < 0 || status >= 500) bad.push(what)
    }))
  }
  expect(bad).toEqual([])
})

it('the doorbell survives any frame and lets the next phone join', async () => {
  const me = `realtime:user:${world.people[0]!.login}`
  const topics = ['phoenix', me, `realtime:org:${world.community}`, 'realtime:', `realtime:user:${randomUUID()}`]
  const topic = fc.oneof(fc.constantFrom(...topics), word)
  const events = ['phx_join', 'phx_leave', 'heartbeat', 'access_token', 'broadcast', 'phx_close']
  const event = fc.oneof(fc.constantFrom(...events), word)
  const access = { access_token: fc.oneof(fc.constant(token), odd), config: odd }
  const payload = fc.oneof(fc.record(access, { requiredKeys: [] }), odd)
  const ref = fc.oneof(fc.constantFrom<unknown>('1', '2', null, 1), odd)
  const frame = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(ref, ref, topic, event, payload).map(f => JSON.stringify(f)) },
    { weight: 2, arbitrary: odd.map(f => JSON.stringify(f)) },
    { weight: 1, arbitrary: fc.constantFrom('', '[', '\0', '[1,2,3,4,5,6]') },
  )
  const frames = fc.sample(frame, { numRuns: SOCKETS * FRAMES, seed: SEED })
  const query = `apikey=${backend.publishableKey}&vsn=2.0.0`
  for (let s = 0; s < SOCKETS; s++) {
    const socket = await openSocket(backend.url, query)
    for (const text of frames.slice(s * FRAMES, (s + 1) * FRAMES)) {
      count('frames')
      if (socket.ws.readyState === socket.ws.OPEN) socket.say(text)
    }
    // once this is answered, all frames before it were read; a socket that asked too much is closed instead
    if (socket.ws.readyState === socket.ws.OPEN) socket.say(['end', 'end', 'phoenix', 'heartbeat', {}])
    const answered = async (): Promise<void> => { while ((await socket.hear())[1] !== 'end'); }
    await Promise.race([answered(), socket.closed])
    socket.ws.close()
    await socket.closed
  }
  const phone = await openSocket(backend.url, query)
  phone.say(['1', '1', me, 'phx_join', { access_token: token }])
  expect(await phone.hear()).toMatchObject(['1', '1', expect.anything(), 'phx_reply', { status: 'ok' }])
  phone.ws.terminate()
})

it('leaves the server up and its data sound', async () => {
  process.stdout.write(`fuzz over HTTP (seed ${SEED}): ${JSON.stringify(Object.fromEntries([...seen].sort()))}\n`)
  expect((await fetch(`${backend.url}/healthz`)).status).toBe(200)
  expect(await backend.db.query('select private.self_check() as findings')).toEqual([{ findings: [] }])
  expect([...seen.values()].reduce((a, b) => a + b)).toBeGreaterThanOrEqual(4000)
})
