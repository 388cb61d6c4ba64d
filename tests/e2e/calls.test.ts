import type { SupabaseClient } from '@supabase/supabase-js'
import type { TempBackend } from './harness.ts'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { inviteAddress, startTemp } from './harness.ts'

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

async function signUp(): Promise<{ supabase: SupabaseClient, login: string }> {
  const supabase = client()
  const email = `u${crypto.randomUUID()}@login.invalid`
  await inviteAddress(backend.db.query, email)
  const { data, error } = await supabase.auth.signUp({ email, password: 'correct horse' })
  if (error !== null || data.user === null) throw error ?? new Error('no user')
  return { supabase, login: data.user.id }
}

interface Call { method?: string, path?: string, body?: string, headers?: Record<string, string> }

async function call(
  { method = 'POST', path = 'who_am_i', body = '{}', headers = {} }: Call,
): Promise<{ status: number, code: unknown }> {
  const answer = await fetch(`${backend.url}/rest/v1/rpc/${path}`, {
    method,
    headers: { 'apikey': backend.publishableKey, 'content-profile': 'api', 'accept-profile': 'api', ...headers },
    ...(method === 'GET' ? {} : { body }),
  })
  const said = await answer.json() as { code?: string }
  return { status: answer.status, code: said.code }
}

it('jsonb and arrays arrive unchanged', async () => {
  const { supabase, login } = await signUp()
  await backend.db.query(
    `with person as (
      insert into app.login (id, sign_in_name, email, name) values ($1, 'anybody', 'a@login.invalid', '某人') returning id
    )
    insert into app.role_grant (id, login_id, role)
    select gen_random_uuid(), id, 'admin'
    from person`,
    [login],
  )
  const mutation = {
    seq: 1,
    id: crypto.randomUUID(),
    name: 'no_such_mutation',
    v: 1,
    args: {},
    base: null,
    device_at: clock.stamp(),
    offset_ms: 0,
    offset_age_s: 0,
  }
  const pushed = await supabase.schema('api').rpc('push', {
    p_client: crypto.randomUUID(),
    p_schema: 1,
    p_muts: [mutation],
  })
  expect(pushed.error).toBeNull()
  expect(pushed.data).toMatchObject({ hold: true, lmid: 0 })
  // an array is converted before the function looks at its caller: 22P02 for a bad element, else the refusal
  expect((await supabase.schema('api').rpc('invite', { p_responder_ids: ['x'] })).error?.code).toBe('22P02')
  expect((await supabase.schema('api').rpc('invite', { p_responder_ids: [crypto.randomUUID()] })).data).toMatchObject({
    code: 'forbidden',
  })
})

it('a missing, an unknown or a malformed argument finds no function', async () => {
  for (const body of ['{"p_nothing":1}', '{"p_code) --":1}'])
    expect(await call({ body })).toEqual({ status: 404, code: 'PGRST202' })
  expect(await call({ path: 'duty_board' })).toEqual({ status: 404, code: 'PGRST202' })
  expect(await call({ path: 'pg_sleep', body: '{"seconds":1}' })).toEqual({ status: 404, code: 'PGRST202' })
})

it('refuses other schemas, other methods and bodies that are no object', async () => {
  for (const schema of ['private', 'public', 'auth', 'pg_catalog'])
    expect(await call({ headers: { 'content-profile': schema } })).toEqual({ status: 404, code: 'PGRST202' })
  for (const method of ['PUT', 'PATCH', 'DELETE']) expect((await call({ method })).status).toBe(404)
  for (const body of ['[]', '1', 'null', '{']) expect(await call({ body })).toEqual({ status: 400, code: 'PGRST102' })
})

it('a value that does not fit its type is the caller\'s error', async () => {
  const { supabase } = await signUp()
  const { error, status } = await supabase.schema('api').rpc('pull', { p_client: 'x', p_schema: 1, p_cursors: {} })
  expect([status, error?.code]).toEqual([400, '22P02'])
})

it('nobody pushes without a session, and a GET never writes', async () => {
  expect(await call({ path: 'push', body: JSON.stringify({ p_client: crypto.randomUUID(), p_schema: 1, p_muts: [] }) }))
    .toEqual({ status: 401, code: '42501' })
  expect(await call({ method: 'GET', path: 'feedback?p_text=hello' })).toEqual({ status: 405, code: '25006' })
})

it('a transaction that failed leaves nothing of its caller behind', async () => {
  const { supabase, login } = await signUp()
  for (let i = 0; i < 30; i++) {
    await supabase.schema('api').rpc('pull', { p_client: 'x', p_schema: 1, p_cursors: {} })
    expect((await client().schema('api').rpc('who_am_i')).data).toEqual({ db_role: 'anon', login: null })
  }
  expect((await supabase.schema('api').rpc('who_am_i')).data?.login).toBe(login)
})
