import type { Instant } from './time.ts'
import { MINUTE, ms } from './time.ts'

/** A shift that runs or starts within 30 min asks how soon one can be there (R8); a later one is promised for its own start. SQL: private.due_at. */
export function asksEta(shift: { starts_at: Instant }, now: Instant): boolean {
  return ms(shift.starts_at) <= ms(now) + 30 * MINUTE
}
