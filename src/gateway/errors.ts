/**
 * Why a call failed, by what to do next. unauthorized: the server does not take the token; forbidden: the token is good
 * but not for this; outsider: this login belongs to no community; fork: take a new client id; too_large: send less;
 * retry: nothing was consumed, try later; rejected: this request will fail again as it is; unreadable: the answer has
 * another shape than this app knows, so nothing of it was used, and what was asked may have happened or not.
 */
export type Failure =
  | { kind: 'unauthorized' }
  | { kind: 'forbidden' }
  | { kind: 'fork' }
  | { kind: 'outsider' }
  | { kind: 'too_large' }
  | { kind: 'retry', code: RetryCode, after_s: number | null }
  | { kind: 'rejected', code: string }
  | { kind: 'unreadable' }
/** network: no answer. busy: rate limit or overload. server: a defect or an outage. slow: the work took too long. */
export type RetryCode = 'network' | 'busy' | 'server' | 'slow'

/** What decides: HTTP status (0 = no answer), SQLSTATE or PostgREST code, Retry-After in seconds. */
export interface Refusal { status: number, code: string | null, after_s?: number | null }

const TRANSIENT_CLASSES = new Set(['08', '40', '42', '53', '55', '57', '58', 'XX'])

function retry(code: RetryCode, after_s: number | null = null): Failure {
  return { kind: 'retry', code, after_s }
}

function bySqlstate(code: string, status: number): Failure | null {
  if (code === 'RW001') return { kind: 'fork' }
  if (code === 'RW002') return { kind: 'too_large' }
  if (code === 'RW005') return { kind: 'outsider' }
  if (code === '42501') return { kind: status === 403 ? 'forbidden' : 'unauthorized' }
  if (code === '57014') return retry('slow')
  if (/^[0-9A-Z]{5}$/.test(code) && TRANSIENT_CLASSES.has(code.slice(0, 2))) return retry('server')
  return null
}

function byPostgrest(code: string): Failure | null {
  if (code === 'PGRST301' || code === 'PGRST302' || code === 'PGRST303') return { kind: 'unauthorized' }
  // PGRST2xx: the schema cache is stale, because a deploy is under way
  return /^PGRST(?:00\d|2\d\d|X\d\d)$/.test(code) ? retry('server') : null
}

function byStatus(status: number, code: string | null, after_s: number | null): Failure {
  if (status === 0) return retry('network')
  if (status === 401) return { kind: 'unauthorized' }
  if (status === 403) return { kind: 'forbidden' }
  if (status === 413) return { kind: 'too_large' }
  if (status === 429) return retry('busy', after_s)
  if (status === 408 || status === 504) return retry('slow', after_s)
  if (status >= 500) return retry(status === 503 ? 'busy' : 'server', after_s)
  return { kind: 'rejected', code: code ?? `http_${status}` }
}

/** Maps an answer to what to do next, by codes only. */
export function failureOf({ status, code, after_s = null }: Refusal): Failure {
  const known = code === null ? null : bySqlstate(code, status) ?? byPostgrest(code)
  return known ?? byStatus(status, code, after_s)
}

/** Retry-After (RFC 9110 §10.2.3) in seconds from `now` (ms): a number or an HTTP date; null when it says neither. */
export function secondsOf(header: string | null, now: number): number | null {
  if (header === null) return null
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000)
  return seconds > 0 ? seconds : null
}
