import type { Connection } from './supabase.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AuthServer, session } from '../../tests/fakes/authServer.ts'
import { connect } from './connect.ts'
import { TOKEN_KEY } from './session.ts'
import { refresh, tokenSource } from './token.ts'

const shelf = new Map<string, string>()
const server = new AuthServer()
let connection: Connection
const put = (s: object): unknown => shelf.set(TOKEN_KEY, JSON.stringify(s))
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5000, interval: 5 })

/** A phone of this chance, with this session on it. */
async function phone(stored: object, random = 0.5): Promise<() => Promise<string | null>> {
  put(stored)
  connection = connect({ backend_url: await server.open(), publishable_key: 'key', push_key: '', features: {} }, {
    pace: { after: () => () => {}, random: () => random },
  })
  return tokenSource(connection, () => random)
}

beforeEach(() => {
  shelf.clear()
  server.asked.length = 0
  server.answers = []
  vi.stubGlobal('localStorage', {
    getItem: (k: string) => shelf.get(k) ?? null,
    setItem: (k: string, v: string) => shelf.set(k, v),
    removeItem: (k: string) => shelf.delete(k),
  })
})
afterEach(async () => {
  shelf.delete(TOKEN_KEY)
  connection.renewal.wake()
  await server.close()
  vi.unstubAllGlobals()
})

describe('the token to send', () => {
  it('is the stored one, without asking anybody', async () => {
    const token = await phone(session('r1', 3600))
    expect(await token()).toBe('a-r1')
    expect(server.asked).toEqual([])
  })

  it('is renewed ahead of its end, while the old one is still sent', async () => {
    const token = await phone(session('r1', 500))
    expect(await token()).toBe('a-r1')
    await until(() => expect(server.asked).toEqual(['r1']))
    await until(() => expect(shelf.get(TOKEN_KEY)).toContain('a-r2'))
    expect(await token()).toBe('a-r2')
  })

  it('is renewed at another moment by each phone', async () => {
    const early = await phone(session('r1', 600), 0.9)
    await early()
    await until(() => expect(server.asked).toEqual(['r1']))
    const late = tokenSource(connection, () => 0)
    put(session('r7', 600))
    await late()
    expect(server.asked).toEqual(['r1'])
  })

  it('that is over is renewed first', async () => {
    const token = await phone(session('r1', -1))
    expect(await token()).toBe('a-r2')
  })

  it('that is over and cannot be renewed now is sent at once: the server judges it', async () => {
    const token = await phone(session('r1', -1))
    server.answers = [{ status: 429, body: {} }]
    expect(await token()).toBe('a-r1')
    expect(await token()).toBe('a-r1')
    expect(server.asked).toEqual(['r1'])
  })

  it('is not renewed for every call by a phone whose clock is an hour ahead', async () => {
    const token = await phone(session('r1', -1))
    server.answers = [{ status: 200, body: session('r2', -60) }]
    for (let i = 0; i < 5; i++) expect(await token()).toBe('a-r2')
    expect(server.asked).toEqual(['r1'])
    expect(await refresh(connection)).toBe('ok')
  })

  it('is none before anybody signs in', async () => {
    const token = await phone({})
    expect(await token()).toBeNull()
  })
})
