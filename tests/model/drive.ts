import type fc from 'fast-check'
import { setImmediate as turn } from 'node:timers/promises'

/** Turns of the event loop without a new request until the disks are taken to be still: a cycle touches them a few dozen times in between. */
const STILL = 40

async function stillness(s: fc.Scheduler, done: () => boolean): Promise<void> {
  for (let same = 0, count = s.count(); same < STILL && !done(); same++) {
    await turn()
    if (s.count() !== count) [same, count] = [0, s.count()]
  }
}

/**
 * Lets the scheduler release one request or answer after another until `work` is done. It waits for every tab to come to its next one first:
 * released as soon as it appears, the first would always be the only one to choose from.
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
