import type { RecurrencePlan } from '#components/roster/recurrencePlan.ts'
import type { StandingShift } from '#domain/postCover.ts'
import type { Recurrence } from '#domain/rows.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import { computed, reactive } from 'vue'
import { useAfterPaint } from '#components/roster/afterPaint.ts'
import { recurrencePlan } from '#components/roster/recurrencePlan.ts'
import { isRestDay, NO_HOLIDAYS } from '#domain/restDays.ts'
import { MINUTE } from '#domain/time.ts'
import { recurrences } from '#queries/calendarRows.ts'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { useHolidays } from './useRestDays.ts'

/** Duty that repeats in a community, as the roster of some days shows it. */
export interface Recurrences {
  readonly kept: Recurrence[]
  /** what these days lack of it, and what does not belong to it any more, by the calendar of now */
  readonly plan: RecurrencePlan
  /** how many shifts it would make, drop or have changed here; null = nothing repeats */
  readonly differs: number | null
}

/** `standing` and `hours` as in Drafting. */
export function useRecurrences(
  of: Readonly<RosterOf>, week: Roster, standing: () => StandingShift[], hours: () => number | undefined,
): Recurrences {
  const db = useDb()
  const now = useNow()
  const holidays = useHolidays()
  const rows = useLiveQuery(async () => of.community ? recurrences(db, of.community) : [], () => of.community)
  const kept = computed(() => rows.value ?? [])
  // no key waits for it
  const shown = useAfterPaint(standing)
  // a shift begins on a minute
  const minute = computed(() => Math.floor(now.value / MINUTE) * MINUTE)
  const plan = computed(() => recurrencePlan({
    recurrences: kept.value,
    posts: week.posts.filter(p => !p.ended),
    days: week.days,
    hours: hours(),
    now: minute.value,
    shifts: shown.value,
    isRest: day => isRestDay(day, holidays.value ?? NO_HOLIDAYS),
  }))
  const differs = computed(() => {
    const { shifts, drop, live } = plan.value
    return kept.value.length > 0 ? shifts.length + drop.length + live.length : null
  })
  return reactive({ kept, plan, differs })
}
