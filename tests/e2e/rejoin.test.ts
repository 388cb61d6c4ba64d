import type { Connection } from '../../src/gateway/supabase.ts'
import type { TempBackend } from './harness.ts'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { onAuth } from '../../src/gateway/auth.ts'
import { connect } from '../../src/gateway/connect.ts'
import { listen } from '../../src/gateway/realtime.ts'
import { TOKEN_KEY, tokens } from '../../src/gateway/session.ts'
import { refresh } from '../../src/gateway/token.ts'
import { signToken } from '../../supabase/local/token.ts'
import { clock } from '../clock.ts'
import { inviteAddress, startTemp } from './harness.ts'

let backend: TempBackend
let connection: Connection
const shelf = new Map<string, string>()

beforeAll(async () => {
  vi.stubGlobal('localStorage', {
    getItem: (k: string) => shelf.get(k) ?? null,
    setItem: (k: string, v: string) => shelf.set(k, v),
    removeItem: (k: string) => shelf.delete(k),
  })
  backend = await startTemp()
  connection = connect({
    backend_url: backend.url,
    publishable_key: backend.publishableKey,
    push_key: '',
    features: {},
  })
})
afterAll(async () => {
  await connection.client.removeAllChannels()
  await backend.discard()
  vi.unstubAllGlobals()
})

/** Gives the person on this phone a token that runs out in `seconds`; only the server knows. */
async function shorten(login: string, seconds: number): Promise<void> {
  const keys = JSON.parse(await readFile(path.join(backend.dataDir, 'keys.json'), 'utf8')) as { jwt_secret: string }
  const exp = Math.floor(clock.now() / 1000) + seconds
  const access_token = await signToken({ sub: login, role: 'authenticated', exp }, keys.jwt_secret)
  shelf.set(TOKEN_KEY, JSON.stringify({ ...JSON.parse(shelf.get(TOKEN_KEY)!) as object, access_token }))
}

it('the phone joins the doorbell again with a new token after the server closed that of the old one', async () => {
  const email = `u${crypto.randomUUID()}@login.invalid`
  await inviteAddress(backend.db.query, email)
  const { data } = await connection.auth.signUp({ email, password: 'correct horse' })
  const login = data.user!.id
  await shorten(login, 3)
  await connection.client.realtime.setAuth()
  const heard: string[] = []
  onAuth(connection, event => heard.push(event))
  const before = tokens()!.access_token
  const stop = listen(connection, [`user:${login}`], {
    ring: () => heard.push('ring'),
    joined: () => heard.push('joined'),
    silent: silent => heard.push(silent ? 'silent' : 'heard'),
  })
  await vi.waitFor(() => expect(heard).toContain('joined'), { timeout: 10_000, interval: 20 })
  await vi.waitFor(() => expect(heard).toContain('silent'), { timeout: 60_000, interval: 100 })
  expect(await refresh(connection)).toBe('ok') // as the next pull does when its token is refused
  await vi.waitFor(() => expect(heard.filter(h => h === 'joined')).toHaveLength(2), { timeout: 60_000, interval: 100 })
  expect(heard.at(-1)).toBe('heard')
  expect(heard).not.toContain('signed_out')
  expect(tokens()!.access_token).not.toBe(before)
  await backend.db.query(`select realtime.send('{"scope":"a","head":1}', 'ring', $1, true)`, [`user:${login}`])
  await vi.waitFor(() => expect(heard).toContain('ring'), { timeout: 10_000, interval: 20 })
  stop()
})
