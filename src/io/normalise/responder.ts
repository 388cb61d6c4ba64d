import type { ResponderRow } from '#domain/importRows.ts'
import type { ResponderKind } from '#domain/words.ts'
import type { Line } from '../table.ts'
import type { LineReader, NormalResult } from './result.ts'
import { readMobile } from '../phone.ts'
import { readPlace } from '../place.ts'
import { holdsNumber, listWords, personName, ticked, yesNo } from '../text.ts'
import { estateOf } from './building.ts'
import { readKind } from './responderKind.ts'
import { filled, normaliseLines } from './result.ts'
import { readUnit } from './unit.ts'

/** A responder before pinyin is added. */
export type PlainResponder = Omit<ResponderRow, 'pinyin' | 'initials'>

function kindOf(r: LineReader): ResponderKind | undefined {
  const said = r.need('kind', 40)
  if (said === undefined) return undefined
  const found = readKind(ticked(said))
  if (found === null) return r.fail('kind', 'bad_kind')
  if (found.worked) r.odd('kind', 'read_as', found.kind)
  return found.kind
}

function nameOf(r: LineReader): string | undefined {
  const said = r.need('name', 400)
  if (said === undefined) return undefined
  const name = personName(said)
  if (!/\p{L}/u.test(name)) return r.fail('name', 'missing')
  if ([...name].length > 40) return r.fail('name', 'too_long')
  if (holdsNumber(said)) r.odd('name', 'number_cut', name)
  return name
}

/** A mobile number: it is also the sign-in name, so a landline will not do. */
function phoneOf(r: LineReader): string | undefined {
  if (r.need('phone', 200) === undefined) return undefined
  const found = readMobile(r.raw('phone'))
  if (found === null) return r.fail('phone', 'bad_phone')
  if (!found.plain) r.odd('phone', found.more ? 'first_number' : 'read_as', found.number)
  return found.number
}

function answer(r: LineReader, key: string): 'yes' | 'no' | null | undefined {
  const said = yesNo(ticked(r.raw(key)))
  if (said === undefined) return r.has(key) ? null : undefined
  return said === null ? r.odd(key, 'not_understood', null) : said ? 'yes' : 'no'
}

function skillsOf(r: LineReader): string[] | null | undefined {
  const words = listWords(r.raw('skills'))
  if (words.length === 0) return r.has('skills') ? null : undefined
  const skills = words.slice(0, 20).map(word => [...word].slice(0, 30).join(''))
  if (words.join() !== skills.join()) r.odd('skills', 'list_cut', skills.join(' '))
  return skills
}

/**
 * Where a person lives. A building that cannot be told is left out and said: the person would be missed when their own
 * building asks for help (看不出是哪一栋).
 */
function home(r: LineReader): Partial<Pick<PlainResponder, 'estate' | 'building'>> {
  const said = r.text('building', 120)
  const found = readPlace(said ?? '')
  const estate = estateOf(r, found.estate)
  if (said === null || said === undefined) return filled<Partial<PlainResponder>>({ estate, building: said })
  const [building] = found.buildings
  if (building === undefined || found.buildings.length > 1) {
    r.odd('building', 'no_building', null)
    return filled<{ estate?: string | null }>({ estate: r.has('estate') ? estate : undefined })
  }
  if (!estate) {
    r.odd('building', 'no_estate', null)
    return {}
  }
  if (found.worked) r.odd('building', 'read_as', building)
  return { estate, building }
}

function readResponder(line: Line, r: LineReader): PlainResponder[] {
  const name = nameOf(r)
  const phone = phoneOf(r)
  const kind = kindOf(r)
  const rest = filled<Partial<PlainResponder>>({
    ...home(r),
    display_name: displayName(r),
    public_display: answer(r, 'public_display'),
    skills: skillsOf(r),
    partner_unit: readUnit(r),
    party_org: r.text('party_org', 60),
    night: answer(r, 'night'),
  })
  if (name === undefined || phone === undefined || kind === undefined) return []
  return [{ row: line.row, name, phone, kind, ...rest }]
}

/** What the public reads instead of the name: no number may stand in it. */
function displayName(r: LineReader): string | null | undefined {
  const said = r.text('display_name', 60)
  if (!said) return said
  const name = personName(said)
  if ([...name].length > 20) return r.fail('display_name', 'too_long')
  if (holdsNumber(said)) r.odd('display_name', 'number_cut', name)
  return name === '' ? null : name
}

/** People; the same phone twice in a file is duplicate_in_file. */
export function normaliseResponder(lines: Iterable<Line>): NormalResult<PlainResponder> {
  return normaliseLines<PlainResponder>(lines, {
    needed: ['name', 'phone', 'kind'],
    field: 'phone',
    keyOf: row => row.phone,
    read: readResponder,
  })
}
