import type { FatigueTurn } from '#domain/fatigue.ts'
import type { Span } from '#domain/span.ts'
import type { DemoPost } from './places.ts'
import type { Random } from './tools.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { isNight, slots } from '#domain/pattern.ts'
import { overlaps, spanOf } from '#domain/span.ts'
import { atShanghai, DAY, dayKey, HOUR, ms } from '#domain/time.ts'

/** What the guard of rest asks of a turn; nobody has stood there yet. */
const PLANNED = { state: 'accepted', on_post_at: null, off_post_at: null } as const

/** A shift of a post that is not written yet. */
export interface PlannedShift extends Span { id: string, post_id: string, capacity: number }
/** A person to plan with. `kept_free`: the person gets no shift in this span. */
export interface PlannedPerson { id: string, night: boolean, login: boolean, kept_free?: Span }
/** One person on one planned shift. */
export interface PlannedPlace { assignment_id: string, shift: PlannedShift, responder_id: string }

/** The spans of one post in order, from the day that starts at `from` to the one that starts at `to` (ms). */
function spansOf(post: DemoPost, from: number, to: number): Span[] {
  const { staffing } = post
  const start = atShanghai(dayKey(from - DAY), staffing.from)
  const days = Math.round((to - from) / DAY) + 1
  const all = staffing.pattern
    ? slots(staffing.pattern, start, days)
    : Array.from({ length: days }, (_, i) => spanOf(start + i * DAY, start + i * DAY + staffing.hours * HOUR))
  return all
    .filter(s => ms(s.starts_at) >= from - DAY && ms(s.starts_at) < to)
    .map(({ starts_at, ends_at }) => ({ starts_at, ends_at }))
}

/** Every shift of the posts that starts before `to` and ends after `after` (ms), in order. */
export function planShifts(
  posts: readonly { id: string, post: DemoPost }[],
  from: number,
  to: number,
  after: number,
  newId: () => string,
): PlannedShift[] {
  const shifts = posts.flatMap(({ id, post }) =>
    spansOf(post, from, to)
      .filter(s => ms(s.ends_at) > after)
      .map(s => ({ id: newId(), post_id: id, capacity: post.staffing.capacity, ...s })),
  )
  return shifts.sort((a, b) => ms(a.starts_at) - ms(b.starts_at))
}

/**
 * Decides who stands where: the person whose last duty is longest ago comes first, everybody rests as R17 asks, only
 * those who agreed serve at night, and some places stay open.
 */
export function planPlaces(
  shifts: readonly PlannedShift[],
  people: readonly PlannedPerson[],
  now: number,
  random: Random,
  newId: () => string,
): PlannedPlace[] {
  const turns = new Map(people.map(p => [p.id, [] as FatigueTurn[]]))
  // when each person's last duty ends, in ms
  const free = new Map(people.map((p, i) => [p.id, i - people.length]))
  const endOf = (p: PlannedPerson): number => free.get(p.id) ?? 0
  const isRested = (p: PlannedPerson, shift: Span): boolean => {
    const { hard, soft } = fatigueOf(turns.get(p.id)!, shift)
    return hard === null && soft.length === 0
  }
  return shifts.flatMap((shift) => {
    const soon = ms(shift.starts_at) < now + 36 * HOUR
    const gap = ms(shift.starts_at) < now + 12 * HOUR ? 0.16 : 0.06
    const night = isNight(shift)
    const able = people.filter(p =>
      (!night || p.night) && !(p.kept_free && overlaps(p.kept_free, shift)) && endOf(p) <= ms(shift.starts_at))
    const inOrder = able.sort((a, b) => Number(soon && b.login) - Number(soon && a.login) || endOf(a) - endOf(b))
    let wanted = Array.from({ length: shift.capacity }).filter(() => !random.chance(gap)).length
    return inOrder.flatMap((person) => {
      if (wanted === 0 || !isRested(person, shift)) return []
      wanted--
      free.set(person.id, ms(shift.ends_at))
      turns.get(person.id)!.push({ ...spanOf(shift.starts_at, shift.ends_at), ...PLANNED })
      return [{ assignment_id: newId(), shift, responder_id: person.id }]
    })
  })
}
