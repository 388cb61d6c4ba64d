import type { Connection } from './supabase.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { signIn, signOut } from './auth.ts'
import { ownerOfPhone, TOKEN_KEY, tokens } from './session.ts'

const shelf = new Map<string, string>()
beforeEach(() => {
  shelf.clear()
  vi.stubGlobal('localStorage', {
    getItem: (k: string) => shelf.get(k) ?? null,
    setItem: (k: string, v: string) => shelf.set(k, v),
    removeItem: (k: string) => shelf.delete(k),
  })
})
afterEach(() => vi.unstubAllGlobals())

interface Told { error?: { code?: string, status?: number } | null, session?: unknown }
/** A backend that knows every name and answers auth calls as set; `only` = the one address whose password is right. */
function backend(told: Told = {}, only: string | null = null, asked: string[] = []): Connection {
  const { error = null, session = { user: { id: 'login-1' } } } = told
  const answer = async (): Promise<object> => ({ data: { session: error ? null : session }, error })
  const rpc = (_name: string, { p_name }: { p_name: string }): object => ({
    abortSignal: async () =>
      p_name === 'down'
        ? { data: null, error: { code: '' }, status: 0 }
        : { data: { email: `${p_name}@login.invalid` }, error: null, status: 200 },
  })
  const signInWithPassword = async ({ email }: { email: string }): Promise<object> => {
    asked.push(email)
    return only === null || email === only
      ? answer()
      : { data: { session: null }, error: { code: 'invalid_credentials', status: 400 } }
  }
  const auth = { signInWithPassword, signOut: () => Promise.reject(new TypeError('offline')) }
  return {
    client: { rpc },
    auth,
    renewal: { hurry: (work: () => unknown) => work() },
    url: '',
    key: '',
    onAnswer: () => {},
  } as unknown as Connection
}

describe('who this phone belongs to', () => {
  it('is read from the disk, without asking anybody', () => {
    expect([tokens(), ownerOfPhone()]).toEqual([null, null])
    shelf.set(TOKEN_KEY, JSON.stringify({ access_token: 't', user: { id: 'u' } }))
    expect([tokens(), ownerOfPhone()]).toEqual([{ login: 'u', access_token: 't' }, 'u'])
  })

  it('stays when the server takes the token back', async () => {
    await signIn(backend(), '13800000000', 'x')
    shelf.delete(TOKEN_KEY)
    expect([tokens(), ownerOfPhone()]).toEqual([null, 'login-1'])
  })

  it('ends with an explicit sign-out, also without a network', async () => {
    await signIn(backend(), '13800000000', 'x')
    await signOut(backend())
    expect(ownerOfPhone()).toBeNull()
  })

  it('survives broken storage', () => {
    shelf.set(TOKEN_KEY, '{')
    expect(tokens()).toBeNull()
  })
})

describe('signing in', () => {
  it('by name, through the hidden address', async () => {
    expect(await signIn(backend(), '13800000000', 'x')).toEqual({ status: 'signed_in', login: 'login-1' })
  })

  it.each([
    [{ error: { code: 'invalid_credentials', status: 400 } }, 'wrong'],
    [{ error: { status: 400 } }, 'wrong'],
    [{ error: { status: 0 } }, 'offline'],
    [{ error: { status: 500 } }, 'failed'],
    [{ error: { status: 429, code: 'over_request_rate_limit' } }, 'wait'],
    [{ error: { status: 503 } }, 'wait'],
  ])('%o → %s', async (told, status) => {
    expect((await signIn(backend(told), 'name', 'x')).status).toBe(status)
  })

  it('by a number that several communities invited: each of its logins is tried, known or not', async () => {
    for (const typed of ['138 0000 0000', '+86 13800000000', '１３８００００００００']) {
      const asked: string[] = []
      expect((await signIn(backend({}, '13800000000.3@login.invalid', asked), typed, 'x')).status).toBe('signed_in')
      expect(asked).toEqual([
        '13800000000@login.invalid',
        '13800000000.2@login.invalid',
        '13800000000.3@login.invalid',
      ])
    }
    expect((await signIn(backend({}, 'nobody'), '13800000000', 'x')).status).toBe('wrong')
  })

  it('by a number with one login that has to wait: the others are tried', async () => {
    const connection = backend()
    const answers = [{ data: { session: null }, error: { status: 429 } }, {
      data: { session: { user: { id: 'mine' } } },
      error: null,
    }]
    connection.auth.signInWithPassword = (async () => answers.shift()) as never
    expect(await signIn(connection, '13800000000', 'x')).toEqual({ status: 'signed_in', login: 'mine' })
    const waits = [400, 429, 400].map(status => ({ data: { session: null }, error: { status } }))
    connection.auth.signInWithPassword = (async () => waits.shift()) as never
    expect((await signIn(connection, '13800000000', 'x')).status).toBe('wait')
  })

  it('by a chosen name once', async () => {
    const asked: string[] = []
    await signIn(backend({}, 'nobody', asked), 'li.shuji', 'x')
    expect(asked).toEqual(['li.shuji@login.invalid'])
  })

  it('says offline when the name cannot be looked up', async () => {
    expect((await signIn(backend(), 'down', 'x')).status).toBe('offline')
  })
})
