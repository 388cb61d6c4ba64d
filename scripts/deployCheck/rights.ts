import type { Client } from './database.ts'
import type { Finding } from './findings.ts'
import { has, rows, some } from './database.ts'
import { found } from './findings.ts'

/** Every right of callers on our schemas, one line each. */
const RIGHTS = `
with ours as (select oid, nspname, nspowner, nspacl from pg_namespace
  where nspname in ('api', 'app', 'sync', 'private', 'mutator', 'projection')),
held as (
  select 'schema ' || nspname as thing, nspacl as acl, 'n'::"char" as kind, nspowner as owner from ours
  union all
  select case c.relkind when 'S' then 'sequence ' else 'table ' end || n.nspname || '.' || c.relname, c.relacl, 
    case c.relkind when 'S' then 's' else 'r' end::"char", c.relowner
  from pg_class c join ours n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'S')
  union all
  select 'function ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
    p.proacl, 'f'::"char", p.proowner
  from pg_proc p join ours n on n.oid = p.pronamespace)
select coalesce(r.rolname, 'public') || ' ' || lower(a.privilege_type) || ' on ' || h.thing as held
from held h cross join lateral aclexplode(coalesce(h.acl, acldefault(h.kind, h.owner))) a
left join pg_roles r on r.oid = a.grantee
where a.grantee = 0 or r.rolname in ('anon', 'authenticated')`

const OPEN_TABLES = `select n.nspname || '.' || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('app', 'sync', 'private', 'api') and c.relkind in ('r', 'p') and not c.relrowsecurity order by 1`

/** Compares the rights of callers with those that private.apply_grants() gives. */
export async function checkRights(client: Client): Promise<Finding[]> {
  const findings: Finding[] = []
  const open = await rows<{ name: string }>(client, OPEN_TABLES)
  if (open.length > 0) findings.push(found('rls_off', some(open.map(row => row.name))))
  if (!(await has(client, 'procedure', 'private.apply_grants()'))) return findings
  const present = await presentRights(client)
  const granted = await grantedRights(client)
  const tooMany = [...present].filter(line => !granted.has(line))
  const tooFew = [...granted].filter(line => !present.has(line))
  if (tooMany.length > 0) findings.push(found('grants_open', some(tooMany)))
  if (tooFew.length > 0) findings.push(found('grants_missing', some(tooFew)))
  return [...findings, ...(await checkTimeouts(client))]
}

async function presentRights(client: Client): Promise<Set<string>> {
  return new Set((await rows<{ held: string }>(client, RIGHTS)).map(row => row.held))
}

/** The rights after private.apply_grants(), which is rolled back. */
async function grantedRights(client: Client): Promise<Set<string>> {
  await client.query('savepoint rights')
  try {
    await client.query('select private.apply_grants()')
    return await presentRights(client)
  }
  finally {
    await client.query('rollback to savepoint rights')
  }
}

async function checkTimeouts(client: Client): Promise<Finding[]> {
  const missing = await rows<{ role: string }>(
    client,
    `select rolname as role from pg_roles where rolname in ('anon', 'authenticated')
    and not exists (select from unnest(coalesce(rolconfig, '{}')) c where c ~ '^statement_timeout=[1-9]')
    and exists (select from pg_roles where rolname = 'authenticator')
    order by 1`,
  )
  return missing.length === 0 ? [] : [found('timeouts_missing', missing.map(row => row.role).join(', '))]
}
