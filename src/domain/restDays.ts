import type { Holiday } from './rows.ts'
import type { DayKind } from './words.ts'
import { atShanghai, shanghai } from './time.ts'

/** Days by the statutory calendar, as YYYY-MM-DD: free ones, and weekends worked in their place (调休). */
export interface HolidayTable { holidays: Readonly<Record<string, string>>, workdays: Readonly<Record<string, string>> }

/** The calendar of this phone's rows; each day with its name. */
export function holidayTable(rows: readonly Omit<Holiday, 'id'>[]): HolidayTable {
  const of = (kind: DayKind): Record<string, string> =>
    Object.fromEntries(rows.filter(row => row.kind === kind).map(({ day, name }) => [day, name]))
  return { holidays: of('rest'), workdays: of('work') }
}

/** Before the rows are read. */
export const NO_HOLIDAYS: HolidayTable = { holidays: {}, workdays: {} }

/** Is the day, as YYYY-MM-DD, a free one? A weekend, unless the table says otherwise. */
export function isRestDay(day: string, { holidays, workdays }: HolidayTable): boolean {
  if (day in holidays) return true
  return !(day in workdays) && shanghai(atShanghai(day)).weekday > 5
}

/** Which days (YYYY-MM-DD) are free, and which are public holidays; a holiday is not among the free days. */
export interface Calendar { rest: (day: string) => boolean, holiday: (day: string) => boolean }

/** A table as two questions about a day. */
export function calendarOf(table: HolidayTable): Calendar {
  const holiday = (day: string): boolean => day in table.holidays
  return { holiday, rest: day => !holiday(day) && isRestDay(day, table) }
}

/** The years of these days that the table has nothing about: holidays are published in the November before. */
export function unknownYears(days: readonly string[], { holidays }: HolidayTable): number[] {
  const known = new Set(Object.keys(holidays).map(day => day.slice(0, 4)))
  return [...new Set(days.map(day => day.slice(0, 4)))].filter(year => !known.has(year)).map(Number)
}
