import { dayKey } from '#domain/time.ts'
import { cellText } from './text.ts'

const DAY = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$/
const FIGURES = /^(\d{4})(\d\d)(\d\d)$/

/**
 * A day as people write it: 2021-07-01, 2021/7/1, 2021年7月1日, 20210701; of a month or a year alone the first day, or,
 * with `end`, the last. `worked`: it had to be worked out, so that a person should look at it. Null for what is no day.
 */
export function readDay(value: string, end = false): { day: string, worked: boolean } | null {
  const text = cellText(value).replace(/\s/g, '').replace(/T?00:00(?::00)?$/, '')
  const [, year, month, date] = FIGURES.exec(text) ?? DAY.exec(text) ?? []
  if (year === undefined) return null
  const [y, m] = [Number(year), month ? Number(month) : end ? 12 : 1]
  const day = realDay(y, m, date ? Number(date) : end ? lastOf(y, m) : 1)
  return day === null ? null : { day, worked: date === undefined }
}

/** The last day of a month, as a figure. */
function lastOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function realDay(year: number, month: number, date: number): string | null {
  const two = (n: number): string => String(n).padStart(2, '0')
  const key = `${year}-${two(month)}-${two(date)}`
  const at = Date.parse(`${key}T00:00:00+08:00`)
  return Number.isFinite(at) && dayKey(at) === key ? key : null
}
