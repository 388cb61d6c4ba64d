import type { PostRow } from '#domain/importRows.ts'
import type { PostKind } from '#domain/words.ts'
import type { Line } from '../table.ts'
import type { LineReader, NormalResult } from './result.ts'
import { readPlace } from '../place.ts'
import { hanNumber, wordKey } from '../text.ts'
import { estateOf } from './building.ts'
import { filled, normaliseLines } from './result.ts'

const KIND: [RegExp, PostKind][] = [
  [/^unitdoor$|单元门|楼门|楼栋门|单元/, 'unit_door'],
  [/^gate$|大门|卡口|出入口|小区门|[东南西北]门|^门岗$/, 'gate'],
  [/^patrol$|巡/, 'patrol'],
  [/^supplies$|物资|保供|配送|补给/, 'supplies'],
  [/^hotline$|热线|接线|值班室|值班电话|电话/, 'hotline'],
]

function setting(r: LineReader): 'indoor' | 'outdoor' | null | undefined {
  const said = wordKey(r.raw('setting'))
  if (said === '') return r.has('setting') ? null : undefined
  if (/^(?:室内|内|楼内|indoor)$/.test(said)) return 'indoor'
  return /^(?:室外|户外|外|outdoor)$/.test(said) ? 'outdoor' : r.odd('setting', 'not_understood', null)
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
  return KIND.find(([word]) => word.test(wordKey(said)))?.[1] ?? r.fail('kind', 'bad_kind')
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
export function normalisePost(lines: readonly Line[]): NormalResult<PostRow> {
  return normaliseLines<PostRow>(lines, {
    needed: ['estate', 'name', 'kind'],
    field: 'name',
    keyOf: row => `${row.estate}|${row.building ?? ''}|${row.name}`,
    read: readPost,
  })
}
