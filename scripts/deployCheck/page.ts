import type { Finding } from './findings.ts'
import type { Target } from './target.ts'
import { backendSources, securityHeaders } from '../../supabase/local/http/headers.ts'
import { found } from './findings.ts'
import { field, jsonOf, reach } from './target.ts'

/** Reads config.json, which says where the backend is. Target null: it cannot be read, and nothing else be checked. */
export async function readTarget(url: string): Promise<{ target: Target | null; findings: Finding[] }> {
  const answer = await reach(`${url}/config.json`)
  if (answer === null) return { target: null, findings: [found('page_unreachable', url)] }
  const config = await jsonOf(answer)
  const [key, backend] = [field(config, 'publishable_key'), field(config, 'backend_url') ?? '']
  if (!answer.ok || typeof key !== 'string' || key === '' || typeof backend !== 'string') {
    return { target: null, findings: [found('config_missing', `status ${answer.status}`)] }
  }
  const own = backend === '' && typeof field(await jsonOf(await reach(`${url}/healthz`)), 'database') === 'string'
  return { target: { url, backend: backend === '' ? url : backend.replace(/\/+$/, ''), key, own }, findings: [] }
}

/** Checks pages, headers and caching of the files. */
export async function checkPage(target: Target): Promise<Finding[]> {
  const { url } = target
  const index = await reach(`${url}/`)
  if (index === null || !index.ok) return [found('page_unreachable', `${url}/`)]
  const findings = [...checkHeaders(index.headers), ...checkPolicy(target, index.headers)]
  const [resident, route] = [await textOf(`${url}/b/AAAAAAAAAA`), await textOf(`${url}/sign-in`)]
  const app = await index.text()
  const isResidents = resident !== null && resident !== app && resident.includes('<html')
  if (!isResidents) findings.push(found('resident_page_missing'))
  if (route === null || route !== app) findings.push(found('route_missing'))
  return [...findings, ...(await checkCaching(url))]
}

async function textOf(url: string): Promise<string | null> {
  const answer = await reach(url)
  return answer?.ok === true ? answer.text() : null
}

/** Checks that no header of ours is missing or weaker; the content policy is compared by directives. */
function checkHeaders(headers: Headers): Finding[] {
  const wanted = Object.entries(securityHeaders())
  const weak = wanted
    .filter(([name, value]) => name !== 'content-security-policy' && headers.get(name) !== value)
    .map(([name]) => name)
  const policy = directives(headers.get('content-security-policy') ?? '')
  for (const [name, sources] of directives(securityHeaders()['content-security-policy']!)) {
    const given = policy.get(name)
    // connect-src may also name the backend; every other directive may name only our sources
    const more = given?.filter(source => !sources.includes(source) && name !== 'connect-src') ?? []
    if (given === undefined || more.length > 0 || (name === 'connect-src' && given.some(tooWide)))
      weak.push(`content-security-policy ${name}`)
  }
  return weak.length === 0 ? [] : [found('headers_missing', weak.join(', '))]
}

/** A source that stands for every host. */
function tooWide(source: string): boolean {
  return /^(?:\*|https?:|wss?:|data:)$/.test(source)
}

/** The sources of a content policy by directive. */
function directives(policy: string): Map<string, string[]> {
  const parts = policy.split(';').map(part => part.trim().split(/\s+/)).filter(words => words[0] !== '')
  return new Map(parts.map(([name, ...sources]) => [name!, sources]))
}

function checkPolicy(target: Target, headers: Headers): Finding[] {
  if (new URL(target.backend).origin === new URL(target.url).origin) return []
  const allowed = directives(headers.get('content-security-policy') ?? '').get('connect-src') ?? []
  const missing = backendSources(target.backend).filter(source => !allowed.includes(source))
  return missing.length === 0 ? [] : [found('csp_blocks_backend', missing.join(' '))]
}

/** How long clients may show each of these without asking again, in seconds; a door's page is short-lived anyway. */
const FRESH = { '/': 0, '/sw.js': 0, '/config.json': 0, '/b/AAAAAAAAAA': 60 }

/** For how many seconds a Cache-Control lets a client show what it has; without a word of it, any time. */
function freshFor(cache: string): number {
  if (/no-cache|no-store/.test(cache)) return 0
  return Number(/max-age=(\d+)/.exec(cache)?.[1] ?? Infinity)
}

async function checkCaching(url: string): Promise<Finding[]> {
  const stale: string[] = []
  for (const [path, seconds] of Object.entries(FRESH)) {
    const cache = (await reach(`${url}${path}`))?.headers.get('cache-control') ?? ''
    if (freshFor(cache) > seconds) stale.push(path)
  }
  return stale.length === 0 ? [] : [found('cached_too_long', stale.join(', '))]
}
