/** One line of the benchmark table: a ratio or a size, and its budget. */
export interface Figure {
  name: string
  value: number
  unit: string
  /** the budget: `min` is the least value, `max` the greatest */
  min?: number
  max?: number
  note?: string
}

/** Runs `callers` loops of `step(caller, turn)` for `seconds`; answers steps per second and sorted latencies in ms. */
export async function load(
  callers: number,
  seconds: number,
  step: (caller: number, turn: number) => Promise<void>,
): Promise<{ perSecond: number, latencies: number[] }> {
  const latencies: number[] = []
  const started = performance.now()
  const until = started + seconds * 1000
  await Promise.all(Array.from({ length: callers }, async (_, caller) => {
    for (let turn = 0; performance.now() < until; turn++) {
      const t = performance.now()
      await step(caller, turn)
      latencies.push(performance.now() - t)
    }
  }))
  return {
    perSecond: latencies.length / ((performance.now() - started) / 1000),
    latencies: latencies.sort((a, b) => a - b),
  }
}

/** The q-quantile of sorted numbers; 0 when there are none. */
export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0
