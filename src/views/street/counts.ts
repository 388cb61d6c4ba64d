import type { ShiftCount } from '#domain/sums.ts'
import type { Say } from '#i18n/keys.ts'
import { covers } from '#domain/span.ts'
import { DAY, HOUR, MINUTE, ms } from '#domain/time.ts'

export const COUNT_WINDOWS = ['now', 'h2', 'h24'] as const
export type CountWindow = typeof COUNT_WINDOWS[number]
export interface WindowCount { capacity: number, filled: number, on_post: number, vacant: number }
const EMPTY: WindowCount = { capacity: 0, filled: 0, on_post: 0, vacant: 0 }

function inWindow(row: ShiftCount, window: CountWindow, now: number): boolean {
  if (row.state !== 'open') return false
  if (window === 'now') return covers(row, now)
  const lead = ms(row.starts_at) - now
  return lead > 0 && lead <= (window === 'h2' ? 2 * HOUR : DAY)
}

/** People who hold a place of a shift: those on post and those still to come; never more than there are places. */
export function filledOf(row: Pick<ShiftCount, 'capacity' | 'accepted' | 'on_post'>): number {
  return Math.min(row.capacity, row.accepted + row.on_post)
}

/**
 * Places of a community in one window; drills are none of its duty (R35). `calm` = 平时, where all who accepted count
 * as on duty (R15).
 */
export function windowCount(
  rows: readonly ShiftCount[], window: CountWindow, now: number, calm: boolean,
): WindowCount {
  return rows.filter(r => r.drill !== 'yes' && inWindow(r, window, now)).reduce((sum, r) => {
    const filled = filledOf(r)
    return {
      capacity: sum.capacity + r.capacity,
      filled: sum.filled + filled,
      on_post: sum.on_post + (calm && window === 'now' ? filled : r.on_post),
      vacant: sum.vacant + r.capacity - filled,
    }
  }, EMPTY)
}

/** A count of people below this could point at somebody and is not shown (R34). Places are not people. */
const LEAST_PEOPLE = 5

/** A count of people in words. */
export function peopleText(n: number, t: Say): string {
  return n > 0 && n < LEAST_PEOPLE ? t('street.table.hidden') : String(n)
}

/** A shift with places nobody holds. */
export type EmptyShift = ShiftCount & { missing: number }

/** An open shift of real duty that runs, or starts within a day. */
function isDue(row: ShiftCount, now: number): boolean {
  return row.drill !== 'yes' && row.state === 'open' && ms(row.ends_at) > now && ms(row.starts_at) <= now + DAY
}

/**
 * Open shifts of now and the next 24 h with empty places, the most pressing first: missing people × minutes. Minutes
 * grow with the time a shift has run, and with how soon it starts.
 */
export function emptiest(rows: readonly ShiftCount[], now: number): EmptyShift[] {
  const weight = (r: EmptyShift): number => {
    const minutes = (now - ms(r.starts_at)) / MINUTE
    return minutes >= 0 ? r.missing * (minutes + DAY / MINUTE) : r.missing * (DAY / MINUTE + minutes)
  }
  return rows
    .map(r => ({ ...r, missing: r.capacity - filledOf(r) }))
    .filter(r => isDue(r, now) && r.missing > 0)
    .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1))
}
