import type { ResponderRow } from '#domain/importRows.ts'
import type { ResponderKind } from '#domain/words.ts'
import type { Line } from '../table.ts'
import type { LineReader, NormalResult } from './result.ts'
import { phoneOf } from '../phone.ts'
import { listWords, personName, wordKey, yesNo } from '../text.ts'
import { placeOf } from './building.ts'
import { filled, normaliseLines } from './result.ts'

/** Words people write for a kind; the order matters (在职党员 before 党员). */
const KIND: [RegExp, ResponderKind][] = [
  [/^sentcadre$|下沉|下派|机关干部|选派|驻社区干部/, 'sent_cadre'],
  [/^newemployment$|新就业|快递|外卖|骑手|网约车|货车司机|跑腿/, 'new_employment'],
  [/^communityworker$|社区工作者|社工|网格员|网格长|专职|社区干部|社区书记|居委/, 'community_worker'],
  [/^partymemberinservice$|在职|双报到|报到党员/, 'party_member_in_service'],
  [/^partymemberresident$|社区党员|居民党员|退休党员|离退休|流动党员|^党员$/, 'party_member_resident'],
  [/^volunteer$|志愿|义工|居民|群众|热心/, 'volunteer'],
]

/** A responder before pinyin is added. */
export type PlainResponder = Omit<ResponderRow, 'pinyin' | 'initials'>

function kindOf(line: Line, r: LineReader): ResponderKind | undefined {
  const said = wordKey(line.cells.kind ?? '')
  if (said === '') return r.fail('kind', 'missing')
  return KIND.find(([word]) => word.test(said))?.[1] ?? r.fail('kind', 'bad_kind')
}

function nameOf(line: Line, r: LineReader): string | undefined {
  const name = personName(line.cells.name ?? '')
  if (!/\p{L}/u.test(name)) return r.fail('name', 'missing')
  return [...name].length > 40 ? r.fail('name', 'too_long') : name
}

/** A mobile number: it is also the sign-in name, so a landline will not do. */
function phone(line: Line, r: LineReader): string | undefined {
  const said = line.cells.phone ?? ''
  const found = phoneOf(said)
  return found?.startsWith('1') ? found : r.fail('phone', said.trim() === '' ? 'missing' : 'bad_phone')
}

function answer(line: Line, key: string): 'yes' | 'no' | undefined {
  const said = yesNo(line.cells[key] ?? '')
  return said === undefined ? undefined : said ? 'yes' : 'no'
}

function optional(line: Line, r: LineReader): Partial<PlainResponder> {
  const skills = listWords(line.cells.skills ?? '').slice(0, 20)
  const { estate, building } = placeOf(r)
  return filled<Partial<PlainResponder>>({
    estate,
    building: estate ? building : undefined,
    display_name: r.text('display_name', 20),
    public_display: answer(line, 'public_display'),
    skills: skills.length > 0 ? skills : undefined,
    partner_unit: r.text('partner_unit', 60),
    party_org: r.text('party_org', 60),
    night: answer(line, 'night'),
  })
}

/** People; the same phone twice in a file is duplicate_in_file. */
export function normaliseResponder(lines: readonly Line[]): NormalResult<PlainResponder> {
  return normaliseLines<PlainResponder>(lines, 'phone', r => r.phone, (line, r) => {
    const name = nameOf(line, r)
    const number = phone(line, r)
    const kind = kindOf(line, r)
    const rest = optional(line, r)
    if (name === undefined || number === undefined || kind === undefined) return undefined
    return { row: line.row, name, phone: number, kind, ...rest }
  })
}
