import type { PostRow } from '#domain/importRows.ts'
import type { PostKind } from '#domain/words.ts'
import type { Line } from '../table.ts'
import type { LineReader, NormalResult } from './result.ts'
import { readPlace } from '../place.ts'
import { hanNumber, ticked, wordKey, yesNo } from '../text.ts'
import { estateOf } from './building.ts'
import { filled, normaliseLines } from './result.ts'

const KIND: [RegExp, PostKind][] = [
  [/^unitdoor$|单元门|楼门|楼栋门|单元/, 'unit_door'],
  [/^gate$|大门|卡口|出入口|小区门|[东南西北]门|^门岗$/, 'gate'],
  [/^patrol$|巡/, 'patrol'],
  [/^supplies$|物资|保供|配送|补给/, 'supplies'],
  [/^hotline$|热线|接线|值班室|值班电话|电话/, 'hotline'],
]

type Setting = PostRow['setting']
const INDOOR = /^(?:室内|内|楼内|屋内|indoors?)$/
const OUTDOOR = /^(?:室外|户外|外|露天|楼外|outdoors?)$/

/** What a header asks to be answered with yes or no: 是否室外; null where it names both or neither. */
function askedSetting(head: string): Setting | null {
  const asked = head.replace(/^是否(?:在|为|属于)?|(?:值守|岗位?|是否)$/g, '')
  return OUTDOOR.test(asked) ? 'outdoor' : INDOOR.test(asked) ? 'indoor' : null
}

function setting(r: LineReader): Setting | null | undefined {
  const said = wordKey(ticked(r.raw('setting')))
  if (said === '') return r.has('setting') ? null : undefined
  if (INDOOR.test(said)) return 'indoor'
  if (OUTDOOR.test(said)) return 'outdoor'
  const asked = askedSetting(r.head('setting'))
  const answer = yesNo(said)
  if (!asked || typeof answer !== 'boolean') return r.odd('setting', 'not_understood', null)
  return answer === (asked === 'outdoor') ? 'outdoor' : 'indoor'
}

function nightMinimum(r: LineReader): number | null | undefined {
  const said = r.text('night_minimum', 10)
  if (typeof said !== 'string') return said
  const plain = said.replace(/[人名个]$/, '')
  const n = /^\d+$/.test(plain) ? Number(plain) : hanNumber(plain)
  return Number.isInteger(n) && n <= 20 ? n : r.odd('night_minimum', 'not_understood', null)
}

function kindOf(r: LineReader): PostKind | undefined {
  const said = r.need('kind', 40)
  if (said === undefined) return undefined
  const word = wordKey(ticked(said))
  return KIND.find(([known]) => known.test(word))?.[1] ?? r.fail('kind', 'bad_kind')
}

function readPost(line: Line, r: LineReader): PostRow[] {
  const said = r.text('building', 80)
  const found = readPlace(said ?? '')
  const estate = estateOf(r, found.estate)
  const name = r.need('name', 40)
  const kind = kindOf(r)
  // a post stands at one building: at the wrong one nobody would find it
  if (found.problem || found.buildings.length > 1) r.fail('building', found.problem ?? 'bad_building')
  else if (found.worked) r.odd('building', 'read_as', found.buildings[0] ?? null)
  if (!estate && !r.isBroken('estate')) r.fail('estate', 'missing')
  const row = {
    setting: setting(r),
    task: r.text('task', 500),
    kit: r.text('kit', 200),
    contact: r.text('contact', 60),
    night_minimum: nightMinimum(r),
  }
  if (!estate || name === undefined || kind === undefined) return []
  const building = found.buildings[0] ?? (said === null ? null : undefined)
  return [filled<PostRow>({ row: line.row, estate, building, name, kind, ...row })]
}

/** Posts, their kind in people's words; a kind nobody knows is bad_kind. */
export function normalisePost(lines: Iterable<Line>): NormalResult<PostRow> {
  return normaliseLines<PostRow>(lines, {
    needed: ['estate', 'name', 'kind'],
    field: 'name',
    keyOf: row => `${row.estate}|${row.building ?? ''}|${row.name}`,
    read: readPost,
  })
}
