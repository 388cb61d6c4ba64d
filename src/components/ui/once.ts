import type { InjectionKey, Ref } from 'vue'
import { ECHO, turnNow } from './presses.ts'

/** Whether what the form around a button began still runs. */
export const FORM_RUNS: InjectionKey<Readonly<Ref<boolean>>> = Symbol('form runs')

/**
 * `work`, guarded: calls while it runs, and for a moment after it, do nothing and answer undefined, because a trembling
 * hand taps twice. After something else (another button, typing, Back) the next press is meant, and counts.
 * What failed or was refused (`work` answers false) is mended and pressed again: there the next press counts at once. A
 * `work` that asks something back answers anything else, so an echo never says yes to it.
 * @param work what a press begins
 * @param echo how long after it presses are swallowed, ms; 0 for what is meant to be pressed again and again
 */
export function once<A extends unknown[], R>(
  work: (...args: A) => Promise<R>, echo = ECHO,
): (...args: A) => Promise<R | undefined> {
  let running = false
  let until = -Infinity
  let turn = -1
  return async (...args) => {
    if (running || (turn === turnNow() && performance.now() < until)) return undefined
    running = true
    turn = turnNow()
    try {
      const result = await work(...args)
      if (result !== false) until = performance.now() + echo
      return result
    }
    finally {
      running = false
    }
  }
}
