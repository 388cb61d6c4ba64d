import type fc from 'fast-check'
import { setImmediate as turn } from 'node:timers/promises'

/** Turns of the event loop without a request after which the disks count as still: a cycle takes a few dozen. */
const STILL = 40

async function stillness(s: fc.Scheduler, done: () => boolean): Promise<void> {
  for (let same = 0, count = s.count(); same < STILL && !done(); same++) {
    await turn()
    if (s.count() !== count) [same, count] = [0, s.count()]
  }
}

/**
 * Lets the scheduler release one request or answer after another until `work` is done. First it waits until every tab
 * has come to its next request: if each were released as it appears, there would never be a choice.
 */
export async function drive(s: fc.Scheduler, work: Promise<unknown>): Promise<void> {
  const state = { done: false }
  const end = work.finally(() => { state.done = true })
  end.catch(() => {}) // thrown below
  while (!state.done) {
    await stillness(s, () => state.done)
    if (s.count() > 0) await s.waitNext(1)
  }
  await end
}
