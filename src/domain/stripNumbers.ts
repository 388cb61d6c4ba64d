/**
 * Free words keep no phone number. The same rule stands in SQL as `private.strip_numbers`; `tests/vectors/numbers.json`
 * holds both to it. `private.texts()` and docs/adr/0015 say which columns hold free words, and which may hold a number.
 *
 * How: every character becomes one sign of a small alphabet (a "shadow"): a digit, `_` for what has no width, `-` for
 * what people put between the digits of a number, `,` for what seldom stands there. The patterns are then looked for in
 * the shadow, one kind after the other.
 */

/** Characters read as a digit, a line for each: full width, Chinese, financial, radio, circled, raised, Arabic. */
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
/** Where the digits 0 to 9 of other scripts begin: NKo, India's, Thai, Lao, Tibetan, Myanmar, Khmer, Mongolian … */
const ZEROS = [
  0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090,
  0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0,
  0xA9F0, 0xAA50, 0xABF0,
]
/** Where digits begin that have no zero: in circles, brackets, with a dot, of traders. */
const ONES = [0x2780, 0x278A, 0x2474, 0x2488, 0x24F5, 0x3220, 0x3280, 0x3021]
/** Ranges of code points: without width; between the digits of a number. */
const ZERO_WIDTH = [
  [0xAD],
  [0x34F],
  [0x61C],
  [0x180E],
  [0x200B, 0x200F],
  [0x202A, 0x202E],
  [0x2060, 0x206F],
  [0x20E3],
  [0xFE00, 0xFE0F],
  [0xFEFF],
]
const BETWEEN = [
  [9, 13],
  [0x20],
  [0xA0],
  [0x1680],
  [0x2000, 0x200A],
  [0x2028, 0x2029],
  [0x202F],
  [0x205F],
  [0x3000],
  [0x2D, 0x2E],
  [0x2010, 0x2015],
  [0x2212],
  [0xFE58],
  [0xFE63],
  [0xFF0D],
  [0x30FB, 0x30FC],
  [0xFF65],
  [0x3002],
  [0xFF0E],
  [0xFE52],
  [0xB7],
  [0x2022],
  [0x2024],
  [0x2027],
  [0x2219],
  [0x22C5],
]
const APART = ',，、;；()（）[]［］【】〔〕{}/\\|／＼｜*＊#＃_＿~～+＋=＝\'"‘’“”:：<>《》「」!！?？…'

const SIGNS = new Map<number, string>()
for (const [sign, ranges] of [['_', ZERO_WIDTH], ['-', BETWEEN]] as const) {
  for (const [from, to = from] of ranges) {
    for (let code = from!; code <= to!; code++) SIGNS.set(code, sign)
  }
}
for (const char of APART) SIGNS.set(char.codePointAt(0)!, ',')
DIGITS.forEach((line, digit) => [...line].forEach(char => SIGNS.set(char.codePointAt(0)!, String(digit))))
for (const zero of ZEROS) {
  for (let digit = 0; digit <= 9; digit++) SIGNS.set(zero + digit, String(digit))
}
for (const one of ONES) {
  for (let digit = 1; digit <= 9; digit++) SIGNS.set(one + digit - 1, String(digit))
}
SIGNS.set(0x24FF, '0')
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
const ROOM = '(?:[2-9]0[1-9]|[1-5][0-9](?:0[1-9]|1[0-2]))'
const COUNTED = '1[-,]2[-,]3[-,]4[-,]5[-,]6[-,]7(?:[-,]8(?:[-,]9)?)?'
/**
 * Other ways to part eleven digits, after the first two: 5 and 6, 6 and 5, 3-5-3, 3-3-5, 5-3-3. Groups of four could be
 * rooms.
 */
const ODD_GROUPS = [
  '(?:_*[0-9]){3}[-,_]{1,2}[0-9](?:_*[0-9]){5}',
  '(?:_*[0-9]){4}[-,_]{1,2}[0-9](?:_*[0-9]){4}',
  '_*[0-9][-,_]{1,2}[0-9]{5}[-,_]{1,2}[0-9]{3}',
  '_*[0-9][-,_]{1,2}[0-9]{3}[-,_]{1,2}[0-9]{5}',
  '(?:_*[0-9]){3}[-,_]{1,2}[0-9]{3}[-,_]{1,2}[0-9]{3}',
].join('|')

/** What is looked for, in this order: `=` stays although it has many digits, `#` goes. */
export const PATTERNS: readonly (readonly ['=' | '#', string])[] = [
  ['=', `20[0-9]{2}[-,]${DAY}`], // a day: 2026-11-28
  ['=', `${CLOCK}[-,]${CLOCK}[-,]${CLOCK}[-,]${CLOCK}`], // two shifts: 0830-2030 2030-0830
  ['=', COUNTED], // buildings: 1 2 3 4 5 6 7
  ['#', '(?:0{0,2}[-_]*8[-_]*6[-_]*)?1[-_]*[3-9](?:[-_]*[0-9]){9}'], // a mobile number
  ['#', '1_*[3-9]_*[0-9][-,_]+[0-9]{4}[-,_]+[0-9]{4}'], // the same in its usual groups, whatever stands between
  ['#', '1[-,_]+[3-9](?:[-,_]+[0-9]){9}'], // the same, digit by digit
  ['#', `1_*[3-9](?:${ODD_GROUPS})`], // the same in other groups: 13800,138000
  [
    '#',
    `(?:0{0,2}[-_]*8[-_]*6[-,_]*0?|0)[-_]*${AREA}[-,_]*[2-8](?:(?:[-_]*[0-9]){6,7}|(?:_*[0-9]){2,3}[-,_]{1,2}[0-9]{4})`,
  ], // with an area code
  ['#', '[48][-_]*0[-_]*0(?:[-_]*[0-9]){7}'], // 400 and 800
  // 20261128, 202611280800, a document 20261128001
  ['=', `20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{0,6}`],
  // 0800-1200, 2026-2027, 2000-3000
  ['=', `(?:${CLOCK}[-,]${CLOCK}|20[0-9]{2}[-,]20[0-9]{2}|[0-9]{1,2}00[-,][0-9]{1,2}00)`],
  ['=', `${ROOM}[-,]${ROOM}`], // rooms: 2203-2204
  ['#', '[0-9](?:_*[0-9]){6,}'], // seven digits and more at a stretch
  ['#', '[2-8](?:_*[0-9]){2,3}[-_]+[0-9](?:_*[0-9]){3}'], // a local number: 8300 1234
  ['#', '[0-9](?:[-_]+[0-9]){6,}'], // spelled digit by digit
].map(([mark, source]) => [mark as '=' | '#', `\\b_*${source}_*\\b`] as const)
const LOOK = PATTERNS.map(([mark, source]) => ({ mark, pattern: new RegExp(source, 'g') }))
const WORTH_A_LOOK = /\d(?:[-,_]*\d){6}/

/**
 * The words with `***` in place of every run of digits that could be a phone number. Days, times, rooms and numbers of
 * documents stay.
 */
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

/**
 * The same for every text inside a JSON value, and for its keys. Ids and moments stay whole, and so do numbers below a
 * million.
 */
export function stripJson<T>(value: T): T {
  const strip = (v: unknown): unknown => {
    if (typeof v === 'string') return UUID.test(v) || MOMENT.test(v) ? v : stripNumbers(v)
    if (typeof v === 'number') return Math.abs(v) < 1e6 ? v : '***'
    if (Array.isArray(v)) return v.map(strip)
    if (typeof v === 'object' && v !== null)
      return Object.fromEntries(Object.entries(v).map(([k, one]) => [UUID.test(k) ? k : stripNumbers(k), strip(one)]))
    return v
  }
  return strip(value) as T
}
