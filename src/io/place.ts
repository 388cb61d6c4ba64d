import { cellText, hanNumber } from './text.ts'

/** The number or letter of a building, and its word; 号 and # count only where no clearer word stands (汉口路18号3栋). */
const NUMBER = '(?<![0-9A-Z])(?:[0-9A-Z]{1,4}|[〇零一二两三四五六七八九十百]{1,7})'
const CLEAR = '(?:号楼|楼栋|[栋幢座])'
const WORD = `(?:${CLEAR}|号|#)?`
const ONE = new RegExp(`(${NUMBER}) ?${CLEAR}`, 'gi')
const VAGUE = new RegExp(`(${NUMBER}) ?(?:[号#]楼?|楼)`, 'i')
/** 1-3栋, 4、5栋, 1栋至3栋: several numbers with a word at the last one. */
const SIGN = '[-~–—至到、,;/和及]'
const MANY = new RegExp(`${NUMBER} ?${WORD}(?: ?${SIGN} ?${NUMBER.replace('(?<![0-9A-Z])', '')} ?${WORD})+`, 'gi')
const ENDS_CLEAR = new RegExp(`${CLEAR}$`)
/** 4#、5#: every item of a list has its own vague word, so that it names buildings as a list does. */
const EACH_VAGUE = /^(?:[^#号楼]+(?:[#号]楼?|楼))+$/
const BARE_LIST = /^\d{1,3}(?: ?[、,;/和] ?\d{1,3})+$/
/** 6-1-402 is 6栋, unit 1, room 402. */
const PARTS = /(?<![0-9A-Z-])(\d{1,3}|[A-Z])[-–—]\d{1,4}(?:[-–—]\d{2,5})?室?$/i
/** The 甲 of 6幢甲 and 6幢(甲), which is another building than 6幢乙; 甲单元 is none. */
const MARK = /^[-(]?([甲乙丙丁戊])(?!单元)/
/** Unit and room behind a building, and a mark before them: what may be left out without a word. */
const ROOM = /^[-()甲乙丙丁戊\s\d单元室号层#A-Z]*$/i
/** 6甲栋: a number with a mark of its own. */
const MARKED = new RegExp(`(${NUMBER}) ?([甲乙丙丁戊])${CLEAR}`, 'i')
/** 东楼, 甲栋, 综合楼, at the end or before unit and room: a building that goes by a word. */
const BY_WORD = new RegExp(
  '((?:[东西][南北]|[东南西北中前后主副附裙新老旧甲乙丙丁戊己庚]|综合|办公|商住|商业|公寓|物业|教学|宿舍|配套)[楼栋幢座])'
  + '(?=$|[ \\d(,-])[ \\d单元室号()-]*$',
)
/** A cell that is a name and nothing else, as 幼儿园楼. */
const NAME_ONLY = /^\p{Script=Han}{2,6}[楼栋幢座]$/u
const STREET = /(?:[路街巷道]|胡同)$/
/** What stands before an estate in a full address. */
const ABOVE = /^(?:.*(?:街道|社区|居委会|村委会)(?=..)|(?:\S{2,8}省)?\S{2,6}?市(?:\S{1,6}?[区县])?(?=\S{2}))/

/**
 * What a cell says of a place. `several`: a range or a list; `unsure`: something stands there, but it names no building
 * beyond doubt; `worked`: it had to be worked out, so that a person should look at it.
 */
export interface Place {
  estate: string, buildings: string[], problem: 'bad_building' | 'bad_range' | null, worked: boolean
}

/** 06, 六 → 6; a → A; empty for what is no number. */
function plainNumber(text: string): string {
  if (/^[0-9A-Z]+$/i.test(text)) return text.replace(/^0+(?=\d)/, '').toUpperCase()
  const n = hanNumber(text)
  return Number.isNaN(n) || n === 0 ? '' : String(n)
}

/** A cell that a spreadsheet turned into a day, as it was typed: 2026-06-01 and 6月1日 were 6-1. */
function untyped(text: string): string {
  const m = /^\d{4}-(\d\d)-(\d\d)$/.exec(text) ?? /^(\d{1,2})月(\d{1,2})日$/.exec(text)
  return m ? `${Number(m[1])}-${Number(m[2])}` : text
}

/** 1-3 → 1, 2, 3; null for 6-1, for more than 99, and where one end is no number. */
function range(from: string, to: string): string[] | null {
  const letters = /^[A-Z]$/.test(from) && /^[A-Z]$/.test(to)
  const [a, b] = letters ? [from.charCodeAt(0), to.charCodeAt(0)] : [Number(from), Number(to)]
  if (Number.isNaN(a) || Number.isNaN(b) || b <= a || b - a >= 99) return null
  return Array.from({ length: b - a + 1 }, (_, i) => letters ? String.fromCharCode(a + i) : String(a + i))
}

/** The numbers of '1-3、5栋'; null when a range in it is none. */
function listed(text: string): string[] | null {
  const out: string[] = []
  for (const item of text.split(/[、,;/和及]/)) {
    const ends = item.split(/[-~–—至到]/).map(e => plainNumber(e.replace(/[\s#号楼栋幢座]/g, '')))
    const found = ends.length === 1 ? ends : ends.length === 2 ? range(ends[0]!, ends[1]!) : null
    if (!found || found.includes('')) return null
    out.push(...found)
  }
  return [...new Set(out)]
}

/** What marks a building behind its number, '' where nothing does; null: it may mean two things. */
function markOf(after: string): string | null {
  const mark = MARK.exec(after)
  if (!mark) return ''
  return /^(?:$|[\s\d()-])/.test(after.slice(mark[0].length)) ? mark[1]! : null
}

const named = (before: string, buildings: string[], worked: boolean): Place =>
  ({ estate: estateName(before.replace(/第$/, '')), buildings, problem: null, worked })
const place = (before: string, numbers: string[], worked: boolean): Place =>
  named(before, numbers.map(n => `${n}栋`), worked)
const unsure = (problem: 'bad_building' | 'bad_range' = 'bad_building'): Place =>
  ({ estate: '', buildings: [], problem, worked: true })

/**
 * Reads '6栋', '梧桐苑06幢2单元301', '1-3栋', '4、5栋', '一百零一栋', '6幢甲', '梧桐苑东楼', '梧桐苑6-1-402'. Unit and
 * room are left out.
 * Where the words may mean two things, `problem` says so and there are no buildings.
 */
export function readPlace(value: string): Place {
  const said = cellText(value)
  const text = untyped(said)
  if (text === '') return { estate: '', buildings: [], problem: null, worked: false }
  if (/^\d{1,3}$/.test(text)) return place('', [plainNumber(text)], false)
  if (BARE_LIST.test(text)) return place('', listed(text) ?? [], true)
  const many = [...text.matchAll(MANY)].find(m => ENDS_CLEAR.test(m[0].trim())
    || (EACH_VAGUE.test(m[0].trim()) && !STREET.test(text.slice(0, m.index).trim())))
  if (many) {
    const numbers = MARK.test(text.slice(many.index + many[0].length)) ? null : listed(many[0])
    return numbers ? place(text.slice(0, many.index), numbers, true) : unsure('bad_range')
  }
  const clear = [...text.matchAll(ONE)]
  const first = clear[0]
  if (first) {
    const numbers = new Set(clear.map(m => plainNumber(m[1]!)))
    const after = text.slice(first.index + first[0].length)
    const mark = clear.length > 1 && MARK.test(after) ? null : markOf(after)
    return numbers.size > 1 || numbers.has('') || mark === null
      ? unsure()
      : named(text.slice(0, first.index), [...numbers].map(n => `${n}栋${mark}`), !ROOM.test(after))
  }
  const marked = MARKED.exec(text)
  if (marked) return named(text.slice(0, marked.index), [`${plainNumber(marked[1]!)}栋${marked[2]!}`], true)
  const parts = PARTS.exec(text)
  if (parts) return place(text.slice(0, parts.index), [plainNumber(parts[1]!)], true)
  const vague = VAGUE.exec(text)
  const before = vague ? text.slice(0, vague.index) : ''
  const number = vague && !STREET.test(before.trim()) ? plainNumber(vague[1]!) : ''
  if (!vague || number === '') return byWord(text)
  const mark = markOf(text.slice(vague.index + vague[0].length))
  return mark === null ? unsure() : named(before, [`${number}栋${mark}`], false)
}

/** 梧桐苑东楼, 东幢301: a building that goes by a word instead of a number. 幢 and 座 are written 栋, as of numbers. */
function byWord(text: string): Place {
  const found = BY_WORD.exec(text)
  const name = found?.[1] ?? NAME_ONLY.exec(text)?.[0]
  if (name === undefined) return unsure()
  const before = text.slice(0, found?.index ?? 0)
  return named(before, [name.replace(/[幢座]$/, '栋')], before !== '')
}

/** A name of an estate without blanks, trailing marks and what stands above it in an address. */
export function estateName(value: string): string {
  return cellText(value).replace(/\s/g, '').replace(ABOVE, '').replace(/[·\-—,、]+$/, '')
}
