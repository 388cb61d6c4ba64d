/*
 * Moves `Date` for one test file where `REDWHISTLE_TEST_NOW` says so; vitest.config.ts runs it before each.
 * Only a call without arguments asks the clock, so `Date.now()` and `new Date()` change and nothing else does.
 */
import process from 'node:process'

const SET = process.env.REDWHISTLE_TEST_NOW

function move(by: number): void {
  const real = Date
  const now = (): number => real.now() + by
  globalThis.Date = new Proxy(real, {
    construct: (date, args, target) => Reflect.construct(date, args.length === 0 ? [now()] : args, target) as object,
    get: (date, key) => key === 'now' ? now : Reflect.get(date, key) as unknown,
  })
}

if (SET) {
  const at = Date.parse(SET)
  if (Number.isNaN(at)) throw new TypeError(`REDWHISTLE_TEST_NOW=${SET} is not an instant`)
  // a worker may run several files; each begins at the instant, so the difference includes what an earlier file moved
  move(at - Date.now())
}
