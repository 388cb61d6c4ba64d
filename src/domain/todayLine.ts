import type { DutyInput } from './dutyNeeds.ts'
import type { Mode, MyAssignment } from './rows.ts'
import { isBinding } from './assignment.ts'
import { CLOSE } from './close.ts'
import { shiftCover } from './coverage.ts'
import { ownShifts, peopleBy } from './dutyNeeds.ts'
import { isModeOpen } from './mode.ts'
import { placeLabel } from './orgTree.ts'
import { isNight } from './pattern.ts'
import { covers } from './span.ts'
import { DAY, HOUR, iso, MINUTE, ms, shanghai, startOfDay } from './time.ts'

/**
 * One moment of the day; `at` ISO. own: a shift of the person begins. night: the night's shifts begin, at so many
 * posts, with so many places empty. remind: the server will remind so many people of shifts that start then. hold: a
 * place kept for somebody is offered to the next. mode: 应急 ends by itself.
 */
export type DayMoment =
  | { kind: 'now', at: string }
  | { kind: 'own', at: string, id: string, place: string, post: string }
  | { kind: 'night', at: string, posts: number, missing: number }
  | { kind: 'remind', at: string, people: number, starts_at: string }
  | { kind: 'hold', at: string, name: string, place: string }
  | { kind: 'mode', at: string, ground: string }

/** `silent`: people without a login; no reminder reaches them. */
export interface LineInput extends DutyInput {
  own: readonly MyAssignment[], modes: readonly Mode[], silent: ReadonlySet<string>
}

/**
 * When the server reminds before a start (R30); who has confirmed hears the second only. SQL: private.tick_reminders.
 */
const REMINDERS = [DAY, CLOSE, 30 * MINUTE]

/** The rest of the day in Asia/Shanghai: from now on, up to and with midnight. */
function ahead(at: number, now: number): boolean {
  return at > now && at <= startOfDay(now) + DAY
}

function reminders(input: LineInput): DayMoment[] {
  const by = peopleBy(input)
  const counts = new Map<string, { at: number, starts_at: string, people: Set<string> }>()
  for (const shift of input.shifts) {
    if (shift.state !== 'open' || !input.mine(shift.org_unit_id)) continue
    for (const before of REMINDERS) {
      const at = ms(shift.starts_at) - before
      const heard = (by.get(shift.id) ?? []).filter(a => !input.silent.has(a.responder_id)
        && (a.state === 'assigned' || (a.state === 'accepted' && before === CLOSE)))
      if (!ahead(at, input.now) || heard.length === 0) continue
      const key = `${at} ${before}`
      const moment = counts.get(key) ?? { at, starts_at: shift.starts_at, people: new Set() }
      for (const { responder_id } of heard) moment.people.add(responder_id)
      counts.set(key, moment)
    }
  }
  return [...counts.values()].map(({ at, starts_at, people }) =>
    ({ kind: 'remind', at: iso(at), people: people.size, starts_at }))
}

/** A shift of the day may last into the night; one that begins in the evening is the night's. */
const EVENING = 18

/** The first shifts of the night that begin today: at how many posts, and how many places are empty. */
function nightBegins(input: LineInput): DayMoment[] {
  const by = peopleBy(input)
  const nights = ownShifts(input)
    .filter(s => s.state === 'open' && ahead(ms(s.starts_at), input.now) && isNight(s))
    .filter(s => shanghai(s.starts_at).hour >= EVENING)
    .sort((a, b) => ms(a.starts_at) - ms(b.starts_at))
  const [first] = nights
  if (!first) return []
  const begin = nights.filter(s => ms(s.starts_at) === ms(first.starts_at))
  const missing = begin.reduce((n, s) => n + shiftCover(s, by.get(s.id) ?? [], false, input.now).missing, 0)
  const posts = new Set(begin.map(s => s.post_id)).size
  return [{ kind: 'night', at: first.starts_at, posts, missing }]
}

function holds(input: LineInput): DayMoment[] {
  const placeOf = new Map(ownShifts(input).map(s => [s.id, placeLabel(input.tree, s.org_unit_id)]))
  return input.waitlist.flatMap(({ state, hold_until: at, shift_id, name }): DayMoment[] => {
    const place = placeOf.get(shift_id)
    if (state !== 'held' || at === null || place === undefined || !ahead(ms(at), input.now)) return []
    return [{ kind: 'hold', at, name, place }]
  })
}

/**
 * What happens today in the order of time: the person's own shifts, also those that began, now, and what the system
 * will do by itself.
 */
export function dayLine(input: LineInput): DayMoment[] {
  const { now } = input
  const today = (at: string): boolean => ms(at) >= startOfDay(now) && ms(at) <= startOfDay(now) + DAY
  const own = input.own.filter(a => (isBinding(a.state) || a.state === 'relieved' || a.state === 'done')
    && today(a.starts_at))
  const moments: DayMoment[] = [
    { kind: 'now', at: iso(now) },
    ...own.map((a): DayMoment => ({ kind: 'own', at: a.starts_at, id: a.id, place: a.place_name, post: a.post_name })),
    ...nightBegins(input),
    ...reminders(input),
    ...holds(input),
    ...input.modes.filter(m => isModeOpen(m, now) && ahead(ms(m.expires_at), now))
      .map((m): DayMoment => ({ kind: 'mode', at: m.expires_at, ground: m.ground })),
  ]
  return moments.sort((a, b) => ms(a.at) - ms(b.at))
}

/** How the posts stand now: how many have a shift that runs, how many of them lack people, and the next change. */
export interface PostsNow { posts: number, short: number, next: string | null }

/** How the person's posts stand now; `next` within 24 h. */
export function postsNow(input: DutyInput): PostsNow {
  const by = peopleBy(input)
  const open = ownShifts(input).filter(s => s.state === 'open' && ms(s.ends_at) > input.now)
  const running = open.filter(s => covers(s, input.now))
  const short = running.filter(s => shiftCover(s, by.get(s.id) ?? [], false, input.now).missing > 0)
  const changes = open.flatMap(s => [ms(s.starts_at), ms(s.ends_at)])
    .filter(at => at > input.now && at <= input.now + 24 * HOUR)
  return {
    posts: new Set(running.map(s => s.post_id)).size,
    short: new Set(short.map(s => s.post_id)).size,
    next: changes.length > 0 ? iso(Math.min(...changes)) : null,
  }
}
