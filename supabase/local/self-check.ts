import type { Keys } from './data-folder.ts'
import type { Db } from './database/db.ts'
import type { Rpc } from './rpc/rpc.ts'
import { randomUUID } from 'node:crypto'
import { StartFailure } from './failure.ts'
import { signToken } from './token.ts'

/**
 * Proves, before anybody can connect, that calls run with the caller's rights and that callers can write no table.
 * Throws StartFailure `self_check` with the first finding.
 */
export async function selfCheck(rpc: Rpc, db: Db, keys: Keys): Promise<void> {
  await db.query('select private.apply_grants()')
  const now = Math.floor(Date.now() / 1000)
  const login = randomUUID()
  const claims = { sub: login, role: 'authenticated', aud: 'authenticated', iat: now, exp: now + 60 }
  const token = await signToken(claims, keys.jwt_secret)
  await checkCaller(rpc, keys.publishable_key, { db_role: 'anon', login: null })
  await checkCaller(rpc, token, { db_role: 'authenticated', login })
  await checkGrants(db)
}

async function checkCaller(
  rpc: Rpc,
  token: string,
  expected: { db_role: string, login: string | null },
): Promise<void> {
  const answer = await rpc({ name: 'who_am_i', method: 'POST', schema: 'api', token, body: '{}', address: '127.0.0.1' })
  const body = answer.body.toString('utf8')
  const who: unknown = answer.status === 200 ? JSON.parse(body) : null
  const right = typeof who === 'object' && who !== null && Reflect.get(who, 'db_role') === expected.db_role
    && Reflect.get(who, 'login') === expected.login
  if (!right)
    throw new StartFailure('self_check', `Self-check: a call as ${expected.db_role} runs as ${body}. Not starting.`)
}

const WRITABLE = `
select n.nspname || '.' || c.relname || ' (' || r.role || ' ' || p.privilege || ')' as found
from pg_class c join pg_namespace n on n.oid = c.relnamespace
cross join (values ('anon'), ('authenticated')) r(role)
cross join (values ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE')) p(privilege)
where n.nspname in ('app', 'sync', 'private', 'mutator', 'projection', 'api', 'auth', 'local')
  and c.relkind in ('r', 'p', 'v', 'm')
  and has_table_privilege(r.role, c.oid, p.privilege)
union all
select n.nspname || '.' || c.relname || ' (no row level security)'
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in ('app', 'sync', 'private', 'api') and c.relkind in ('r', 'p') and not c.relrowsecurity
limit 1`

async function checkGrants(db: Db): Promise<void> {
  const [row] = await db.query<{ found: string }>(WRITABLE)
  if (row !== undefined)
    throw new StartFailure('self_check', `Self-check: ${row.found} is open to callers. Not starting.`)
}
