import type { DivisionRow } from '#domain/importRows.ts'
import type { OrgLevel } from '#domain/words.ts'
import type { Line } from '../table.ts'
import type { LineReader, NormalResult } from './result.ts'
import { wordKey } from '../text.ts'
import { normaliseLines } from './result.ts'

/** Figures of a code by level; official 12-figure codes are cut to it. */
const LENGTH: [OrgLevel, number][] = [['city', 4], ['district', 6], ['street', 9], ['community', 12]]
const LEVEL: [RegExp, OrgLevel][] = [
  [/^(?:city|市|地级市|设区市|市级)$/, 'city'],
  [/^(?:district|区|县|区县|县区|县级市|区级)$/, 'district'],
  [/^(?:street|街道|镇|乡|乡镇|街镇|乡镇街道|街道级)$/, 'street'],
  [/^(?:community|社区|村|居委会|村居|社区居委会|社区级)$/, 'community'],
]

/** Groups of zeros the official lists append to the code of a higher level. */
const FILLER = [/^(\d{4})00(?:000){0,2}$/, /^(\d{6})(?:000){1,2}$/, /^(\d{9})000$/]

/** '320106001000' of a street → '320106001'; null when the figures fit no level. */
function shortCode(text: string): { code: string, level: OrgLevel } | null {
  const plain = text.replace(/\s/g, '').replace(/\.0+$/, '')
  const code = FILLER.map(f => f.exec(plain)?.[1]).find(c => c !== undefined) ?? plain
  const level = /^\d+$/.test(code) ? LENGTH.find(([, n]) => n === code.length) : undefined
  return level ? { code, level: level[0] } : null
}

const PARENT: Record<string, number> = { district: 4, street: 6, community: 9 }

function readDivision(line: Line, r: LineReader): DivisionRow[] {
  const name = r.need('name', 60)
  const raw = r.need('code', 20)
  if (raw === undefined || name === undefined) return []
  const code = shortCode(raw)
  const said = wordKey(r.raw('level'))
  const level = said === '' ? code?.level : LEVEL.find(([word]) => word.test(said))?.[1]
  const above = r.text('parent_code', 20)
  const own = code?.level === 'city' ? null : code?.code.slice(0, PARENT[code.level])
  const parent = above ? shortCode(above)?.code : own
  if (!code) r.fail('code', 'bad_code')
  else if (level !== code.level) r.fail('level', level ? 'bad_code' : 'bad_kind')
  else if (parent === undefined) r.fail('parent_code', 'bad_code')
  else return [{ row: line.row, code: code.code, name, level: code.level, parent_code: parent }]
  return []
}

/** Divisions from the official list; level and parent are read from the code where the file has none. */
export function normaliseDivision(lines: Iterable<Line>): NormalResult<DivisionRow> {
  return normaliseLines<DivisionRow>(lines, {
    needed: ['code', 'name'],
    field: 'code',
    keyOf: row => row.code,
    read: readDivision,
  })
}
