import type { HolidayDay } from '#domain/holidayDays.ts'
import { daysAfter } from '#domain/holidayDays.ts'
import { atShanghai, dayKey, shanghai } from '#domain/time.ts'

/**
 * What does not add up in a notice. weekday: it names another day of the week than the date has, so the year is
 * probably another; count: it says 共n天 and names `days` of them.
 */
export type NoticeDoubt =
  | { code: 'weekday', name: string, day: string }
  | { code: 'count', name: string, said: number, days: number }
/** A notice as read. `year`: the one its title names, null if none. */
export interface HolidayNotice { year: number | null, days: HolidayDay[], doubts: NoticeDoubt[] }

const SECTION = /(?:^|[\s。])[一二三四五六七八九十]+、\s*([^：:。\s]{1,20})[：:]/g
const DATE = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?/g
const WEEKDAYS = '一二三四五六日'

/** The year that the title of a notice names (关于2026年部分节假日安排的通知). */
export function yearOfNotice(text: string): number | null {
  const found = /(\d{4})年部分节假日/.exec(text.normalize('NFKC'))
  return found ? Number(found[1]) : null
}

/**
 * Reads the State Council's notice of a year's holidays, as it is published every November: 一、元旦：1月1日（周四）至3日
 * （周六）放假调休，共3天。1月4日（周日）上班。 Text around it is left out.
 * @param text the notice, or its list alone
 * @param year which year's it is; dates before the new year carry their own
 */
export function readHolidayNotice(text: string, year: number): HolidayNotice {
  const plain = text.normalize('NFKC')
  const heads = [...plain.matchAll(SECTION)]
  const parts = heads.map((head, i) => {
    const from = head.index + head[0].length
    return readSection(head[1]!, plain.slice(from, heads[i + 1]?.index ?? plain.length), year)
  })
  const days = new Map(parts.flatMap(p => p.days).map(d => [d.day, d]))
  return {
    year: yearOfNotice(plain),
    days: [...days.values()].sort((a, b) => a.day < b.day ? -1 : 1),
    doubts: parts.flatMap(p => p.doubts),
  }
}

/** One holiday: its free days and the weekends worked for them. */
function readSection(title: string, body: string, year: number): Omit<HolidayNotice, 'year'> {
  const name = title.slice(0, 10)
  const days: HolidayDay[] = []
  const doubts: NoticeDoubt[] = []
  // newspapers put a comma where the notice has a full stop: 共3天，1月4日上班
  for (const sentence of body.split(/[。;]|(?<=\d天),/)) {
    const [rest, work] = [sentence.indexOf('放假'), sentence.indexOf('上班')]
    if (rest < 0 && work < 0) continue
    const kind = rest >= 0 ? 'rest' : 'work'
    const found = datesIn(sentence.slice(0, rest >= 0 ? rest : work), year)
    days.push(...found.days.map(day => ({ day, kind, name } as const)))
    doubts.push(...found.wrong.map(day => ({ code: 'weekday', name, day } as const)))
    const said = Number(/共(\d+)天/.exec(sentence)?.[1] ?? found.days.length)
    if (rest >= 0 && said !== found.days.length) doubts.push({ code: 'count', name, said, days: found.days.length })
  }
  return { days, doubts }
}

/** The days a sentence names, 至 and the like between two for all in between; `wrong`: on another day of the week. */
function datesIn(text: string, year: number): { days: string[], wrong: string[] } {
  const days: string[] = []
  const wrong: string[] = []
  let month = 1
  let end = 0
  for (const found of text.matchAll(DATE)) {
    const [whole, y, m, d, note = ''] = found
    month = m ? Number(m) : month
    const day = dayOf(y ? Number(y) : year, month, Number(d))
    if (day === null) continue
    const weekday = /(?:周|星期)([一二三四五六日])/.exec(note)?.[1]
    if (weekday && WEEKDAYS.indexOf(weekday) + 1 !== shanghai(atShanghai(day)).weekday) wrong.push(day)
    const between = days.length > 0 && /^\s*[至到—–~-]/.test(text.slice(end, found.index))
    days.push(...between ? daysAfter(days.at(-1)!, day) : [day])
    end = found.index + whole.length
  }
  return { days, wrong }
}

/** A date as YYYY-MM-DD; null if the calendar has no such day. */
function dayOf(year: number, month: number, day: number): string | null {
  const key = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const at = Date.parse(`${key}T00:00:00Z`)
  return Number.isFinite(at) && dayKey(atShanghai(key)) === key ? key : null
}
