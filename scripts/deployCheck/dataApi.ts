import type { Finding } from './findings.ts'
import type { Target } from './target.ts'
import { found } from './findings.ts'
import { ask, field, jsonOf, post, reach } from './target.ts'

/** Schemas that must not be exposed, each with a table to read; '' asks for the schema alone. */
const HIDDEN: [schema: string, table: string][] = [
  ['app', 'responder'],
  ['app', 'responder_contact'],
  ['sync', 'entry'],
  ['projection', 'me'],
  ['auth', 'users'],
  ['private', ''],
  ['mutator', ''],
  ['public', ''],
  ['graphql_public', ''],
]

/** Checks the role that a call runs as, what is exposed, and whether the page may call at all. */
export async function checkDataApi(target: Target): Promise<Finding[]> {
  const profile = { 'content-profile': 'api' }
  const who = await post(target, '/rest/v1/rpc/who_am_i', {}, profile)
  const role = field(await jsonOf(who), 'db_role')
  if (who === null || !who.ok) return [found('api_unreachable', who === null ? 'no answer' : `status ${who.status}`)]
  const findings = role === 'anon' ? [] : [found('api_wrong_role', String(role))]
  findings.push(...(await checkHidden(target)))
  const worker = await post(target, '/rest/v1/rpc/worker_claim_deliveries', { p_limit: 1 }, profile)
  if (worker?.ok === true) findings.push(found('worker_open'))
  return [...findings, ...(await checkOrigins(target))]
}

async function checkHidden(target: Target): Promise<Finding[]> {
  const [exposed, readable] = [new Set<string>(), new Set<string>()]
  for (const [schema, table] of HIDDEN) {
    const answer = await ask(target, `/rest/v1/${table}${table === '' ? '' : '?limit=1'}`, {
      headers: { 'accept-profile': schema },
    })
    if (answer === null || answer.status === 404 || answer.status === 406) continue
    if (answer.ok && table !== '') readable.add(`${schema}.${table}`)
    else exposed.add(schema)
  }
  return [
    ...(readable.size === 0 ? [] : [found('table_readable', [...readable].join(', '))]),
    ...(exposed.size === 0 ? [] : [found('schema_exposed', [...exposed].join(', '))]),
  ]
}

const SENT = 'apikey,authorization,content-type,content-profile,x-client-info'

/** Asks as a browser does before its first call, if page and backend have different origins. */
async function checkOrigins(target: Target): Promise<Finding[]> {
  const origin = new URL(target.url).origin
  if (new URL(target.backend).origin === origin) return []
  const answer = await reach(`${target.backend}/rest/v1/rpc/push`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': SENT },
  })
  const allowed = answer?.headers.get('access-control-allow-origin')
  return answer !== null && answer.status < 300 && (allowed === '*' || allowed === origin)
    ? []
    : [found('cors_refused', origin)]
}
