import type { SupabaseClient } from '@supabase/supabase-js'
import type { TempBackend } from './harness.ts'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inviteAddress, startTemp } from './harness.ts'

/** A token of the service role that another secret has signed. */
const FORGED = [
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
  'eyJzdWIiOiIwMTkwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAiLCJyb2xlIjoic2VydmljZV9yb2xlIiwiZXhwIjo0MTAyNDQ0ODAwfQ',
  'c2lnbmF0dXJl',
].join('.')

let backend: TempBackend
const clients: SupabaseClient[] = []

beforeAll(async () => { backend = await startTemp() })
afterAll(async () => {
  await Promise.all(clients.map(async client => client.removeAllChannels()))
  await backend.discard()
})

function client(): SupabaseClient {
  const made = createClient(backend.url, backend.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  clients.push(made)
  return made
}

async function signUp(): Promise<{ supabase: SupabaseClient, login: string, email: string }> {
  const supabase = client()
  const email = `u${crypto.randomUUID()}@login.invalid`
  await inviteAddress(backend.db.query, email)
  const { data, error } = await supabase.auth.signUp({ email, password: 'correct horse' })
  if (error !== null || data.user === null) throw error ?? new Error('no user')
  return { supabase, login: data.user.id, email }
}

describe('sign-in', () => {
  it('a sign-up is signed in at once, without e-mail', async () => {
    const { supabase } = await signUp()
    expect((await supabase.auth.getSession()).data.session?.access_token).toBeTypeOf('string')
  })

  it('a refresh token gives a new session', async () => {
    const { supabase, login } = await signUp()
    const { data, error } = await supabase.auth.refreshSession()
    expect(error).toBeNull()
    expect(data.user?.id).toBe(login)
  })

  it('a password set by SQL signs in, the old one does not, and old sessions are over', async () => {
    const { supabase, login, email } = await signUp()
    await backend.db.query(
      `update auth.users
      set encrypted_password = extensions.crypt('new password', extensions.gen_salt('bf'))
      where id = $1`,
      [login],
    )
    await backend.db.query('delete from auth.sessions where user_id = $1', [login])
    expect((await client().auth.signInWithPassword({ email, password: 'new password' })).error).toBeNull()
    const old = await client().auth.signInWithPassword({ email, password: 'correct horse' })
    expect(old.error?.code).toBe('invalid_credentials')
    expect((await supabase.auth.refreshSession()).error).not.toBeNull()
  })
})

describe('the caller\'s rights', () => {
  it('the publishable key alone is anon', async () => {
    expect((await client().schema('api').rpc('who_am_i')).data).toEqual({ db_role: 'anon', login: null })
  })

  it('a person is authenticated, as themselves', async () => {
    const { supabase, login } = await signUp()
    expect((await supabase.schema('api').rpc('who_am_i')).data).toEqual({ db_role: 'authenticated', login })
  })

  it('forty calls at once keep their callers apart', async () => {
    const { supabase, login } = await signUp()
    const anon = client()
    const seen = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => (i % 2 === 0 ? supabase : anon).schema('api').rpc('who_am_i')),
    )
    expect(seen.map(answer => answer.data?.login)).toEqual(
      Array.from({ length: 40 }, (_, i) => i % 2 === 0 ? login : null),
    )
  })

  it('a token of another secret is refused', async () => {
    const answer = await fetch(`${backend.url}/rest/v1/rpc/who_am_i`, {
      method: 'POST',
      headers: {
        'apikey': backend.publishableKey,
        'authorization': `Bearer ${FORGED}`,
        'content-type': 'application/json',
        'content-profile': 'api',
      },
      body: '{}',
    })
    expect(answer.status).toBe(401)
  })

  it.each([{}, { apikey: '' }, { apikey: 'sb_secret_guess' }, { authorization: 'Bearer x' }])(
    'a request without the key is refused: %o',
    async (headers) => {
      for (const path of ['/rest/v1/rpc/who_am_i', '/auth/v1/settings', '/rest/v1/']) {
        expect((await fetch(backend.url + path, { headers })).status).toBe(401)
      }
    },
  )
})

describe('tables', () => {
  const TABLES = [
    'responder', 'shift', 'assignment', 'entry', 'scope', 'client', 'users', 'setting', 'migration', 'fact',
  ]

  it.each(TABLES)('%s can be neither read nor written', async (table) => {
    const { supabase } = await signUp()
    for (const schema of ['api', 'app', 'sync', 'auth', 'local', 'public']) {
      for (const caller of [client(), supabase]) {
        expect((await caller.schema(schema).from(table).select('*').limit(1)).error).not.toBeNull()
        expect((await caller.schema(schema).from(table).insert({ id: crypto.randomUUID() })).error).not.toBeNull()
      }
    }
  })

  it('exist, so the check above is about rights and not about names', async () => {
    const rows = await backend.db.query<{ name: string }>(
      `select tablename as name
      from pg_tables
      where schemaname in ('app', 'sync', 'auth', 'local') and tablename = any ($1)`,
      [TABLES],
    )
    expect(new Set(rows.map(row => row.name))).toEqual(new Set(TABLES))
  })
})
