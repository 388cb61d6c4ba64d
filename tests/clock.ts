/**
 * The one clock of the tests: all of them read "now" here, and tests/clock.test.ts finds any other source.
 *
 * `REDWHISTLE_TEST_NOW`, an instant such as 2026-12-31T20:30+08:00, sets it (tests/moveClock.ts): every test file then
 * begins at that instant and time goes on from there. It moves `Date` itself, so the code under test follows, and so
 * does PGlite, whose now() asks `Date`. In SQL the clock is now(). A real Postgres and a browser are processes of their
 * own on the machine's clock; faketime moves those.
 */
export const clock = {
  /** ms since 1970 */
  now: (): number => Date.now(),
  /** so many ms from now */
  date: (ms = 0): Date => new Date(Date.now() + ms),
  /** an instant as it travels in JSON, so many ms from now */
  stamp: (ms = 0): string => new Date(Date.now() + ms).toISOString(),
}
