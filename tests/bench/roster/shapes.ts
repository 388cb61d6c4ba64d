import type { AutoAsk } from '#views/roster/auto/autoAsk.ts'
import { atShanghai, DAY, dayKey, HOUR, iso, shanghai } from '#domain/time.ts'
import { randomOf } from '#solver/random.ts'

/** A community's roster in numbers: shifts a day at each post, places of a shift, people, days. */
export interface Shape { name: string, posts: number, shifts: number, places: number, people: number, days: number }

export const SHAPES: readonly Shape[] = [
  { name: '196 shifts × 3 places, 300 people', posts: 7, shifts: 4, places: 3, people: 300, days: 7 },
  { name: 'a month: 12 posts × 4 shifts, 200 people', posts: 12, shifts: 4, places: 1, people: 200, days: 31 },
  { name: '1,008 shifts × 3 places, 1,500 people', posts: 36, shifts: 4, places: 3, people: 1500, days: 7 },
]

const MONDAY = atShanghai('2026-12-07')
/** Days before the roster on which people had turns, and how often. */
const [BACK, OFTEN] = [30, 0.15]

/** A community of chance with that many of all: three of ten have no nights, one of ten is away for a day. */
export function askOf({ posts, shifts, places, people, days }: Shape): AutoAsk {
  const random = randomOf(3)
  const length = 24 / shifts
  const span = (day: number, n: number) => ({
    starts_at: iso(MONDAY + day * DAY + (6 + n * length) * HOUR),
    ends_at: iso(MONDAY + day * DAY + (6 + (n + 1) * length) * HOUR),
  })
  const each = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
  const keys = each(days, i => dayKey(MONDAY + i * DAY))
  const whole = (n: number): number => Math.floor(random() * n)
  return {
    days: keys,
    shifts: each(days, day => each(posts, post => each(shifts, (n) => {
      const place = { id: `${day}-${post}-${n}`, post_id: `${post}`, post_kind: 'patrol' as const }
      return { ...place, missing: places, level: 0, least: 0, ...span(day, n) }
    }))).flat(2),
    turns: each(people, i => each(BACK, day => random() < OFTEN
      ? [{ responder_id: `${i}`, post_id: `${whole(posts)}`, ...span(day - BACK, whole(shifts)) }]
      : [])).flat(2),
    people: each(people, (i) => {
      const away = random() < 0.1 ? [{ ...span(whole(days), 0) }] : []
      const who = { id: `${i}`, name: `${i}`, kind: 'volunteer' as const, skills: [] }
      return { ...who, night: random() < 0.7, away, isOff: () => false, unit: null, wish: null }
    }),
    left: [],
    known_since: dayKey(MONDAY - BACK * DAY),
    calendar: { rest: day => shanghai(atShanghai(day)).weekday > 5, holiday: () => false },
  }
}
