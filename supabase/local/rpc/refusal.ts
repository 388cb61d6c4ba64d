import type { Answer } from '../http/answer.ts'
import { errorAnswer, json } from '../http/answer.ts'

/** The status that PostgREST answers for a SQLSTATE (mapSQLtoHTTP in its Error.hs): the first that fits, else 400. */
const STATUS: readonly (readonly [state: RegExp, status: number, message?: RegExp])[] = [
  [/^08/, 503],
  [/^09/, 500],
  [/^(?:0L|0P)/, 403],
  [/^235(?:03|05)$/, 409],
  [/^25006$/, 405],
  [/^21000$/, 400, /requires a WHERE clause$/],
  [/^21000$/, 500],
  [/^22023$/, 401, /^role.*does not exist$/s],
  [/^25/, 500],
  [/^28/, 403],
  [/^(?:2D|38|39|3B|40)/, 500],
  [/^53400$/, 500],
  [/^53/, 503],
  [/^(?:54|55)/, 500],
  [/^57P01$/, 503],
  [/^(?:57|58|F0|HV)/, 500],
  [/^P0001$/, 400],
  [/^(?:P0|XX)/, 500],
  [/^42883$/, 406, /^function xmlagg\(/],
  [/^42(?:883|P01)$/, 404],
  [/^42P17$/, 500],
]

/** The HTTP status of a SQLSTATE with its message. A function may choose one itself: `PT402` is 402. */
export function statusOf(state: string, message: string, signedIn: boolean): number {
  if (state === '42501') return signedIn ? 403 : 401
  if (state.startsWith('PT')) return /^[1-9]\d\d$/.test(state.slice(2)) ? Number(state.slice(2)) : 500
  const rule = STATUS.find(([pattern, , words]) => pattern.test(state) && (words === undefined || words.test(message)))
  return rule?.[1] ?? 400
}

/** A database error as PostgREST words it: code, message, details, hint. 503 if the database does not answer. */
export function refusalOf(error: unknown, signedIn: boolean): Answer {
  const code = textOf(error, 'code')
  if (code === null || textOf(error, 'severity') === null)
    return errorAnswer(503, 'PGRST001', 'Database client error. Retrying the connection.')
  const message = error instanceof Error ? error.message : ''
  if (code === 'PGRST') return chosenAnswer(message, textOf(error, 'detail'))
  const status = statusOf(code, message, signedIn)
  const answer = json(status, { code, message, details: textOf(error, 'detail'), hint: textOf(error, 'hint') })
  return status === 401 ? { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Bearer' } } : answer
}

/** The answer that a function chose by `raise sqlstate 'PGRST'`: the body is JSON in message, the rest in detail. */
function chosenAnswer(message: string, detail: string | null): Answer {
  const content = parse(message)
  const { status, headers: pairs } = parse(detail ?? '') ?? {}
  const headers = headersIn(pairs)
  const whole = typeof content?.code === 'string' && typeof content.message === 'string'
  if (!whole || typeof status !== 'number' || headers === null)
    return errorAnswer(500, 'PGRST121', 'Could not parse JSON in the "RAISE SQLSTATE \'PGRST\'" error')
  const { code, message: text, details = null, hint = null } = content
  const answer = json(status, { code, message: text, details, hint })
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

/** Headers by their names in lower case; null for anything but an object of texts. */
function headersIn(value: unknown): Record<string, string> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const pairs = Object.entries(value)
  if (pairs.some(([, text]) => typeof text !== 'string')) return null
  return Object.fromEntries(pairs.map(([name, text]) => [name.toLowerCase(), String(text)]))
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : null
  }
  catch {
    return null
  }
}

function textOf(error: unknown, name: string): string | null {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : null
  return typeof value === 'string' ? value : null
}
