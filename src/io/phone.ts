import { cellText } from './text.ts'

/** Area codes of two figures; Excel eats the 0 before them. */
const SHORT_AREA = /^(?:10|2[0-57-9])\d{8}$/

/** '1.3812345678E+10' holds every figure; '1.38E+10' has lost them and stays as it is. */
function unpackExponent(text: string): string {
  const m = /^(\d)(?:\.(\d+))?e\+?(\d{1,2})$/i.exec(text)
  if (!m) return text
  const [, head = '', tail = '', exp = '0'] = m
  return tail.length === Number(exp) ? head + tail : text
}

function one(part: string): string | null {
  const plain = unpackExponent(part.replace(/\s/g, '')).replace(/\.0+$/, '').replace(/^['‘’]/, '')
  const figures = plain.replace(/[()\-–—.]/g, '').replace(/^(?:\+|00)86/, '').replace(/^86(?=1[3-9]\d{9}$)/, '')
  if (/^1[3-9]\d{9}$/.test(figures)) return figures
  if (SHORT_AREA.test(figures)) return `0${figures}`
  return /^0\d{9,11}$/.test(figures) || /^[2-8]\d{6,7}$/.test(figures) ? figures : null
}

/** The first usable number of a cell as figures only, a mobile before a landline; null when there is none. */
export function phoneOf(value: string): string | null {
  const parts = cellText(value).split(/[、,;/|]|\s{2,}/)
  const found = [...parts, value.split('\n')[0] ?? ''].map(p => one(cellText(p))).filter(p => p !== null)
  return found.find(p => p.startsWith('1')) ?? found[0] ?? null
}
