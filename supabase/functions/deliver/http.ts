import type { Outcome, Ports } from './ports.ts'

const TIMEOUT_MS = 10_000

/** The seconds of a Retry-After header that is a number; undefined for any other. */
export function retryAfter(answer: Response): number | undefined {
  const seconds = Number(answer.headers.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined
}

/** The outcome by the status alone: 429 and errors of the server may pass, other errors stay. */
export function byStatus(answer: Response): Outcome {
  const error = `http_${answer.status}`
  const after_s = retryAfter(answer)
  if (answer.ok) return { outcome: 'sent' }
  if (answer.status !== 429 && answer.status < 500) return { outcome: 'failed', error }
  return after_s === undefined ? { outcome: 'retry', error } : { outcome: 'retry', error, after_s }
}

/** The outcome of an answer that holds no code of the provider. */
export function withoutCode(answer: Response): Outcome {
  return answer.ok ? { outcome: 'retry', error: 'no_answer' } : byStatus(answer)
}

/** POSTs and reads the answer as JSON: body null if it is none. Null if nothing answers within ten seconds. */
export async function postJson(
  ports: Ports,
  url: string,
  init: { headers: Record<string, string>, body: string },
): Promise<{ answer: Response, body: unknown } | null> {
  try {
    const answer = await ports.fetch(url, {
      method: 'POST',
      headers: init.headers,
      body: init.body || null,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body: unknown = await answer.json().catch(() => null)
    return { answer, body }
  }
  catch {
    return null
  }
}

/** A field of a value of unknown shape; undefined if there is none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
