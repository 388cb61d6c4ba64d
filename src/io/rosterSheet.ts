import type { BookRow, BookSheet } from './book/sheet.ts'
import type { Clues } from './chain.ts'
import { readClues } from './chain.ts'
import { dayOfCell, daysAcross, daysBelow, isHead, nearOf } from './rosterDays.ts'
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

/** The names in a cell; words for nobody, and those that tell of empty places, are none. */
function namesIn(cell: string): string[] {
  // 1.王建国 2.李素芬
  const words = cell.split(/[、,;/|+&]+|\s+(?=(?:\d{1,2}[.)、]?\s?)?\p{Script=Han}{2})/u)
    .map(word => personName(word.replace(/^\s*\d{1,2}[.)]?\s*(?=\p{Script=Han})/u, '')))
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

/** The form with days across; null if it is another. Each row of days is the head of the rows below it. */
function tableOfDays(sheet: string, rows: readonly BookRow[], near: string): RosterReading | null {
  const at = rows.slice(0, LAST_HEADER_ROW).findIndex(({ cells }) => isHead(cells, daysAcross(cells, near), null))
  if (at < 0) return null
  let days: (string | null)[] = []
  let hours: readonly string[] = []
  const entries: RosterEntry[] = []
  const problems: RosterProblem[] = []
  for (const { line, cells } of rows.slice(at)) {
    const heads = daysBelow(cells, days, near)
    if (isHead(cells, heads, rows[at]!.cells)) {
      days = heads
      hours = []
      continue
    }
    const first = days.findIndex(day => day !== null)
    const right = cells.slice(first)
    if (isWeekdays(right) || right.every(cell => cell === '')) continue
    if (right.every(cell => cell === '' || isHours(cell))) {
      hours = cells
      continue
    }
    const labels = [...new Set(cells.slice(0, first).filter(cell => cell !== '' && !/^\d{1,3}$/.test(cell)))]
    const label = labels.join(' ')
    const where = labels.filter(cell => !isHours(cell)).join(' ') || label
    if (label === '') {
      problems.push({ sheet, line, code: 'no_where', text: cells.filter(Boolean).join(' ').slice(0, 40) })
      continue
    }
    for (const [col, day] of days.entries()) {
      const names = namesIn(cells[col] ?? '')
      if (day === null || names.length === 0) continue
      entries.push({ sheet, line, day, where, ...hoursIn(`${label} ${hours[col] ?? ''}`), names })
    }
  }
  return { entries, problems }
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
