import type { Sql, World } from '../db/world.ts'
import type { TempBackend } from './harness.ts'
import type { RawSocket } from './socket.ts'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signToken } from '../../supabase/local/token.ts'
import { clock } from '../clock.ts'
import { makeWorld } from '../db/world.ts'
import { startTemp } from './harness.ts'
import { openSocket } from './socket.ts'

/** Limits that are shorter than in use, ms: minutes pass in moments. */
const LIMITS = { perAddress: 3, joinWithin: 2000, idleWithin: 2000, sweep: 100, recheck: 200, asks: 8 }

let backend: TempBackend
let world: World
let secret: string
let sql: Sql

beforeAll(async () => {
  backend = await startTemp({ doorbell: LIMITS })
  const keys = JSON.parse(await readFile(path.join(backend.dataDir, 'keys.json'), 'utf8')) as { jwt_secret: string }
  secret = keys.jwt_secret
  sql = { query: async (text, params = []) => ({ rows: await backend.db.query(text, params) }) }
  world = await makeWorld(sql, 2)
})
afterAll(async () => { await backend.discard() })

const open = async (from?: string): Promise<RawSocket> =>
  openSocket(
    backend.url,
    `apikey=${backend.publishableKey}&vsn=2.0.0`,
    from === undefined ? {} : { 'x-forwarded-for': from },
  )
async function token(login: string, session?: string): Promise<string> {
  return signToken({
    sub: login,
    role: 'authenticated',
    exp: Math.floor(clock.now() / 1000) + 3600,
    ...session !== undefined && { session_id: session },
  }, secret)
}
async function join(socket: RawSocket, topic: string, access_token: string): Promise<unknown> {
  socket.say(['1', '1', `realtime:${topic}`, 'phx_join', { access_token }])
  const [, , , , payload] = await hear(socket)
  return (payload as { status: string }).status
}

/** The next frame of this test; rings of the database itself are skipped. */
async function hear(socket: RawSocket): Promise<unknown[]> {
  for (;;) {
    const frame = await socket.hear()
    const payload = (frame[4] as { payload?: { scope?: string } }).payload
    if (frame[3] !== 'broadcast' || payload?.scope === 'a' || payload?.scope === 'b') return frame
  }
}

/** Whether the socket stays open for 4 s, twice as long as it may without a channel. */
async function stays(socket: RawSocket): Promise<boolean> {
  return Promise.race([
    socket.closed.then(() => false),
    new Promise<boolean>(resolve => setTimeout(resolve, 4000, true)),
  ])
}

it('limits the sockets of one address, and of one IPv6 subscriber as of one address', async () => {
  const mine = await Promise.all([1, 2, 3].map(async () => open('203.0.113.9')))
  await expect(open('203.0.113.9')).rejects.toThrow('429')
  await expect(open('9.9.9.9, 203.0.113.9'), 'the last address counts').rejects.toThrow('429')
  const far = await Promise.all(['2001:db8::1', '2001:db8::2', '2001:db8::3'].map(open))
  await expect(open('2001:db8::4')).rejects.toThrow('429')
  const other = await open('203.0.113.10')
  mine[0]!.ws.close()
  await mine[0]!.closed
  await expect.poll(async () => open('203.0.113.9').then(() => true, () => false)).toBe(true)
  for (const socket of [...mine, ...far, other]) socket.ws.terminate()
})

it('closes a socket that joins nothing, even when it sends heartbeats', async () => {
  const idle = await open()
  const beats = setInterval(
    () => idle.ws.readyState === idle.ws.OPEN && idle.say([null, '1', 'phoenix', 'heartbeat', {}]),
    50,
  )
  const refused = await open()
  expect(await join(refused, `user:${randomUUID()}`, await token(world.people[0]!.login))).toBe('error')
  const listening = await open()
  expect(await join(listening, `user:${world.people[0]!.login}`, await token(world.people[0]!.login))).toBe('ok')
  expect(await Promise.all([stays(idle), stays(refused), stays(listening)])).toEqual([false, false, true])
  clearInterval(beats)
  listening.say(['1', '2', `realtime:user:${world.people[0]!.login}`, 'phx_leave', {}])
  expect(await stays(listening), 'one that left all channels is closed too').toBe(false)
})

it('checks rights again, so that a former member hears no more of the community', async () => {
  const { login, responder } = world.people[0]!
  const socket = await open()
  expect(await join(socket, `org:${world.community}`, await token(login))).toBe('ok')
  expect(await join(socket, `user:${login}`, await token(login))).toBe('ok')
  const other = await open()
  expect(await join(other, `org:${world.community}`, await token(world.people[1]!.login))).toBe('ok')
  await backend.db.query(`delete from app.report_in where responder_id = $1`, [responder])
  const community = `realtime:org:${world.community}`
  expect(await hear(socket)).toMatchObject(['1', null, community, 'system', { status: 'error' }])
  expect(await hear(socket)).toEqual(['1', '1', `realtime:org:${world.community}`, 'phx_close', {}])
  const ring = async (scope: string, head: number, topic: string): Promise<unknown> =>
    backend.db.query('select realtime.send($1, $2, $3, true)', [{ scope, head }, 'ring', topic])
  await ring('a', 1, `org:${world.community}`)
  await ring('b', 2, `user:${login}`)
  expect(await hear(other)).toMatchObject([null, null, community, 'broadcast', { payload: { scope: 'a' } }])
  expect(await hear(socket), 'their own topic goes on')
    .toMatchObject([null, null, `realtime:user:${login}`, 'broadcast', { payload: { scope: 'b' } }])
  expect(await join(socket, `org:${world.community}`, await token(login)), 'it may not join again').toBe('error')
})

it('ends the channels of a session that is over, though its token would be good for an hour', async () => {
  const { login } = world.people[1]!
  const [user] = await backend.db.query<{ id: string }>(
    `insert into auth.users (id, email) values ($1, 'x@login.invalid') returning id`,
    [login],
  )
  const [session] = await backend.db.query<{ id: string }>(
    'insert into auth.sessions (id, user_id) values (gen_random_uuid(), $1) returning id',
    [user!.id],
  )
  const socket = await open()
  expect(await join(socket, `user:${login}`, await token(login, session!.id))).toBe('ok')
  await backend.db.query('delete from auth.sessions where id = $1', [session!.id])
  expect(await socket.hear()).toMatchObject(['1', null, `realtime:user:${login}`, 'system', { status: 'error' }])
  expect(await socket.hear()).toMatchObject(['1', '1', `realtime:user:${login}`, 'phx_close', {}])
  expect(await join(socket, `user:${login}`, await token(login, session!.id))).toBe('error')
})

it('closes a socket that asks the database too often', async () => {
  const { login } = world.coordinator
  const socket = await open()
  let answered = 0
  const asking = (async () => {
    while (socket.ws.readyState === socket.ws.OPEN && answered < 100) {
      await Promise.race([join(socket, `user:${login}`, await token(login)), socket.closed])
      answered += 1
    }
  })()
  await socket.closed
  await asking
  expect(answered).toBeGreaterThanOrEqual(LIMITS.asks)
  expect(answered).toBeLessThan(2 * LIMITS.asks)
})

it('closes a socket whose frame is larger than any join', async () => {
  const { login } = world.coordinator
  const socket = await open()
  expect(await join(socket, `user:${login}`, await token(login))).toBe('ok')
  socket.say('x'.repeat(16 * 1024 + 1))
  expect(await socket.closed).toBe(1009)
})
