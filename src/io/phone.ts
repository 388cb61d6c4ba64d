import { cellText } from './text.ts'

/** Area codes of two figures; Excel eats the 0 before them. */
const SHORT_AREA = /^(?:10|2[0-57-9])\d{8}$/
/** Numbers that need no area code: 110, 12345, 95598, 400-828-1234. */
const SERVICE = /^(?:1\d{2}|1\d{4}|9\d{4,5}|[48]00\d{7})$/
const EXTENSION = /(?:[转,#]|分机号?|ext\.?) ?(\d{1,5})$|(?<=\d{7})-(\d{1,5})$/i

/** '1.3812345678E+10' holds every figure; '1.38E+10' has lost them and stays as it is. */
function unpackExponent(text: string): string {
  const m = /^(\d)(?:\.(\d+))?e\+?(\d{1,2})$/i.exec(text)
  if (!m) return text
  const [, head = '', tail = '', exp = '0'] = m
  return tail.length <= Number(exp) && tail.length >= 7 ? head + tail.padEnd(Number(exp), '0') : text
}

const tidy = (value: string): string =>
  unpackExponent(cellText(value).replace(/^['‘’]/, '')).replace(/(?<=\d)\.0+$/, '').replace(/[()[\]【】]/g, ' ').trim()

/** Groups of a mobile number as people part it; '1990000901 5' is none of them. */
const GROUPS = /^(?:11|3 4 4|4 3 4|3 8|7 4|4 4 3|3 3 5|5 6|6 5)$/
const MOBILE = /(?<!\d)(?:(?:\+|00)?86[\s-]*|0)?(1[3-9](?:[\s.\-–—]?\d){9})(?!\d)/g

/** What a cell says of a number. `plain`: nothing stands beside it; `more`: another number stands there too. */
export interface Phone { number: string, plain: boolean, more: boolean }

/** The first mobile number of a cell as figures; null when there is none. */
export function readMobile(value: string): Phone | null {
  const text = tidy(value)
  const hits = [...text.matchAll(MOBILE)]
    .filter(m => GROUPS.test(m[1]!.split(/[\s.\-–—]/).map(g => g.length).join(' ')))
  const numbers = [...new Set(hits.map(m => m[1]!.replace(/\D/g, '')))]
  const number = numbers[0]
  if (number === undefined) return null
  const rest = text.replace(hits[0]![0], '').replace(/[\s()\-+]/g, '')
  return { number, plain: rest === '', more: numbers.length > 1 || /\d{7}/.test(rest) }
}

/** A landline, a mobile or a service number as figures; null for any other. */
function dialled(text: string): string | null {
  const figures = text.replace(/\D/g, '').replace(/^(?:00)?86(?=0?\d{9,11}$)/, '')
  if (/^1[3-9]\d{9}$/.test(figures) || SERVICE.test(figures)) return figures
  if (/^0\d{2,3}(?:\d{7,8}|12345|9\d{4})$/.test(figures)) return figures
  if (SHORT_AREA.test(figures) || /^[3-9]\d{10}$/.test(figures)) return `0${figures}`
  return /^[2-8]\d{6,7}$/.test(figures) ? figures : null
}

/** A number that residents may dial, with its extension after a comma ('02584701234,802'); null when there is none. */
export function readLine(value: string): Phone | null {
  const mobile = readMobile(value)
  const all = cellText(value).split(/[、;|/]|\s{2,}|(?<=\d{7}) (?=\d{7})/).map(tidy).filter(part => /\d/.test(part))
  const text = all[0] ?? ''
  const m = EXTENSION.exec(text)
  const whole = dialled(text.replace(/24 ?小时|7[x×*]24/gi, ''))
  const base = whole ?? (m ? dialled(text.slice(0, m.index)) : null)
  if (base === null) return mobile
  const number = whole === null && m ? `${base},${m[1] ?? m[2]}` : base
  const plain = number === base && /^[\d\s()+\-–—.]*$/.test(text) && all.length === 1
  return { number, plain, more: all.length > 1 }
}
