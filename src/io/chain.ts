import { personName } from './text.ts'

/** One entry of a 接龙: its number, and what the person wrote. */
export interface ChainLine { n: number, text: string }
/** A 接龙 as it was pasted. `head`: what stands above the entries, which holds for all of them. */
export interface Chain { head: string, lines: ChainLine[] }

const INVISIBLE = /[\p{Cf}\uFE0F]/gu
const NUMBERED = /^\s*(\d{1,3})\s*[.、．:：)）。]\s*(\S.*)$/

/**
 * Reads what was copied out of a group chat. Entries are numbered lines; a text without numbers has one entry a line.
 * Empty entries, which a chat leaves for the next person, are left out.
 */
export function readChain(pasted: string): Chain {
  const lines = pasted.normalize('NFKC').replace(INVISIBLE, '').split(/\r?\n/).map(line => line.trim()).filter(Boolean)
  const numbered = lines.map(line => NUMBERED.exec(line))
  const first = numbered.findIndex(found => found !== null)
  if (first < 0) return { head: '', lines: lines.map((text, i) => ({ n: i + 1, text })) }
  return {
    head: lines.slice(0, first).join('\n'),
    lines: numbered.flatMap(found => found ? [{ n: Number(found[1]), text: found[2]! }] : []),
  }
}

/** When and where, as far as a text says so. Hours are those of a clock, 0 to 24; a weekday is 1 (Monday) to 7. */
export interface Clues {
  codes: string[]
  month: number | null
  day: number | null
  weekday: number | null
  /** days from today */
  ahead: number | null
  from: number | null
  to: number | null
  /** the part of the day in which the shift begins */
  part: 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' | null
}

const CODE = /(?<![A-Z\d])([A-Z]\d{3})(?!\d)/gi
const DATE = /(?:(\d{1,2})\s*[月./])?\s*(\d{1,2})\s*[日号]/
const SLASHED = /(?<![\d:])(\d{1,2})[./](\d{1,2})(?![\d:./])/
const WEEKDAY = /(?:周|星期|礼拜)([一二三四五六日天])/
const HOURS = /(\d{1,2})(?::(\d\d))?\s*(?:[点时]\s*)?[\-–—~至到]\s*(?:(?:次日|第二天|明早)\s*)?(\d{1,2})(?::(\d\d))?\s*[点时]?/
/** Monday first; Sunday has two names */
const WEEKDAYS = '一二三四五六日天'
const AHEAD: [RegExp, number][] = [[/后天/, 2], [/明[天晚早]|明日/, 1], [/今[天晚早日]/, 0]]
const PARTS: [RegExp, NonNullable<Clues['part']>][] = [
  [/凌晨|半夜|后半夜|夜班|夜里|通宵/, 'night'], [/晚/, 'evening'], [/下午/, 'afternoon'], [/中午/, 'noon'],
  [/早|上午|清晨/, 'morning'],
]

/** What a text says of when a shift is. */
export function readClues(text: string): Clues {
  const date = DATE.exec(text)
  const slashed = date ? null : SLASHED.exec(text)
  // a date before the hours is no hour: 12-1 20-24
  const hours = HOURS.exec(date ? text.replace(date[0], ' ') : slashed ? text.replace(slashed[0], ' ') : text)
  const hour = (h: string | undefined, m: string | undefined): number | null =>
    h === undefined || Number(h) > 24 ? null : Number(h) + Number(m ?? 0) / 60
  const weekday = WEEKDAY.exec(text)
  return {
    codes: [...text.matchAll(CODE)].map(m => m[1]!.toUpperCase()),
    month: date?.[1] ? Number(date[1]) : slashed ? Number(slashed[1]) : null,
    day: date ? Number(date[2]) : slashed ? Number(slashed[2]) : null,
    weekday: weekday ? Math.min(WEEKDAYS.indexOf(weekday[1]!), 6) + 1 : null,
    ahead: AHEAD.find(([word]) => word.test(text))?.[1] ?? null,
    from: hour(hours?.[1], hours?.[2]),
    to: hour(hours?.[3], hours?.[4]),
    part: PARTS.find(([word]) => word.test(text))?.[1] ?? null,
  }
}

/** Does the entry take a yes back, or say no? */
export const isRefusal = (text: string): boolean => /取消|退出|不来|来不了|不去|去不了|没空|请假|换人/.test(text)

/** Does the entry bring somebody whose name it does not say: 张三+1? */
export const bringsMore = (text: string): boolean => /[+＋]\s*\d/.test(text)

/** The name an entry begins with, for one that is on no list: up to the first figure, blank or mark. */
export function firstName(text: string): string {
  const [name = ''] = text.replace(/^[@\s]+/, '').split(/[\s\d,，;；(（:：+＋、/-]/)
  return personName(name)
}
