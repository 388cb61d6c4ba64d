import type { AssignmentState } from './rows.ts'
import type { Span } from './span.ts'
import type { Instant } from './time.ts'
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
  const over = turns.map(t => served(t, now)).map((s, i) => s && ms(s.ends_at) > ms(turns[i]!.ends_at) ? clampSpan(spanOf(turns[i]!.ends_at, s.ends_at), window) : null)
  return Math.floor(hours(over.filter(s => s !== null)) * 60)
}

/** Spans a person is bound to or has served: the base of every limit. */
export function dutySpans(turns: readonly Turn[], now: Instant): Span[] {
  const ahead = turns.filter(t => isBinding(t.state)).map(t => clampSpan(t, spanOf(now, ms(now) + 365 * DAY)))
  return merge([...turns.map(t => served(t, now)), ...ahead].filter(s => s !== null))
}

/** The most hours in any 24 h that would hold part of `candidate`, with it taken. Hard limit 12 (R17). */
export function peakHours(turns: readonly Turn[], candidate: Span, now: Instant): number {
  const all = merge([...dutySpans(turns, now), candidate])
  const starts = all.flatMap(s => [ms(s.starts_at), ms(s.ends_at) - DAY])
  const touching = starts.filter(t => t < ms(candidate.ends_at) && t + DAY > ms(candidate.starts_at))
  return Math.max(0, ...touching.map(t => hours(all.map(s => clampSpan(s, spanOf(t, t + DAY))).filter(s => s !== null))))
}

/** Hours without a break that would hold the candidate. Hard limit 12 (R17). */
export function continuousHours(turns: readonly Turn[], candidate: Span, now: Instant): number {
  const run = merge([...dutySpans(turns, now), candidate]).find(s => clampSpan(s, candidate) !== null)
  return run ? minutes(run) / 60 : 0
}
