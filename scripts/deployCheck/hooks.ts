import type { Client } from './database.ts'
import type { Finding } from './findings.ts'
import type { Target } from './target.ts'
import { randomUUID } from 'node:crypto'
import { has, rows, value } from './database.ts'
import { found } from './findings.ts'
import { withLogin } from './login.ts'
import { field, post } from './target.ts'

const HOOKS = ['private.send_email_hook(jsonb)', 'private.before_user_created_hook(jsonb)']
const STRANGER = {
  id: randomUUID(),
  aud: 'authenticated',
  role: 'authenticated',
  email: 'stranger@example.com',
  phone: '',
}

/** Checks the hooks as Auth finds them, and what our functions may do to Auth's tables. */
export async function checkHooks(client: Client): Promise<Finding[]> {
  if (!(await has(client, 'class', 'auth.users'))) return []
  const findings: Finding[] = []
  const missing: string[] = []
  for (const hook of HOOKS) {
    const ready = (await has(client, 'procedure', hook)) && (await callable(client, hook))
    if (!ready) missing.push(hook)
    else if (await admits(client, hook)) findings.push(found('hook_admits', hook))
  }
  if (missing.length > 0) findings.push(found('hooks_missing', missing.join(', ')))
  const denied = await deniedRights(client)
  return denied.length === 0 ? findings : [...findings, found('auth_not_writable', denied.join(', '))]
}

/** Does this hook let a stranger in? */
async function admits(client: Client, hook: string): Promise<boolean> {
  const call = `select ${hook.replace('jsonb', '$1::jsonb')} as value`
  const answer = await value(client, call, [JSON.stringify({ user: STRANGER, email_data: {} })])
  return field(answer, 'error') === undefined
}

/** The rights on Auth's tables that our functions need and their owner lacks. */
async function deniedRights(client: Client): Promise<string[]> {
  const needed = [['auth.users', 'update'], ['auth.users', 'delete'], ['auth.sessions', 'delete']] as const
  const denied: string[] = []
  for (const [table, right] of needed) {
    const may = await value<boolean>(
      client,
      `select has_table_privilege(p.proowner, $1, $2) as value from pg_proc p
        where p.oid = to_regprocedure('private.reset_password(text,text)')`,
      [table, right],
    )
    if (may === false) denied.push(`${right} on ${table}`)
  }
  return denied
}

/** May Auth's own role call this hook? Without such a role nothing calls hooks. */
async function callable(client: Client, hook: string): Promise<boolean> {
  return value(
    client,
    `select coalesce((select has_schema_privilege(r.oid, 'private', 'usage')
      and has_function_privilege(r.oid, $1, 'execute')
      from pg_roles r where r.rolname = 'supabase_auth_admin'), true) as value`,
    [hook],
  )
}

/** Asks Auth for a recovery code for a login made for this. A code that Auth stores is a finding. */
export async function checkRecovery(target: Target, client: Client): Promise<Finding[]> {
  return withLogin(client, async ({ id, email }) => {
    for (const path of ['/auth/v1/recover', '/auth/v1/otp', '/auth/v1/magiclink', '/auth/v1/resend']) {
      await post(target, path, { email, create_user: false, type: 'signup' })
      if (await hasCode(client, id)) return [found('recovery_open', path)]
    }
    return []
  })
}

/** Does Auth store any code for this login? Versions differ in columns, so all that end in _token are looked at. */
async function hasCode(client: Client, id: string): Promise<boolean> {
  const columns = await rows<{ name: string }>(
    client,
    `select quote_ident(attname) as name from pg_attribute
    where attrelid = 'auth.users'::regclass and attname ~ '_token(_new|_current)?$' and not attisdropped`,
  )
  const any = columns.map(column => `coalesce(${column.name}::text, '') <> ''`).join(' or ')
  const inUser = `select (${any}) as value from auth.users where id = $1`
  if (any !== '' && (await value<boolean>(client, inUser, [id]))) return true
  if (!(await has(client, 'class', 'auth.one_time_tokens'))) return false
  return value(client, `select exists (select from auth.one_time_tokens where user_id = $1) as value`, [id])
}
