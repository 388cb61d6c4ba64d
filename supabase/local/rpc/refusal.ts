import type { Answer } from '../http/answer.ts'
import { json } from '../http/answer.ts'

/** Statuses of SQLSTATEs as PostgREST answers them; everything else is 400. */
const STATUS: readonly [RegExp, number][] = [
  [/^(?:08|53)/, 503],
  [/^(?:09|25000|25P02|2D|38|39|3B|40|54|55|57|58|F0|HV|XX)/, 500],
  [/^(?:0L|0P|28)/, 403],
  [/^25006$/, 405],
  [/^235(?:03|05)$/, 409],
  [/^(?:42883|42P01)$/, 404],
]

/** A database error as PostgREST words it: code, message, details, hint. Anything that is not one is 500. */
export function refusalOf(error: unknown, signedIn: boolean): Answer {
  const code = textOf(error, 'code')
  if (code === null || textOf(error, 'severity') === null) return json(503, { code: 'PGRST001', message: 'The database did not answer', details: null, hint: null })
  if (code === 'PGRST') return chosen(error)
  const status = code === '42501' ? (signedIn ? 403 : 401) : STATUS.find(([pattern]) => pattern.test(code))?.[1] ?? 400
  return json(status, { code, message: error instanceof Error ? error.message : '', details: textOf(error, 'detail'), hint: textOf(error, 'hint') })
}

/** `raise sqlstate 'PGRST'`: the function chose body, status and headers itself, as JSON in message and detail. */
function chosen(error: unknown): Answer {
  const { status, headers } = JSON.parse(textOf(error, 'detail') ?? '{}') as { status: number, headers?: Record<string, string> }
  const answer = json(status, JSON.parse((error as Error).message))
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

function textOf(error: unknown, name: string): string | null {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : null
  return typeof value === 'string' ? value : null
}
