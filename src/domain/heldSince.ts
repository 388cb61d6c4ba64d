import { atShanghai, DAY, dayKey } from './time.ts'

/** The first day (YYYY-MM-DD) whose duty a phone holds: that of the month before this one (docs/protocol.md). */
export function heldSince(now: number): string {
  const first = atShanghai(`${dayKey(now).slice(0, 7)}-01`)
  return `${dayKey(first - DAY).slice(0, 7)}-01`
}
