/** At most `n` messages in `per_ms` milliseconds. */
export interface Limit { n: number, per_ms: number }

/**
 * Counts what was sent to each key in sliding windows, as long as the process lives. The planner sends a robot at most
 * one message a minute; this holds where several processes or retries come together.
 */
export class Bucket {
  readonly #sent = new Map<string, number[]>()

  /** Takes one and answers 0, or answers the milliseconds until every limit has room. `now` in ms. */
  take(key: string, limits: readonly Limit[], now: number): number {
    const longest = Math.max(...limits.map(l => l.per_ms))
    const sent = (this.#sent.get(key) ?? []).filter(at => at > now - longest)
    const waits = limits.map((l) => {
      const within = sent.filter(at => at > now - l.per_ms)
      return within.length < l.n ? 0 : within[within.length - l.n]! + l.per_ms - now
    })
    const wait = Math.max(...waits)
    this.#sent.set(key, wait === 0 ? [...sent, now] : sent)
    return wait
  }
}
