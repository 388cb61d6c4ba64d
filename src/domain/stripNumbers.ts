/**
 * Free words keep no phone number. The same rule stands in SQL as `private.strip_numbers`; both are pinned by `tests/vectors/numbers.json`.
 * Which columns hold free words, and which are meant to hold a number: `private.texts()` and docs/adr/0018.
 *
 * How: every character becomes one sign of a small alphabet (a "shadow"): a digit, `_` for what has no width, `-` for what people put between
 * the digits of a number, `,` for what seldom stands there. Patterns are then looked for in the shadow, one kind after the other.
 */

/** Characters that are read as the digit of their line: full width, Chinese, financial, spoken over radio, circled, raised, lowered, Arabic. */
const DIGITS = [
  '０〇零○洞⓪⁰₀٠۰',
  '１一壹幺①❶¹₁١۱',
  '２二贰貳两②❷²₂٢۲',
  '３三叁參③❸³₃٣۳',
  '４四肆④❹⁴₄٤۴',
  '５五伍⑤❺⁵₅٥۵',
  '６六陆⑥❻⁶₆٦۶',
  '７七柒拐⑦❼⁷₇٧۷',
  '８八捌⑧❽⁸₈٨۸',
  '９九玖勾⑨❾⁹₉٩۹',
]
/** Ranges of code points: without width; between the digits of a number. */
const ZERO_WIDTH = [[0xAD], [0x34F], [0x61C], [0x180E], [0x200B, 0x200F], [0x202A, 0x202E], [0x2060, 0x206F], [0x20E3], [0xFE00, 0xFE0F], [0xFEFF]]
const BETWEEN = [[9, 13], [0x20], [0xA0], [0x1680], [0x2000, 0x200A], [0x2028, 0x2029], [0x202F], [0x205F], [0x3000], [0x2D, 0x2E], [0x2010, 0x2015], [0x2212], [0xFE58], [0xFE63], [0xFF0D], [0x30FB, 0x30FC], [0xFF65], [0x3002], [0xFF0E], [0xFE52], [0xB7], [0x2022], [0x2024], [0x2027], [0x2219], [0x22C5]]
const APART = ',，、;；()（）[]［］【】〔〕{}/\\|／＼｜*＊#＃_＿~～+＋=＝\'"‘’“”:：<>《》「」!！?？…'

const SIGNS = new Map<number, string>()
for (const [sign, ranges] of [['_', ZERO_WIDTH], ['-', BETWEEN]] as const) {
  for (const [from, to = from] of ranges) {
    for (let code = from!; code <= to!; code++) SIGNS.set(code, sign)
  }
}
for (const char of APART) SIGNS.set(char.codePointAt(0)!, ',')
DIGITS.forEach((line, digit) => [...line].forEach(char => SIGNS.set(char.codePointAt(0)!, String(digit))))
// the bold, double-struck, sans-serif and typewriter digits of mathematics: five times 0 to 9
for (let code = 0x1D7CE; code <= 0x1D7FF; code++) SIGNS.set(code, String((code - 0x1D7CE) % 10))

/** One sign for each character; `~` for all that is neither a digit nor stands between digits. */
export function shadowOf(text: string): string {
  return Array.from(text, char => /\d/.test(char) ? char : SIGNS.get(char.codePointAt(0)!) ?? '~').join('')
}

// in a shadow only digits and `_` are characters of a word, so `\b` stands where a group of digits begins or ends
const AREA = '(?:1[-_]*0|2[-_]*[0-9]|[3-9][-_]*[1-9][-_]*[0-9])'
const DAY = '(?:0?[1-9]|1[0-2])[-,](?:0?[1-9]|[12][0-9]|3[01])'
const CLOCK = '(?:[01][0-9]|2[0-4])[0-5][0-9]'
const ROOM = '[2-5][0-9](?:0[1-9]|1[0-2])'

/** What is looked for, in this order: `=` stays although it has many digits, `#` goes. */
export const PATTERNS: readonly (readonly ['=' | '#', string])[] = [
  ['=', `20[0-9]{2}[-,]${DAY}`], // a day: 2026-11-28
  ['#', '(?:0{0,2}[-_]*8[-_]*6[-_]*)?1[-_]*[3-9](?:[-_]*[0-9]){9}'], // a mobile number
  ['#', '1_*[3-9]_*[0-9][-,_]+[0-9]{4}[-,_]+[0-9]{4}'], // the same in its usual groups, whatever stands between
  ['#', '1[-,_]+[3-9](?:[-,_]+[0-9]){9}'], // the same, digit by digit
  ['#', `(?:0{0,2}[-_]*8[-_]*6[-,_]*0?|0)[-_]*${AREA}[-,_]*[2-8](?:[-_]*[0-9]){6,7}`], // with an area code
  ['#', '[48][-_]*0[-_]*0(?:[-_]*[0-9]){7}'], // 400 and 800
  ['=', `20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:${CLOCK}(?:[0-5][0-9])?)?`], // 20261128, 202611280800
  ['=', `(?:${CLOCK}[-,]${CLOCK}|20[0-9]{2}[-,]20[0-9]{2}|[0-9]{1,2}00[-,][0-9]{1,2}00)`], // 0800-1200, 2026-2027, 2000-3000
  ['=', `${ROOM}[-,]${ROOM}`], // rooms: 2203-2204
  ['#', '[0-9](?:_*[0-9]){6,}'], // seven digits and more at a stretch
  ['#', '[2-8](?:_*[0-9]){2,3}[-_]+[0-9](?:_*[0-9]){3}'], // a local number: 8300 1234
  ['#', '[0-9](?:[-_]+[0-9]){6,}'], // spelled digit by digit
].map(([mark, source]) => [mark as '=' | '#', `\\b_*${source}_*\\b`] as const)
const LOOK = PATTERNS.map(([mark, source]) => ({ mark, pattern: new RegExp(source, 'g') }))
const WORTH_A_LOOK = /\d(?:[-,_]*\d){6}/

/** The words with `***` in the place of every run of digits that could be a phone number. Days, times, rooms and numbers of documents stay. */
export function stripNumbers(text: string): string {
  let shadow = shadowOf(text)
  if (!WORTH_A_LOOK.test(shadow)) return text
  for (const { mark, pattern } of LOOK) shadow = shadow.replace(pattern, run => mark.repeat(run.length))
  const chars = Array.from(text)
  let kept = ''
  for (let i = 0; i < chars.length; i++) {
    if (shadow[i] !== '#') kept += chars[i]
    else if (shadow[i - 1] !== '#') kept += '***'
  }
  return kept
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/

/** The same for every text inside a JSON value, and for its keys; ids and moments stay whole, and so do numbers below a million. */
export function stripJson<T>(value: T): T {
  const strip = (v: unknown): unknown => {
    if (typeof v === 'string') return UUID.test(v) || MOMENT.test(v) ? v : stripNumbers(v)
    if (typeof v === 'number') return Math.abs(v) < 1e6 ? v : '***'
    if (Array.isArray(v)) return v.map(strip)
    if (typeof v === 'object' && v !== null) return Object.fromEntries(Object.entries(v).map(([k, one]) => [UUID.test(k) ? k : stripNumbers(k), strip(one)]))
    return v
  }
  return strip(value) as T
}
