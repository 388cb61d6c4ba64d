import type { HolidayDay } from '#domain/holidayDays.ts'
import type { DayKind } from '#domain/words.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { act } from './answer.ts'

const KIND: v.GenericSchema<unknown, DayKind> = v.picklist(['rest', 'work'])
const DAYS = { days: v.array(v.object({ day: v.string(), kind: KIND, name: v.string() })) }

/** The days of a year that differ from the days of the week, in order; for admins. Refused forbidden. */
export function holidays(connection: Connection, year: number): Promise<AppliedAnswer<typeof DAYS> | Setback> {
  return act(connection, 'holidays', { p_year: year }, DAYS)
}

/**
 * Makes these the days of a year; the others of that year go.
 * Refused forbidden: only admins; invalid: `detail.field` = year (before 2020) or days (one twice, or of another year).
 * @param connection the server
 * @param year whose calendar it is; its days may begin in December before
 * @param days at most 100
 */
export function saveHolidays(
  connection: Connection, year: number, days: readonly HolidayDay[],
): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'save_holidays', { p_year: year, p_days: days.map(d => ({ ...d })) }, {})
}
