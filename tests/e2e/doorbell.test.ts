import type { RealtimeChannel, SupabaseClient } from '@supabase/supabase-js'
import type { TempBackend } from './harness.ts'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { signToken } from '../../supabase/local/token.ts'
import { clock } from '../clock.ts'
import { inviteAddress, startTemp } from './harness.ts'
import { openSocket } from './socket.ts'

let backend: TempBackend
let supabase: SupabaseClient
let login: string

beforeAll(async () => {
  backend = await startTemp()
  supabase = createClient(backend.url, backend.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  const email = `u${crypto.randomUUID()}@login.invalid`
  await inviteAddress(backend.db.query, email)
  const { data } = await supabase.auth.signUp({ email, password: 'correct horse' })
  login = data.user?.id ?? ''
})
afterAll(async () => {
  await supabase.removeAllChannels()
  await backend.discard()
})

interface Bell { channel: RealtimeChannel, status: Promise<string>, rings: unknown[], next: () => Promise<unknown> }

function listen(topic: string): Bell {
  const rings: unknown[] = []
  let wake: (() => void) | undefined
  const channel = supabase.channel(topic, { config: { private: true } }).on(
    'broadcast',
    { event: 'ring' },
    ({ payload }) => {
      rings.push(payload)
      wake?.()
    },
  )
  const status = new Promise<string>(resolve => channel.subscribe(state => resolve(state)))
  const next = async (): Promise<unknown> => {
    if (rings.length === 0) await new Promise<void>((resolve) => { wake = resolve })
    return rings.shift()
  }
  return { channel, status, rings, next }
}

async function ring(topic: string, payload: Record<string, unknown>): Promise<void> {
  await backend.db.query('select realtime.send($1, $2, $3, true)', [payload, 'ring', topic])
}

it('unmodified supabase-js joins its own topic and hears its ring', async () => {
  const bell = listen(`user:${login}`)
  expect(await bell.status).toBe('SUBSCRIBED')
  await ring(`user:${login}`, { scope: `user:${login}`, head: 7 })
  expect(await bell.next()).toEqual({ scope: `user:${login}`, head: 7 })
  await supabase.removeChannel(bell.channel)
})

it('500 rings of one scope at once are heard as a few, the last head among them', async () => {
  const bell = listen(`user:${login}`)
  await bell.status
  await backend.db.query(
    `select realtime.send(jsonb_build_object('scope', 'a', 'head', n), 'ring', $1, true)
    from generate_series(1, 500) n`,
    [`user:${login}`],
  )
  await ring(`user:${login}`, { scope: 'b', head: 1 })
  const heard = [await bell.next()]
  while (!heard.some(payload => (payload as { scope: string }).scope === 'b')) heard.push(await bell.next())
  expect(heard.length).toBeLessThan(20)
  expect(heard).toContainEqual({ scope: 'a', head: 500 })
  await supabase.removeChannel(bell.channel)
})

it.each(['user:01900000-0000-7000-8000-000000000000', 'org:01900000-0000-7000-8000-000000000000', 'everything'])(
  'a topic of somebody else is refused: %s',
  async (topic) => {
    const bell = listen(topic)
    expect(await bell.status).toBe('CHANNEL_ERROR')
    await supabase.removeChannel(bell.channel)
  },
)

it('a caller without a session is refused', async () => {
  const nobody = createClient(backend.url, backend.publishableKey, { auth: { persistSession: false } })
  const status = await new Promise<string>(resolve =>
    nobody.channel(`user:${login}`, { config: { private: true } }).subscribe(state => resolve(state)),
  )
  expect(status).toBe('CHANNEL_ERROR')
  await nobody.removeAllChannels()
})

const socket = async (query: string): ReturnType<typeof openSocket> => openSocket(backend.url, query)

it('a socket without the publishable key is turned away', async () => {
  await expect(socket('vsn=2.0.0')).rejects.toThrow('401')
  await expect(socket('apikey=wrong&vsn=2.0.0')).rejects.toThrow('401')
})

it('a channel ends with its token, and frames of other kinds are not obeyed', async () => {
  const keys = JSON.parse(await readFile(path.join(backend.dataDir, 'keys.json'), 'utf8')) as { jwt_secret: string }
  const now = Math.floor(clock.now() / 1000)
  const token = await signToken({ sub: login, role: 'authenticated', exp: now + 4 }, keys.jwt_secret)
  const witness = listen(`user:${login}`)
  await witness.status
  const { ws, say, hear } = await socket(`apikey=${backend.publishableKey}&vsn=2.0.0`)
  say('not a frame')
  say([null, '1', 'phoenix', 'heartbeat', {}])
  expect(await hear()).toEqual([null, '1', 'phoenix', 'phx_reply', { status: 'ok', response: {} }])
  say(['2', '2', `realtime:user:${login}`, 'phx_join', { access_token: token }])
  const joined = { status: 'ok', response: { postgres_changes: [] } }
  expect(await hear()).toEqual(['2', '2', `realtime:user:${login}`, 'phx_reply', joined])
  say(['2', '3', `realtime:user:${login}`, 'broadcast', { type: 'broadcast', event: 'ring', payload: {} }])
  expect(await hear()).toMatchObject(['2', '3', `realtime:user:${login}`, 'phx_reply', { status: 'error' }])
  expect(await hear()).toMatchObject(['2', null, `realtime:user:${login}`, 'system', { status: 'error' }])
  expect(await hear()).toEqual(['2', '2', `realtime:user:${login}`, 'phx_close', {}])
  await ring(`user:${login}`, { scope: 'x', head: 1 })
  expect(await witness.next(), 'somebody else hears the ring').toEqual({ scope: 'x', head: 1 })
  say([null, '9', 'phoenix', 'heartbeat', {}])
  expect(await hear(), 'the closed channel did not').toMatchObject([null, '9', 'phoenix', 'phx_reply', {}])
  ws.close()
  await supabase.removeChannel(witness.channel)
})

it('an expired or forged token cannot join', async () => {
  const now = Math.floor(clock.now() / 1000)
  const keys = JSON.parse(await readFile(path.join(backend.dataDir, 'keys.json'), 'utf8')) as { jwt_secret: string }
  const { ws, say, hear } = await socket(`apikey=${backend.publishableKey}&vsn=2.0.0`)
  const over = await signToken({ sub: login, role: 'authenticated', exp: now - 1 }, keys.jwt_secret)
  const forged = await signToken({ sub: login, role: 'authenticated', exp: now + 99 }, 'another secret')
  for (const token of [over, forged, '', 'a.b.c']) {
    say(['2', '2', `realtime:user:${login}`, 'phx_join', { access_token: token }])
    expect(await hear()).toMatchObject(['2', '2', `realtime:user:${login}`, 'phx_reply', { status: 'error' }])
  }
  ws.close()
})

it('a caller who floods the server with joins is cut off', async () => {
  const { say, closed } = await socket(`apikey=${backend.publishableKey}&vsn=2.0.0`)
  for (let i = 0; i < 500; i++) {
    const access_token = backend.publishableKey
    say([String(i), String(i), `realtime:org:${crypto.randomUUID()}`, 'phx_join', { access_token }])
  }
  await closed
  expect((await fetch(`${backend.url}/healthz`)).status).toBe(200)
})

it('rings go on after the listening connection was lost, and all phones are told to pull once', async () => {
  const bell = listen(`user:${login}`)
  await bell.status
  await backend.db.query(
    `select pg_terminate_backend(pid)
    from pg_stat_activity
    where query ilike 'listen%redwhistle_ring%' and pid <> pg_backend_pid()`,
  )
  expect(await bell.next()).toEqual({})
  await ring(`user:${login}`, { scope: 'after', head: 1 })
  expect(await bell.next()).toEqual({ scope: 'after', head: 1 })
  await supabase.removeChannel(bell.channel)
})
