import type { BookRow, BookSheet } from './book/sheet.ts'
import type { Clues } from './chain.ts'
import { DAY, dayKey, ms } from '#domain/time.ts'
import { readClues } from './chain.ts'
import { cellText, isNothing, personName } from './text.ts'

/** Some people on one shift, as a sheet says it; `where` = its words for the place. */
export interface RosterEntry {
  sheet: string
  line: number
  /** YYYY-MM-DD */
  day: string
  where: string
  /** the hours, as far as the sheet says them: 'HH:mm', or a part of the day */
  from: string | null
  to: string | null
  part: Clues['part']
  names: string[]
}
/** Why a line of a sheet was not read. */
export interface RosterProblem { sheet: string, line: number, code: 'no_day' | 'no_names' | 'no_where', text: string }
export interface RosterReading { entries: RosterEntry[], problems: RosterProblem[] }

/** Rows that may stand above the header. */
const LAST_HEADER_ROW = 20
/** Days side by side that make a row the head of a table of days. */
const FEWEST_DAYS = 3

/**
 * Reads a duty roster as coordinators keep it, in either form: a table of days (posts and shifts down, days across,
 * names in the cells), or a list (day, hours, place and names in columns).
 * @param book an open spreadsheet; hidden sheets are left out
 * @param near YYYY-MM-DD: which year and month is meant where the sheet does not say
 */
export function readRosterSheet(book: readonly BookSheet[], near: string): RosterReading {
  const readings = book.filter(s => !s.hidden).map((sheet) => {
    const rows = sheet.rows.filter(row => !row.hidden).map(row => ({ ...row, cells: row.cells.map(cellText) }))
    const about = [sheet.name, ...rows.slice(0, 3).flatMap(row => row.cells.slice(0, 1))].join(' ')
    const when = nearOf(about, near)
    return tableOfDays(sheet.name, rows, when) ?? listOfShifts(sheet.name, rows, when) ?? { entries: [], problems: [] }
  })
  return { entries: readings.flatMap(r => r.entries), problems: readings.flatMap(r => r.problems) }
}

/** The month that a title names (2026年12月), else the one that is meant anyhow. */
function nearOf(title: string, near: string): string {
  const year = /(\d{4})\s*年/.exec(title)?.[1] ?? near.slice(0, 4)
  const month = /(?<!\d)(\d{1,2})\s*月/.exec(title)?.[1]
  return `${year}-${month ? month.padStart(2, '0') : near.slice(5, 7)}-01`
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

/** The names in a cell; words for nobody, and those that tell of empty places, are none. */
function namesIn(cell: string): string[] {
  const words = cell.split(/[、,;/|]+|\s+(?=\p{Script=Han}{2})/u).map(personName)
  const isName = (word: string): boolean => word !== '' && !isNothing(word) && !/^\d|^缺\s?\d+\s?人$/.test(word)
  return isNothing(cell) ? [] : [...new Set(words.filter(isName))]
}

/** The hours that some words say, as 'HH:mm'. */
function hoursIn(text: string): Pick<RosterEntry, 'from' | 'to' | 'part'> {
  const { from, to, part } = readClues(text)
  const clock = (hour: number | null): string | null => hour === null
    ? null
    : `${String(Math.floor(hour) % 24).padStart(2, '0')}:${String(Math.round(hour % 1 * 60)).padStart(2, '0')}`
  return from === null || to === null ? { from: null, to: null, part } : { from: clock(from), to: clock(to), part }
}

/** Does a cell say when, and nothing else: 8:00-14:00, 早班, 夜班(20-8点)? */
function isHours(cell: string): boolean {
  const { from, part } = readClues(cell)
  return (from !== null || part !== null) && cell.replace(/[\d:：\-–—~至到次第二天日早中晚夜白上下午凌晨通宵班点时段()\s]/g, '') === ''
}

/** A weekday, with what it is by the calendar */
const WEEKDAY = /^(?:(?:周|星期)?[一二三四五六日天]|mon|tue|wed|thu|fri|sat|sun)(?:\s?(?:休|班|off|on))?$/i
/** The row of weekdays below that of the days. */
function isWeekdays(cells: readonly string[]): boolean {
  const words = cells.filter(cell => cell !== '')
  return words.length > 0 && words.every(word => WEEKDAY.test(word))
}

/** The form with days across; null if it is another. */
function tableOfDays(sheet: string, rows: readonly BookRow[], near: string): RosterReading | null {
  const daysOf = (row: BookRow): (string | null)[] => row.cells.map(cell => dayOfCell(cell, near))
  const at = rows.slice(0, LAST_HEADER_ROW).findIndex(row => follow(daysOf(row)) >= FEWEST_DAYS)
  if (at < 0) return null
  const days = daysOf(rows[at]!)
  const first = days.findIndex(day => day !== null)
  const entries: RosterEntry[] = []
  const problems: RosterProblem[] = []
  for (const { line, cells } of rows.slice(at + 1)) {
    if (isWeekdays(cells.slice(first))) continue
    const labels = [...new Set(cells.slice(0, first).filter(cell => cell !== '' && !/^\d{1,3}$/.test(cell)))]
    const label = labels.join(' ')
    const where = labels.filter(cell => !isHours(cell)).join(' ') || label
    const filled = cells.slice(first).some(cell => cell !== '')
    if (!filled) continue
    if (label === '') {
      problems.push({ sheet, line, code: 'no_where', text: cells.filter(Boolean).join(' ').slice(0, 40) })
      continue
    }
    for (const [col, day] of days.entries()) {
      const names = namesIn(cells[col] ?? '')
      if (day !== null && names.length > 0) entries.push({ sheet, line, day, where, ...hoursIn(label), names })
    }
  }
  return { entries, problems }
}

/** How many days stand in a row, each the one after the last. */
function follow(days: readonly (string | null)[]): number {
  const found = days.filter(day => day !== null)
  return found.filter((day, i) => i === 0 || ms(`${day}T00:00Z`) - ms(`${found[i - 1]!}T00:00Z`) === DAY).length
}

const COLUMNS = {
  day: /日期|时间\(日\)|值班日|^date$/i,
  hours: /时段|班次|时间|几点|^time$|^shift$/i,
  where: /岗位|地点|点位|楼栋|小区|卡口|位置|^post$|^place$/i,
  names: /姓名|人员|值班人|值守人|带班|名单|^name$|^people$/i,
} as const

/** The form with a line for each shift; null if it is another. */
function listOfShifts(sheet: string, rows: readonly BookRow[], near: string): RosterReading | null {
  const at = rows.slice(0, LAST_HEADER_ROW).findIndex(({ cells }) =>
    cells.some(c => COLUMNS.day.test(c)) && cells.some(c => COLUMNS.names.test(c)))
  if (at < 0) return null
  const head = rows[at]!.cells
  const dayAt = head.findIndex(c => COLUMNS.day.test(c))
  const of = (column: RegExp): number[] => head.flatMap((c, i) => i !== dayAt && column.test(c) ? [i] : [])
  const [hoursAt, whereAt, namesAt] = [of(COLUMNS.hours), of(COLUMNS.where), of(COLUMNS.names)]
  const entries: RosterEntry[] = []
  const problems: RosterProblem[] = []
  for (const { line, cells } of rows.slice(at + 1)) {
    const text = cells.filter(Boolean).join(' ').slice(0, 40)
    if (text === '') continue
    const said = (columns: readonly number[]): string => columns.map(i => cells[i] ?? '').filter(Boolean).join(' ')
    const day = dayOfCell(cells[dayAt] ?? '', near)
    const names = namesAt.flatMap(i => namesIn(cells[i] ?? ''))
    const where = said(whereAt)
    const code = day === null ? 'no_day' : names.length === 0 ? 'no_names' : where === '' ? 'no_where' : null
    if (code !== null || day === null) problems.push({ sheet, line, code: code ?? 'no_day', text })
    else entries.push({ sheet, line, day, where, ...hoursIn(said(hoursAt)), names })
  }
  return { entries, problems }
}
