import { expect, it } from 'vitest'
import { dayKey } from '#domain/time.ts'
import { dayBeside, periodOf } from './usePeriod.ts'

const MONTHS = Array.from(
  { length: 36 }, (_, i) => `${2026 + Math.floor(i / 12)}-${String(i % 12 + 1).padStart(2, '0')}`,
)

it.each(MONTHS)('from %s to a week of it, and back to the month', (month) => {
  const { starts } = periodOf('month', `${month}-01`)
  const week = periodOf('week', dayBeside(starts))
  expect(dayKey(periodOf('month', dayBeside(week.starts)).starts)).toBe(`${month}-01`)
})
