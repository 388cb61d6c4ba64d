import type { Client } from './database.ts'
import type { Finding } from './findings.ts'
import type { Target } from './target.ts'
import { randomBytes, randomUUID } from 'node:crypto'
import { has, rows, value } from './database.ts'
import { found } from './findings.ts'
import { field, post } from './target.ts'

const HOOKS = ['private.send_email_hook(jsonb)', 'private.before_user_created_hook(jsonb)']
const STRANGER = {
  id: randomUUID(),
  aud: 'authenticated',
  role: 'authenticated',
  email: 'stranger@example.com',
  phone: '',
}

/** Hooks as Auth finds them, and what the functions may do to Auth's tables. */
export async function checkHooks(client: Client): Promise<Finding[]> {
  if (!(await has(client, 'class', 'auth.users'))) return []
  const findings: Finding[] = []
  const missing: string[] = []
  for (const hook of HOOKS) {
    const ready = (await has(client, 'procedure', hook)) && (await callable(client, hook))
    if (!ready) {
      missing.push(hook)
    }
    else if (
      field(
        await value(client, `select ${hook.replace('jsonb', '$1::jsonb')} as value`, [
          JSON.stringify({ user: STRANGER, email_data: {} }),
        ]),
        'error',
      ) === undefined
    ) {
      findings.push(found('hook_admits', hook))
    }
  }
  if (missing.length > 0) findings.push(found('hooks_missing', missing.join(', ')))
  const wanted = [
    ['auth.users', 'update'],
    ['auth.users', 'delete'],
    ['auth.sessions', 'delete'],
  ] as const
  const denied: string[] = []
  for (const [table, right] of wanted) {
    const may = await value<boolean>(
      client,
      `select has_table_privilege(p.proowner, $1, $2) as value from pg_proc p
        where p.oid = to_regprocedure('private.reset_password(text,text)')`,
      [table, right],
    )
    if (may === false) denied.push(`${right} on ${table}`)
  }
  return denied.length === 0 ? findings : [...findings, found('auth_not_writable', denied.join(', '))]
}

/** May Auth's own role call it? Where there is no such role, nothing calls hooks. */
async function callable(client: Client, hook: string): Promise<boolean> {
  return value(
    client,
    `select coalesce((select has_schema_privilege(r.oid, 'private', 'usage')
      and has_function_privilege(r.oid, $1, 'execute')
      from pg_roles r where r.rolname = 'supabase_auth_admin'), true) as value`,
    [hook],
  )
}

/**
 * Asks Auth for a recovery code, for a login made for this alone and removed again: a code that was kept is a finding.
 * Needs Auth and database together.
 */
export async function checkRecovery(target: Target, client: Client): Promise<Finding[]> {
  const [id, email] = [randomUUID(), `u${randomBytes(8).toString('hex')}@login.invalid`]
  await makeLogin(client, id, email)
  try {
    for (const path of ['/auth/v1/recover', '/auth/v1/otp', '/auth/v1/magiclink', '/auth/v1/resend']) {
      await post(target, path, { email, create_user: false, type: 'signup' })
      if (await kept(client, id)) return [found('recovery_open', path)]
    }
    return []
  }
  finally {
    await client.query('delete from auth.users where id = $1', [id])
  }
}

/** A login that nobody can sign in to. Versions of Auth differ in columns: those that are there are filled. */
async function makeLogin(client: Client, id: string, email: string): Promise<void> {
  const now = new Date().toISOString()
  const login = {
    id,
    email,
    instance_id: '00000000-0000-0000-0000-000000000000',
    aud: 'authenticated',
    role: 'authenticated',
    encrypted_password: '',
    email_confirmed_at: now,
    created_at: now,
    updated_at: now,
    raw_user_meta_data: {},
    raw_app_meta_data: { provider: 'email', providers: ['email'] },
  }
  const there = await rows<{ name: string }>(
    client,
    `select attname as name from pg_attribute
    where attrelid = 'auth.users'::regclass and attnum > 0 and not attisdropped`,
  )
  const names = Object.keys(login)
    .filter(name => there.some(column => column.name === name))
    .join(', ')
  await client.query(
    `insert into auth.users (${names}) select ${names} from jsonb_populate_record(null::auth.users, $1)`,
    [JSON.stringify(login)],
  )
}

/** Does Auth hold any code for this login? Columns differ between versions, so all that end in _token are looked at. */
async function kept(client: Client, id: string): Promise<boolean> {
  const columns = await rows<{ name: string }>(
    client,
    `select quote_ident(attname) as name from pg_attribute
    where attrelid = 'auth.users'::regclass and attname ~ '_token(_new|_current)?$' and not attisdropped`,
  )
  const any = columns.map(column => `coalesce(${column.name}::text, '') <> ''`).join(' or ')
  if (any !== '' && (await value<boolean>(client, `select (${any}) as value from auth.users where id = $1`, [id])))
    return true
  if (!(await has(client, 'class', 'auth.one_time_tokens'))) return false
  return value(client, `select exists (select from auth.one_time_tokens where user_id = $1) as value`, [id])
}
