import { personName } from './text.ts'

/** One entry of a 接龙: its number, and what the person wrote. */
export interface ChainLine { n: number, text: string }
/** A 接龙 as it was pasted. `head`: what stands above the entries, which holds for all of them. */
export interface Chain { head: string, lines: ChainLine[] }

const INVISIBLE = /[\p{Cf}\uFE0F]/gu
/** A number with its mark, or a blank and a word; not the start of hours or of a date: 20:00-24:00, 12.1 晚, 12月1日. */
const NUMBERED = new RegExp([
  /^\s*(\d{1,3})(?:\s*[、,)。]\s*|\s*[.:-](?:\s+|(?!\d))|\s+(?=[@\p{L}]{2})(?![月日号点栋至到人个位]))/u, /(\S.*)$/u,
].map(part => part.source).join(''), 'u')
/** A number whose person has written nothing yet. */
const EMPTY = /^\s*\d{1,3}\s*[.、,:)。-]?$/

/**
 * Reads what was copied out of a group chat, one chain for each list in it: a number that does not go up, or a line
 * with #接龙, begins the next. Entries are numbered lines; a text without numbers has one entry a line. Other lines
 * among the entries are entries too, with the number before them: none is lost. Empty entries, which a chat leaves for
 * the next person, are left out.
 */
export function readChains(pasted: string): Chain[] {
  const lines = pasted.normalize('NFKC').replace(INVISIBLE, '').split(/\r?\n/).map(line => line.trim()).filter(Boolean)
  if (!lines.some(line => NUMBERED.test(line))) {
    const entries = lines.filter(line => !EMPTY.test(line))
    return entries.length > 0 ? [{ head: '', lines: entries.map((text, i) => ({ n: i + 1, text })) }] : []
  }
  const chains: Chain[] = []
  let heading: string[] = []
  for (const [i, line] of lines.entries()) {
    const last = chains.at(-1)
    const numbered = NUMBERED.exec(line)
    if (numbered) {
      const [n, text] = [numbered[1]!, numbered[2]!]
      if (last === undefined || heading.length > 0 || n === '1') chains.push({ head: heading.join('\n'), lines: [] })
      heading = []
      chains.at(-1)!.lines.push({ n: Number(n), text })
    }
    else if (!EMPTY.test(line)) {
      const heads = last === undefined || heading.length > 0 || startsChain(lines.slice(i), last)
      if (heads) heading.push(line)
      else last.lines.push({ n: last.lines.at(-1)!.n, text: line })
    }
  }
  return chains
}

/** Is the first of these lines the head of another chain: #接龙, or above a number that does not go up? */
function startsChain(lines: readonly string[], before: Chain): boolean {
  if (/^#?\s*接龙/.test(lines[0]!)) return true
  const next = lines.map(line => NUMBERED.exec(line)).find(found => found !== null)
  return next !== undefined && next !== null && Number(next[1]) <= before.lines.at(-1)!.n
}

/** When a shift is, as far as a text says so. Hours are those of a clock, 0 to 24; a weekday is 1 (Monday) to 7. */
export interface Clues {
  codes: string[]
  /** dates it names; a day without its month has none */
  dates: { month: number | null, day: number }[]
  weekdays: number[]
  /** it means the next week's, not this one's */
  nextWeek: boolean
  /** days from today */
  ahead: number | null
  from: number | null
  to: number | null
  /** the part of the day in which the shift begins */
  part: Part | null
}
type Part = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night'

const PHONE = /1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8}|\d{7,}/g
const CODE = /(?<![A-Z\d])([A-Z]\d{3})(?!\d)/gi
/** 3号 is a day, 3号楼 and 1号门 are places */
const DATE = /(?:(\d{1,2})\s?[月./]\s?)?(?<!\d)(\d{1,2})\s?(?:日|号(?![楼门岗栋院库桥线口]))/g
/** 12-1 is a date only where hours follow */
const SLASHED =
  /(?<![\d:.])(\d{1,2})(?:[./](\d{1,2})(?![\d:./])|-(\d{1,2})(?=\s\D{0,20}\d\d?(?::\d\d)?\s?[点时]?\s?[-–—~至到]))/g
const WEEKDAY = /(?:周|星期|礼拜)([一二三四五六日天]+)/g
const LATER = '(?:次日|第二天|隔天|[明后]天|[明今次][早晚晨])?\\s?(?:凌晨|清晨|早[上晨]?|[上中下]午|晚上?|夜里)?'
const HOUR = '(\\d{1,2})(?::(\\d\\d))?(?:\\s?[点时](半)?)?'
const HOURS = new RegExp(`${HOUR}\\s?[-–—~至到]+\\s?(${LATER})${HOUR}`)
/** Monday first; Sunday has two names */
const WEEKDAYS = '一二三四五六日天'
const AHEAD: [RegExp, number][] = [[/大后天/, 3], [/后天/, 2], [/明[天晚早]|明日/, 1], [/今[天晚早日]/, 0]]
const PARTS: [RegExp, Part][] = [
  [/凌晨|半夜|后半夜|夜班|夜里|通宵/, 'night'], [/晚/, 'evening'], [/下午/, 'afternoon'], [/中午/, 'noon'],
  [/早|上午|清晨/, 'morning'],
]
const partOf = (text: string): Part | null => PARTS.find(([word]) => word.test(text))?.[1] ?? null

/** What a text says of when a shift is. Hours are those of the day where it says which: 晚8点 is 20. */
export function readClues(said: string): Clues {
  const text = said.replace(PHONE, ' ').replace(/\s+/g, ' ')
  const written = [...text.matchAll(DATE)]
  const dates = written.length > 0 ? written : [...text.matchAll(SLASHED)].filter(m => Number(m[1]) <= 12)
  // a date before the hours is no hour: 12-1 20-24
  const undated = dates.reduce((left, [date]) => left.replace(date, ' '), text)
  const hours = HOURS.exec(undated)
  // 明早 in 20点至明早8点 tells of the end
  const rest = hours ? undated.replace(hours[0], ' ') : undated
  const part = partOf(rest)
  return {
    codes: [...text.matchAll(CODE)].map(m => m[1]!.toUpperCase()),
    dates: dates.map(m => ({ month: m[1] ? Number(m[1]) : null, day: Number(m[2] ?? m[3]) })),
    weekdays: [...text.matchAll(WEEKDAY)].flatMap(m => [...m[1]!].map(d => Math.min(WEEKDAYS.indexOf(d), 6) + 1)),
    nextWeek: /下个?(?:周|星期|礼拜)/.test(text),
    ahead: AHEAD.find(([word]) => word.test(rest))?.[1] ?? null,
    ...hoursOf(hours, part),
    part,
  }
}

/** The hours as a clock of 24 has them, as far as a part of the day tells. */
function hoursOf(found: RegExpExecArray | null, part: Part | null): Pick<Clues, 'from' | 'to'> {
  if (!found) return { from: null, to: null }
  const [, h1, m1, half1, later = '', h2, m2, half2] = found
  const hour = (h: string | undefined, m: string | undefined, half: string | undefined): number | null =>
    Number(h) > 24 ? null : Number(h) + (half ? 0.5 : Number(m ?? 0) / 60)
  const [first, last] = [hour(h1, m1, half1), hour(h2, m2, half2)]
  if (first === null || last === null) return { from: null, to: null }
  const from = h1!.startsWith('0') ? first : afternoonOf(first, part)
  if (partOf(later) !== null) return { from, to: afternoonOf(last, partOf(later)) }
  // 晚8-12 ends at midnight, 早8-2 at two in the afternoon, 夜班10-6 in the morning
  const turns = first <= 12 && last <= 12 && !h2!.startsWith('0') && later === ''
  const isLater = part === 'morning' ? last <= from : part !== null && from >= 12 && last + 12 > from
  return { from, to: turns && isLater ? last + 12 : last }
}

/** An hour of twelve as one of twenty-four. */
function afternoonOf(hour: number, part: Part | null): number {
  switch (part) {
    case 'evening': return hour < 12 && hour >= 4 ? hour + 12 : hour === 12 ? 24 : hour
    case 'afternoon': return hour < 12 ? hour + 12 : hour
    case 'noon': return hour <= 4 ? hour + 12 : hour
    case 'night': return hour >= 7 && hour < 12 ? hour + 12 : hour === 12 ? 0 : hour
    case 'morning':
    case null: return hour
  }
}

/** Does the entry take a yes back, say no, or speak of somebody in the place of another? */
export function isRefusal(text: string): boolean {
  return /取消|退出|不[来去报参]|[来去到]不了|不能|不行|没空|没时间|有事|请假|撤|替|代班|顶班|换[人班成]|改[成为]/.test(text)
}

/** Does the entry bring somebody whose name it does not say: 张三+1, 李四(两人)? */
export function bringsMore(text: string): boolean {
  return /\+\s*[\d一二两三]|(?<!\d)[两二三四五2-9]\s*个?[人位名口]|夫妻|夫妇|一家|带\s?[一1]\s?[人个位]|和我/.test(text)
}

/** The name an entry begins with, for one that is on no list: up to the first figure, blank or mark. */
export function firstName(text: string): string {
  const [name = ''] = text.replace(/^[@\s]+/, '').split(/[\s\d,，;；(（:：+＋、/-]/)
  return personName(name)
}
