/** ISO 8601 text or ms since the epoch. */
export type Instant = string | number

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Asia/Shanghai has been UTC+8 without summer time since 1991. */
const OFFSET = 8 * HOUR

export interface ShanghaiParts {
  year: number, month: number, day: number, hour: number, minute: number, weekday: number
}

/** ms since the epoch; throws RangeError on text that is no time. */
export function ms(at: Instant): number {
  const value = typeof at === 'number' ? at : Date.parse(at)
  if (!Number.isFinite(value)) throw new RangeError(`not a time: ${at}`)
  return value
}

/** ISO 8601 UTC text. */
export function iso(at: Instant): string {
  return new Date(ms(at)).toISOString()
}

/** Calendar parts in Asia/Shanghai; month 1–12, weekday 1 (Monday) – 7 (Sunday). */
export function shanghai(at: Instant): ShanghaiParts {
  const local = new Date(ms(at) + OFFSET)
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    weekday: local.getUTCDay() || 7,
  }
}

const two = (n: number) => String(n).padStart(2, '0')

/** '17:05', 24 h. */
export function hhmm(at: Instant): string {
  const p = shanghai(at)
  return `${two(p.hour)}:${two(p.minute)}`
}

/** '2026-11-23', the day in Asia/Shanghai. */
export function dayKey(at: Instant): string {
  const p = shanghai(at)
  return `${p.year}-${two(p.month)}-${two(p.day)}`
}

/** '202611', the month that names an org scope. */
export function yyyymm(at: Instant): string {
  return dayKey(at).slice(0, 7).replace('-', '')
}

/** ms of 00:00 in Asia/Shanghai of the day that holds `at`. */
export function startOfDay(at: Instant): number {
  return Math.floor((ms(at) + OFFSET) / DAY) * DAY - OFFSET
}

/** ms of Monday 00:00 of the week that holds `at`. */
export function startOfWeek(at: Instant): number {
  return startOfDay(at) - (shanghai(at).weekday - 1) * DAY
}

/** ms of a day key at a wall-clock time, e.g. ('2026-11-23', '17:00'). '24:00' is the next midnight. */
export function atShanghai(day: string, clock = '00:00'): number {
  const [h, m] = clock.split(':').map(Number)
  return ms(`${day}T00:00:00Z`) - OFFSET + (h ?? 0) * HOUR + (m ?? 0) * MINUTE
}

/** Whole days from the day of `a` to the day of `b`; negative when b is earlier. */
export function daysBetween(a: Instant, b: Instant): number {
  return Math.round((startOfDay(b) - startOfDay(a)) / DAY)
}

/** The first day (YYYY-MM-DD) whose duty a phone holds: that of the month before this one (docs/protocol.md). */
export function heldSince(now: number): string {
  const first = atShanghai(`${dayKey(now).slice(0, 7)}-01`)
  return `${dayKey(first - DAY).slice(0, 7)}-01`
}

export interface Lapse { days: number, hours: number, minutes: number, past: boolean }

/** Time from now to `at`, in whole minutes, rounded up while it is ahead and down once it is past. */
export function lapse(at: Instant, now: Instant): Lapse {
  const diff = ms(at) - ms(now)
  const past = diff < 0
  const total = past ? Math.floor(-diff / MINUTE) : Math.ceil(diff / MINUTE)
  return { days: Math.floor(total / 1440), hours: Math.floor(total / 60) % 24, minutes: total % 60, past }
}
