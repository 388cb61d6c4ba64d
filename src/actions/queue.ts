import { backoffAfter } from '#domain/backoff.ts'

/** What `waitOf` looks at in an answer of any action. */
interface Answer { status: string, code?: string, after_s?: number | null, detail?: Record<string, unknown> | null }
/** Time and chance of a page. `after` calls `run` once, `ms` later; what it returns stops it. */
export interface Pace { after: (ms: number, run: () => void) => () => void, random: () => number }

/** Seconds to wait before the next try; null = the server did not say, undefined = another try would not help. */
export function waitOf({ status, code, after_s, detail }: Answer): number | null | undefined {
  if (status === 'wait') return after_s ?? null
  const asked = status === 'refused' && code === 'too_many_tries' ? detail?.retry_after_s : undefined
  return typeof asked === 'number' ? asked : undefined
}

/**
 * Tries something that many do at once from one address, and tries again for as long as the server is only busy.
 * @param work the try
 * @param pace of the page
 * @param turn hears before each wait how long it is, in seconds
 * @param signal ends the wait
 * @returns the first answer that is not "wait"; null when the signal ended the wait
 */
export async function queued<A extends { status: string }>(
  work: () => Promise<A>, pace: Pace, turn: (seconds: number) => void, signal: AbortSignal,
): Promise<A | null> {
  for (let attempt = 1; ; attempt++) {
    const answer = await work()
    const asked = waitOf(answer)
    if (signal.aborted) return asked === undefined ? answer : null
    if (asked === undefined) return answer
    const ms = backoffAfter(attempt, asked, pace.random())
    turn(Math.ceil(ms / 1000))
    await new Promise<void>((resolve) => {
      const stop = pace.after(ms, resolve)
      signal.addEventListener('abort', () => {
        stop()
        resolve()
      }, { once: true })
    })
    if (signal.aborted) return null
  }
}
