import type { StandingShift } from '#domain/postCover.ts'
import type { Recurrence } from '#domain/rows.ts'
import type { FillInput, FillPlan } from './plans.ts'
import type { PlannedShift } from './settle.ts'
import { holdsPost } from '#domain/postCover.ts'
import { DAY, ms } from '#domain/time.ts'
import { daySlots, thinNights } from './plans.ts'

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
type Spanned = Pick<PlannedShift, 'post_id' | 'starts_at' | 'ends_at'>

/**
 * What duty that repeats asks of these days by the calendar of now. Where two meet at a post, the one for certain days
 * goes before the one for all. A shift that one of them makes on other days only was made by an older calendar, and
 * goes; shifts of any other span are the coordinator's own, and stay.
 */
export function recurrencePlan(input: RecurrenceInput): RecurrencePlan {
  const { recurrences, shifts, now } = input
  const plan: RecurrencePlan = {
    shifts: [], drop: [], live: [], same: 0, covered: 0, left_out: 0, past: 0, thin_nights: 0,
  }
  if (recurrences.length === 0) return plan
  const certainFirst = [...recurrences].sort((a, b) => Number(a.days === 'all') - Number(b.days === 'all'))
  const asked = slotsOf({ ...input, recurrences: certainFirst }, ({ days }, day) =>
    days === 'all' || (days === 'rest') === input.isRest(day))
  const wanted = asked.filter(unclaimed([]))
  const [known, fits] = [new Set(slotsOf(input, () => true).map(keyOf)), new Set(wanted.map(keyOf))]
  const standing = shifts.filter(s => holdsPost(s.state))
  const stale = standing.filter(s => ms(s.starts_at) > now && known.has(keyOf(s)) && !fits.has(keyOf(s)))
  plan.drop = stale.filter(s => s.state === 'draft').map(s => s.id)
  plan.live = stale.filter(s => s.state === 'open')
  const gone = new Set(plan.drop)
  const stays = standing.filter(s => !gone.has(s.id))
  const there = new Set(stays.map(keyOf))
  const ahead = wanted.filter(s => ms(s.ends_at) > now)
  const missing = ahead.filter(s => !there.has(keyOf(s)))
  plan.shifts = missing.filter(unclaimed(stays))
  plan.past = wanted.length - ahead.length
  plan.same = ahead.length - missing.length
  plan.covered = plan.left_out = missing.length - plan.shifts.length
  plan.thin_nights = thinNights(plan.shifts, input.posts)
  return plan
}

/** The same span at the same post. */
function keyOf({ post_id, starts_at, ends_at }: Spanned): string {
  return `${post_id} ${ms(starts_at)} ${ms(ends_at)}`
}

/**
 * Answers, shift after shift, whether its time at its post is still free, and claims it. Spans lie by post and day, so
 * that a month of sixty buildings is looked through at once; a shift is shorter than a day.
 */
function unclaimed(taken: readonly Spanned[]): (shift: Spanned) => boolean {
  const days = new Map<string, [from: number, to: number][]>()
  const bucket = (post: string, day: number): [number, number][] => days.get(`${post} ${day}`) ?? []
  const claim = (post: string, from: number, to: number): void => {
    const day = Math.floor(from / DAY)
    days.set(`${post} ${day}`, [...bucket(post, day), [from, to]])
  }
  for (const { post_id, starts_at, ends_at } of taken) claim(post_id, ms(starts_at), ms(ends_at))
  return ({ post_id, starts_at, ends_at }) => {
    const [from, to] = [ms(starts_at), ms(ends_at)]
    const day = Math.floor(from / DAY)
    const near = [day - 1, day, day + 1].flatMap(d => bucket(post_id, d))
    if (near.some(([f, t]) => f < to && from < t)) return false
    claim(post_id, from, to)
    return true
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
