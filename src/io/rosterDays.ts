import { atShanghai, DAY, dayKey, daysBetween, ms } from '#domain/time.ts'

/** Days side by side that make a row the head of a table of days. */
const FEWEST_DAYS = 3

/** The month that a title names (2026年12月), else the one that is meant anyhow. */
export function nearOf(title: string, near: string): string {
  const year = /(\d{4})\s*年/.exec(title)?.[1]
  const month = /(?<!\d)(\d{1,2})\s*月/.exec(title)?.[1]
  if (month && !year) return dayOfCell(`${month}月1日`, near) ?? near
  return `${year ?? near.slice(0, 4)}-${month ? month.padStart(2, '0') : near.slice(5, 7)}-01`
}

/** A cell as a day, or null. A day without a month is one of the month of `near`, without a year the nearest. */
export function dayOfCell(text: string, near: string): string | null {
  const full = /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:\s.*|\(.*)?$/.exec(text)
  if (full) return real(Number(full[1]), Number(full[2]), Number(full[3]))
  const short = /^(?:(\d{1,2})[月./-])?(\d{1,2})[日号]?(?:\(?(?:周|星期)?[一二三四五六日天]\)?)?$/.exec(text.replace(/\s/g, ''))
  if (!short) return null
  const [year, month] = near.split('-').map(Number) as [number, number]
  const said = short[1] ? Number(short[1]) : month
  // January in a sheet of December is next year's, and the other way round
  const turn = said - month > 6 ? -1 : month - said > 6 ? 1 : 0
  return real(year + turn, said, Number(short[2]))
}

function real(year: number, month: number, day: number): string | null {
  const key = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const at = Date.parse(`${key}T00:00:00+08:00`)
  return Number.isFinite(at) && dayKey(at) === key ? key : null
}

/** The days of a row's cells; figures that fall back (30 31 1 2) go on in the next month. */
export function daysAcross(cells: readonly string[], near: string): (string | null)[] {
  let last: string | null = null
  return cells.map((cell) => {
    const day = dayOfCell(cell, last ?? near)
    const falls = last !== null && day !== null && day < last && /^\d{1,2}[日号]?$/.test(cell)
    const turned = falls ? dayOfCell(cell, nextMonth(last!)) : day
    last = turned ?? last
    return turned
  })
}

/** The same for a row below the days of another block: of its months, the one that is nearest to them. */
export function daysBelow(
  cells: readonly string[], above: readonly (string | null)[], near: string,
): (string | null)[] {
  const found = above.filter(day => day !== null)
  const [first, last] = [found[0], found.at(-1)]
  if (first === undefined || last === undefined) return daysAcross(cells, near)
  const after = dayKey(atShanghai(last) + DAY)
  const off = (days: readonly (string | null)[]): number =>
    Math.abs(daysBetween(atShanghai(first), atShanghai(days.find(day => day !== null) ?? '9999-01-01')))
  const [same, next] = [daysAcross(cells, first), daysAcross(cells, after)]
  return off(next) < off(same) ? next : same
}

/** A day of the month after. */
function nextMonth(day: string): string {
  return dayKey(atShanghai(`${day.slice(0, 7)}-28`) + 5 * DAY)
}

/** Is a row that of the sums? Their figures are no days. */
function isSum(cells: readonly string[]): boolean {
  return /^(?:合计|小计|总计|总人数|人数合计)/.test(cells.find(cell => cell !== '') ?? '')
}

/**
 * Is a row the head of a table: three days that follow each other? Below a head (`above`), figures may be counts of
 * people: they are days where the row begins in the same way, or from five on. Fewer dates are the rest of a month.
 */
export function isHead(
  cells: readonly string[], days: readonly (string | null)[], above: readonly string[] | null,
): boolean {
  if (isSum(cells)) return false
  const found = [...new Set(days.filter(day => day !== null))]
  const right = cells.slice(days.findIndex(day => day !== null)).filter(cell => cell !== '')
  const written = right.every((cell, i) => i >= found.length || /[月日号./]|\d{4}-/.test(cell))
  if (follow(days) >= FEWEST_DAYS)
    return above === null || written || cells[0] === above[0] || (found.length >= 5 && follow(found) === found.length)
  return found.length > 0 && follow(found) === found.length && cells[0] === above?.[0] && written
    && right.every(cell => dayOfCell(cell, found[0]!) !== null)
}

/** How many days stand in a row, each the one after the last. */
function follow(days: readonly (string | null)[]): number {
  const found = days.filter(day => day !== null)
  return found.filter((day, i) => i === 0 || ms(`${day}T00:00Z`) - ms(`${found[i - 1]!}T00:00Z`) === DAY).length
}
