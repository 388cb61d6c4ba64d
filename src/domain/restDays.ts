import { atShanghai, shanghai } from './time.ts'

/** Days by the statutory calendar, as YYYY-MM-DD: free ones, and weekends worked in their place (调休). */
export interface HolidayTable { holidays: Readonly<Record<string, string>>, workdays: Readonly<Record<string, string>> }

/** Before a table is loaded. */
export const NO_HOLIDAYS: HolidayTable = { holidays: {}, workdays: {} }

/** Is the day, as YYYY-MM-DD, a free one? A weekend, unless the table says otherwise. */
export function isRestDay(day: string, { holidays, workdays }: HolidayTable): boolean {
  if (day in holidays) return true
  return !(day in workdays) && shanghai(atShanghai(day)).weekday > 5
}

/** The years of these days that the table has nothing about: holidays are published in the November before. */
export function unknownYears(days: readonly string[], { holidays }: HolidayTable): number[] {
  const known = new Set(Object.keys(holidays).map(day => day.slice(0, 4)))
  return [...new Set(days.map(day => day.slice(0, 4)))].filter(year => !known.has(year)).map(Number)
}
