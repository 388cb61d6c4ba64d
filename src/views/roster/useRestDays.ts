import type { Ref } from 'vue'
import type { HolidayTable } from '#domain/restDays.ts'
import { computed } from 'vue'
import { isRestDay, NO_HOLIDAYS, unknownYears } from '#domain/restDays.ts'
import { holidaysKnown } from '#queries/calendarRows.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'

/** The statutory calendar as this phone has it; null until it is read. A change of it changes every screen at once. */
export function useHolidays(): Readonly<Ref<HolidayTable | null>> {
  const db = useDb()
  const table = useLiveQuery(() => holidaysKnown(db))
  return computed(() => table.value ?? null)
}

/** Of the days shown: those that are free, and the years whose holidays are not known, so that only weekends are. */
export interface RestDays { restDays: Readonly<Ref<string[]>>, unknownYears: Readonly<Ref<number[]>> }

/** The free days among `days` (YYYY-MM-DD); weekends alone until the calendar is read. */
export function useRestDays(days: Readonly<Ref<string[]>>): RestDays {
  const table = useHolidays()
  return {
    restDays: computed(() => days.value.filter(day => isRestDay(day, table.value ?? NO_HOLIDAYS))),
    unknownYears: computed(() => table.value ? unknownYears(days.value, table.value) : []),
  }
}
