import type { DayPart, HourCode, WeekLine } from './weekParts.ts'
import { HOUR_CODES, WEEKDAYS } from './weekParts.ts'

/** The four ways in which somebody who reports in says when they can serve; each stands for parts of the week. */
export type TimeChoice = 'workday' | 'evening' | 'weekend' | 'night'
export const TIME_CHOICES = ['workday', 'evening', 'weekend', 'night'] as const satisfies readonly TimeChoice[]

const WORKDAYS: readonly WeekLine[] = WEEKDAYS.slice(0, 5)
const FREE_DAYS: readonly WeekLine[] = ['sat', 'sun', 'holiday']
const cross = (lines: readonly WeekLine[], parts: readonly DayPart[]): HourCode[] =>
  lines.flatMap(line => parts.map((part): HourCode => `${line}.${part}`))
const PARTS: Readonly<Record<TimeChoice, readonly HourCode[]>> = {
  workday: cross(WORKDAYS, ['day']),
  evening: cross(WORKDAYS, ['evening']),
  weekend: cross(FREE_DAYS, ['day', 'evening']),
  night: cross([...WORKDAYS, ...FREE_DAYS], ['night']),
}

/** The parts of the week that these choices mean, in their fixed order. */
export function fitsOf(choices: readonly TimeChoice[]): HourCode[] {
  return HOUR_CODES.filter(code => choices.some(choice => PARTS[choice].includes(code)))
}

/** The choices that parts of the week hold whole; `others`: there are parts besides them. */
export function timesOf(fits: readonly HourCode[] | null): { choices: TimeChoice[], others: boolean } {
  const choices = TIME_CHOICES.filter(choice => PARTS[choice].every(code => fits?.includes(code)))
  const told = fitsOf(choices)
  return { choices, others: (fits ?? []).some(code => !told.includes(code)) }
}
