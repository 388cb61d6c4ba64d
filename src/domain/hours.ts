import type { Span } from './span.ts'
import type { Instant } from './time.ts'
import type { AssignmentState } from './words.ts'
import { isBinding } from './assignment.ts'
import { clampSpan, merge, minutes, spanOf } from './span.ts'
import { DAY, iso, ms } from './time.ts'

/** What a turn of duty needs to be counted; rows of my_assignment and assignment fit, unsynced ones too. */
export interface Turn extends Span { state: AssignmentState, on_post_at: string | null, off_post_at: string | null }

/** The time really stayed, up to now; the planned span where no check-in was kept (平时); null where nobody came. */
export function served(turn: Turn, now: Instant): Span | null {
  if (!isBinding(turn.state) && turn.state !== 'done' && turn.state !== 'relieved') return null
  const over = turn.state === 'on_post' ? iso(now) : turn.ends_at
  const span = { starts_at: turn.on_post_at ?? turn.starts_at, ends_at: turn.off_post_at ?? over }
  return clampSpan(span, { starts_at: iso(0), ends_at: iso(now) })
}

const hours = (spans: readonly Span[]) => merge(spans).reduce((sum, s) => sum + minutes(s), 0) / 60

/** Hours served in the 24 h before now; the figure shown before confirming. */
export function hoursServed(turns: readonly Turn[], now: Instant): number {
  const window = spanOf(ms(now) - DAY, now)
  return hours(turns.map(t => served(t, now)).map(s => s && clampSpan(s, window)).filter(s => s !== null))
}

/** Minutes stayed beyond the planned ends in the 24 h before now: the stayer's overtime, counted and shown (R12). */
export function overtimeMinutes(turns: readonly Turn[], now: Instant): number {
  const window = spanOf(ms(now) - DAY, now)
  const over = turns.map(t => served(t, now)).map((s, i) =>
    s && ms(s.ends_at) > ms(turns[i]!.ends_at) ? clampSpan(spanOf(turns[i]!.ends_at, s.ends_at), window) : null,
  )
  return Math.floor(hours(over.filter(s => s !== null)) * 60)
}
