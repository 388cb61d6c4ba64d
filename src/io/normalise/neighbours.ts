import type { PartnerUnitRow, PartyOrgRow, SeatRow } from '#domain/importRows.ts'
import type { PartnerUnitKind, PartyOrgKind, SeatKind } from '#domain/words.ts'
import type { Line } from '../table.ts'
import type { LineReader, NormalResult } from './result.ts'
import { readDay } from '../day.ts'
import { cellText, personName, ticked, wordKey } from '../text.ts'
import { lineOf } from './building.ts'
import { filled, normaliseLines } from './result.ts'

/** Words people write for a kind, in the order in which they are looked for. */
type Kinds<K> = readonly (readonly [RegExp, K])[]

const UNIT_KIND: Kinds<PartnerUnitKind> = [
  [/^servicecentre$|党群|驿站/, 'service_centre'],
  [/^office$|部门|科室|站所/, 'office'],
  [/^government$|政府|机关/, 'government'],
  [/^institution$|事业|[学院]校|[小中大]学|医院|幼儿园/, 'institution'],
  [/^twonew$|两新|非公|民营|社会组织|社会团体|民办/, 'two_new'],
  [/^tower$|楼宇|写字楼|大厦/, 'tower'],
  [/^park$|园区/, 'park'],
  [/^market$|商圈|商场|市场|商业街|综合体/, 'market'],
  [/^platform$|平台|站点|网点|快递|外卖/, 'platform'],
  [/^enterprise$|企业|公司|银行|国企/, 'enterprise'],
  [/^unknown$|^其[他它]$|不详|未知|待定/, 'unknown'],
]
const ORG_KIND: Kinds<PartyOrgKind> = [
  [/^group$|小组/, 'group'],
  [/^workcommittee$|工委/, 'work_committee'],
  [/^generalbranch$|总支/, 'general_branch'],
  [/^jointbranch$|联合.*支部/, 'joint_branch'],
  [/^branch$|支部/, 'branch'],
  [/^committee$|党委/, 'committee'],
]
const SEAT_KIND: Kinds<SeatKind> = [[/^fulltime$|专职/, 'full_time'], [/^parttime$|兼职/, 'part_time']]

/** The kind that a cell names; one that nobody knows is left out and said, as the rest of the line is right. */
function kindOf<K>(r: LineReader, kinds: Kinds<K>): K | null | undefined {
  const said = r.text('kind', 40)
  if (!said) return said as null | undefined
  const word = wordKey(ticked(said))
  return kinds.find(([known]) => known.test(word))?.[1] ?? r.odd('kind', 'not_understood', null)
}

/** Somebody by name, without numbers; null where the cell is empty. */
function personOf(r: LineReader, key: string): string | null | undefined {
  const said = r.text(key, 60)
  if (!said) return said
  const name = personName(said)
  if ([...name].length > 40) return r.fail(key, 'too_long')
  if (!/\p{L}/u.test(name)) return r.odd(key, 'not_understood', null)
  return name
}

function dayOf(r: LineReader, key: string, end: boolean): string | null | undefined {
  const said = r.text(key, 40)
  if (!said) return said
  const found = readDay(said, end)
  if (found === null) return r.odd(key, 'not_understood', null)
  if (found.worked) r.odd(key, 'read_as', found.day)
  return found.day
}

function readUnit(line: Line, r: LineReader): PartnerUnitRow[] {
  const name = r.need('name', 80)
  const rest = {
    kind: kindOf(r, UNIT_KIND),
    grid: r.text('grid', 80),
    address: r.text('address', 100),
    line: lineOf(r, 'line'),
    contact: personOf(r, 'contact'),
  }
  return name === undefined ? [] : [filled<PartnerUnitRow>({ row: line.row, name, ...rest })]
}

/** Partner units; the same name twice in a file is duplicate_in_file. */
export function normalisePartnerUnit(lines: Iterable<Line>): NormalResult<PartnerUnitRow> {
  return normaliseLines<PartnerUnitRow>(lines, {
    needed: ['name'],
    field: 'name',
    keyOf: row => row.name,
    read: readUnit,
  })
}

/** The way to the organisation above, 社区党委/东区党总支, with one sign between the names. */
function wayOf(r: LineReader): string | null | undefined {
  const said = r.text('parent', 300)
  return said && said.split(/[/>]/).map(cellText).filter(Boolean).join('/')
}

function readPartyOrg(line: Line, r: LineReader): PartyOrgRow[] {
  const name = r.need('name', 80)
  // one for a call-out is formed with it, and by no list
  const isTemporary = /临时|^temporary$/i.test(cellText(r.raw('kind')))
  const kind = isTemporary ? r.odd('kind', 'not_understood', null) : kindOf(r, ORG_KIND)
  const [place, unit] = [r.text('place', 80), r.text('unit', 80)]
  if (place && unit) r.fail('place', 'not_both')
  const rest = {
    kind, parent: wayOf(r), place, unit, secretary: personOf(r, 'secretary'), formed_on: dayOf(r, 'formed_on', false),
  }
  return name === undefined ? [] : [filled<PartyOrgRow>({ row: line.row, name, ...rest })]
}

/** Organisations after those above them: a list may name a branch before its committee. */
function parentsFirst(rows: readonly PartyOrgRow[]): PartyOrgRow[] {
  const named = new Map<string, PartyOrgRow[]>()
  for (const row of rows) named.set(row.name, [...named.get(row.name) ?? [], row])
  const out = new Set<PartyOrgRow>()
  const seen = new Set<PartyOrgRow>()
  const put = (row: PartyOrgRow): void => {
    if (seen.has(row)) return
    seen.add(row)
    named.get(row.parent?.split('/').at(-1) ?? '')?.forEach(put)
    out.add(row)
  }
  rows.forEach(put)
  return [...out]
}

/** Party organisations, those above first; the same name twice under one parent is duplicate_in_file. */
export function normalisePartyOrg(lines: Iterable<Line>): NormalResult<PartyOrgRow> {
  const found = normaliseLines<PartyOrgRow>(lines, {
    needed: ['name'],
    field: 'name',
    keyOf: row => `${row.parent ?? ''}|${row.name}`,
    read: readPartyOrg,
  })
  return { ...found, rows: parentsFirst(found.rows) }
}

/** Who holds a seat; a name that is none is missing. */
function holderOf(r: LineReader): string | undefined {
  const said = r.need('name', 60)
  if (said === undefined) return undefined
  const name = personName(said)
  if (!/\p{L}/u.test(name)) return r.fail('name', 'missing')
  return [...name].length > 40 ? r.fail('name', 'too_long') : name
}

function readSeat(line: Line, r: LineReader): SeatRow[] {
  const name = holderOf(r)
  const title = r.text('title', 40)
  // 兼职委员 says it where no column does
  const kind = kindOf(r, SEAT_KIND) ?? SEAT_KIND.find(([known]) => known.test(wordKey(title ?? '')))?.[1]
  const rest = {
    unit: r.text('unit', 80), kind, title, substitute: personOf(r, 'substitute'), until_on: dayOf(r, 'until_on', true),
  }
  return name === undefined ? [] : [filled<SeatRow>({ row: line.row, name, ...rest })]
}

/** Seats of a council; the same person of one unit twice is duplicate_in_file. */
export function normaliseSeat(lines: Iterable<Line>): NormalResult<SeatRow> {
  return normaliseLines<SeatRow>(lines, {
    needed: ['name'],
    field: 'name',
    keyOf: row => `${row.name}|${row.unit ?? ''}`,
    read: readSeat,
  })
}
