/** The lines of a week by which people say when they can serve; a line and a part of its day are one code. */
export type WeekLine = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun' | 'holiday'
export type DayPart = 'day' | 'evening' | 'night'
export type HourCode = `${WeekLine}.${DayPart}`
/** What somebody says of today: 今天可以, 今天不行, or neither. */
export type TodayAnswer = 'can' | 'cannot' | 'nothing'

/** Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const satisfies readonly WeekLine[]
/** The days by which people say when they can serve; a public holiday goes by its own line. */
export const WEEK_LINES: readonly WeekLine[] = [...WEEKDAYS, 'holiday']
/** The parts of a day; a night belongs to the day it begins on. */
export const DAY_PARTS: readonly DayPart[] = ['day', 'evening', 'night']
/** Every part of a week. SQL: private.week_parts. */
export const HOUR_CODES: readonly HourCode[] =
  WEEK_LINES.flatMap(line => DAY_PARTS.map((part): HourCode => `${line}.${part}`))
