/** So many per window; documented limits of the group robots. */
export interface Limit { n: number, per_ms: number }

/** Counts what went to each key within sliding windows; lives as long as the process, behind the planner's one message a minute and robot. */
export class Bucket {
  readonly #sent = new Map<string, number[]>()

  /** 0 and one is taken, or the milliseconds until there is room under every limit. */
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
