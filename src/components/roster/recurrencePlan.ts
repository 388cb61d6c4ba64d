import type { StandingShift } from '#domain/postCover.ts'
import type { Recurrence } from '#domain/rows.ts'
import type { FillInput, FillPlan } from './plans.ts'
import type { PlannedShift } from './settle.ts'
import { notOver } from '#domain/span.ts'
import { ms } from '#domain/time.ts'
import { daySlots, thinNights } from './plans.ts'
import { settle } from './settle.ts'

export interface RecurrenceInput extends Pick<FillInput, 'posts' | 'days' | 'hours' | 'now' | 'shifts'> {
  recurrences: readonly Recurrence[]
  /** is the day (YYYY-MM-DD) a free one by the calendar of now? */
  isRest: (day: string) => boolean
}
/** What is missing of the duty that repeats, and what does not belong to it any more. `drop`: drafts that do not. */
export interface RecurrencePlan extends FillPlan {
  /** published shifts that do not fit the calendar; each is cancelled or moved by itself, because people are told */
  live: StandingShift[]
}

const keyOf = ({ post_id, starts_at, ends_at }: PlannedShift | StandingShift): string =>
  `${post_id} ${ms(starts_at)} ${ms(ends_at)}`

/**
 * What duty that repeats asks of these days by the calendar of now. Where two meet at a post, the one for certain days
 * goes before the one for all. A shift that one of them makes on other days only was made by an older calendar, and
 * goes; shifts of any other span are the coordinator's own, and stay.
 */
export function recurrencePlan(input: RecurrenceInput): RecurrencePlan {
  const { shifts, now } = input
  const all = slotsOf(input, () => true)
  const certainFirst = [...input.recurrences].sort((a, b) => Number(a.days === 'all') - Number(b.days === 'all'))
  const asked = slotsOf({ ...input, recurrences: certainFirst }, ({ days }, day) =>
    days === 'all' || (days === 'rest') === input.isRest(day))
  const wanted = settle(asked, [], 'skip').shifts
  const [known, fits] = [new Set(all.map(keyOf)), new Set(wanted.map(keyOf))]
  const stale = notOver(shifts, now).filter(s => ms(s.starts_at) > now && known.has(keyOf(s)) && !fits.has(keyOf(s)))
  const drop = stale.filter(s => s.state === 'draft')
  const ahead = notOver(wanted, now)
  const gone = new Set(drop.map(s => s.id))
  const plan = settle(ahead, shifts.filter(s => !gone.has(s.id)), 'skip')
  return {
    ...plan,
    drop: drop.map(s => s.id),
    live: stale.filter(s => s.state === 'open'),
    past: wanted.length - ahead.length,
    thin_nights: thinNights(plan.shifts, input.posts),
  }
}

/** The shifts that recurrences make on the days on which they apply, at the posts that are still there. */
function slotsOf(
  { recurrences, posts, days, hours }: RecurrenceInput, applies: (recurrence: Recurrence, day: string) => boolean,
): PlannedShift[] {
  const there = new Set(posts.map(p => p.id))
  return recurrences.flatMap(r => days.filter(day => applies(r, day)).flatMap(day =>
    daySlots({ pattern: r.pattern, start: r.starts, hours }, day).flatMap(({ starts_at, ends_at }) =>
      r.posts.filter(id => there.has(id)).map(post_id => ({ post_id, starts_at, ends_at, capacity: r.capacity })))))
}
