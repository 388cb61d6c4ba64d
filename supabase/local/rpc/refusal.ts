import type { Answer } from '../http/answer.ts'
import { json } from '../http/answer.ts'

/** Statuses of SQLSTATEs as PostgREST answers them (mapSQLtoHTTP in its Error.hs); the first that fits holds, else 400. */
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
  return STATUS.find(([pattern, , words]) => pattern.test(state) && (words === undefined || words.test(message)))
    ?.[1] ?? 400
}

/** A database error as PostgREST words it: code, message, details, hint. No answer from the database is 503. */
export function refusalOf(error: unknown, signedIn: boolean): Answer {
  const code = textOf(error, 'code')
  if (code === null || textOf(error, 'severity') === null)
    return body(503, 'PGRST001', 'Database client error. Retrying the connection.')
  const message = error instanceof Error ? error.message : ''
  if (code === 'PGRST') return chosen(message, textOf(error, 'detail'))
  const status = statusOf(code, message, signedIn)
  const answer = json(status, { code, message, details: textOf(error, 'detail'), hint: textOf(error, 'hint') })
  return status === 401 ? { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Bearer' } } : answer
}

/** `raise sqlstate 'PGRST'`: the function chose body, status and headers itself, as JSON in message and detail. */
function chosen(message: string, detail: string | null): Answer {
  const said = parse(message)
  const how = parse(detail ?? '')
  const headers = parts(how?.headers)
  if (
    typeof said?.code !== 'string' || typeof said.message !== 'string' || typeof how?.status !== 'number'
    || headers === null
  ) {
    return body(500, 'PGRST121', 'Could not parse JSON in the "RAISE SQLSTATE \'PGRST\'" error')
  }
  const answer = json(how.status, {
    code: said.code,
    message: said.message,
    details: said.details ?? null,
    hint: said.hint ?? null,
  })
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

/** An object whose values are all texts; null for anything else. */
function parts(value: unknown): Record<string, string> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const found = Object.entries(value).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name.toLowerCase(), text] as const] : [],
  )
  return found.length === Object.keys(value).length ? Object.fromEntries(found) : null
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

function body(status: number, code: string, message: string): Answer {
  return json(status, { code, message, details: null, hint: null })
}

function textOf(error: unknown, name: string): string | null {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : null
  return typeof value === 'string' ? value : null
}
