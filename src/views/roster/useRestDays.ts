import type { Ref } from 'vue'
import { computed, shallowRef } from 'vue'
import { atShanghai, shanghai } from '#domain/time.ts'

/** The statutory calendar, 调休 counted. `day` = YYYY-MM-DD. */
export interface Calendar {
  isFree: (day: string) => boolean
  /** has it the holidays of that year? The State Council publishes them in the November before */
  knows: (year: number) => boolean
}

/** What this app asks of the package chinese-days. */
export interface HolidayPackage {
  isHoliday: (day: Date) => boolean
  getHolidaysInRange: (from: Date, to: Date, weekends: boolean) => string[]
}

/**
 * Reads the calendar out of the package. A text such as 2026-11-28 it takes for midnight in UTC and then asks for the
 * phone's own weekday, which west of Greenwich is the day before; noon of the phone is the same day everywhere.
 */
export function calendarOf(lib: HolidayPackage): Calendar {
  const noon = (year: number, month: number, day: number): Date => new Date(year, month - 1, day, 12)
  return {
    isFree: (day) => {
      const { year, month, day: of } = shanghai(atShanghai(day))
      return lib.isHoliday(noon(year, month, of))
    },
    knows: year => lib.getHolidaysInRange(noon(year, 1, 1), noon(year, 12, 31), false).length > 0,
  }
}

/** Weekends alone: before the calendar is loaded, and where it cannot be. */
const WEEKENDS: Calendar = { isFree: day => shanghai(atShanghai(day)).weekday > 5, knows: () => true }

/** loaded once for all screens; null until then */
const calendar = shallowRef<Calendar | null>(null)

function load(): void {
  import('chinese-days').then((lib) => { calendar.value = calendarOf(lib) }, () => {
    // then nothing is known of any year, and the screen says so
    calendar.value = { ...WEEKENDS, knows: () => false }
  })
}

/** Of the days shown: those that are free, and the years whose holidays nobody knows yet, so that only weekends are. */
export interface RestDays { restDays: Readonly<Ref<string[]>>, unknownYears: Readonly<Ref<number[]>> }

/** The free days among `days` (YYYY-MM-DD). */
export function useRestDays(days: Readonly<Ref<string[]>>): RestDays {
  if (!calendar.value) load()
  const of = computed(() => calendar.value ?? WEEKENDS)
  const years = computed(() => [...new Set(days.value.map(day => Number(day.slice(0, 4))))])
  return {
    restDays: computed(() => days.value.filter(of.value.isFree)),
    unknownYears: computed(() => years.value.filter(year => !of.value.knows(year))),
  }
}
