/** Time and chance of one page. `after` runs once, `ms` later; its answer stops it. */
export interface Pace { after: (ms: number, run: () => void) => () => void, random: () => number }

/** Those of this page. */
export const pageOwn: Pace = {
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
