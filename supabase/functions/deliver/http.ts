import type { Outcome, Ports } from './ports.ts'

const TIMEOUT_MS = 10_000

/** Seconds of a Retry-After header given as a number; undefined otherwise. */
export function retryAfter(answer: Response): number | undefined {
  const seconds = Number(answer.headers.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined
}

/** What a status alone says: too many and server errors may pass, the rest will not. */
export function byStatus(answer: Response): Outcome {
  const error = `http_${answer.status}`
  const after_s = retryAfter(answer)
  if (answer.ok) return { outcome: 'sent' }
  if (answer.status === 429 || answer.status >= 500) {
    return after_s === undefined
      ? { outcome: 'retry', error }
      : { outcome: 'retry', error, after_s }
  }
  return { outcome: 'failed', error }
}

/** POSTs and reads JSON; null where there is no answer or none that can be read. */
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

/** A field of something that came from outside. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
