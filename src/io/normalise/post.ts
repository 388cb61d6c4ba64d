import type { PostRow } from '#domain/importRows.ts'
import type { PostKind } from '#domain/words.ts'
import type { Line } from '../table.ts'
import type { LineReader, NormalResult } from './result.ts'
import { wordKey } from '../text.ts'
import { placeOf } from './building.ts'
import { filled, normaliseLines } from './result.ts'

const KIND: [RegExp, PostKind][] = [
  [/^unitdoor$|单元门|楼门|楼栋门|单元/, 'unit_door'],
  [/^gate$|大门|卡口|出入口|小区门|[东南西北]门|^门岗$/, 'gate'],
  [/^patrol$|巡/, 'patrol'],
  [/^supplies$|物资|保供|配送|补给/, 'supplies'],
  [/^hotline$|热线|接线|值班室|电话/, 'hotline'],
]

function setting(line: Line, r: LineReader): 'indoor' | 'outdoor' | undefined {
  const said = wordKey(line.cells.setting ?? '')
  if (said === '') return undefined
  if (/^(?:室内|内|楼内|indoor)$/.test(said)) return 'indoor'
  return /^(?:室外|户外|外|outdoor)$/.test(said) ? 'outdoor' : r.fail('setting', 'bad_kind')
}

function nightMinimum(r: LineReader): number | undefined {
  const said = r.text('night_minimum', 10)
  if (said === undefined) return undefined
  const n = Number(said.replace(/[人名个]$/, ''))
  return Number.isInteger(n) && n >= 0 && n <= 20 ? n : r.fail('night_minimum', 'bad_code')
}

/** Posts, their kind in people's words; a kind or setting nobody knows is bad_kind. */
export function normalisePost(lines: readonly Line[]): NormalResult<PostRow> {
  return normaliseLines<PostRow>(lines, 'name', r => `${r.estate}|${r.building ?? ''}|${r.name}`, (line, r) => {
    const { estate, building } = placeOf(r)
    const name = r.text('name', 40) ?? r.fail('name', 'missing')
    const said = wordKey(line.cells.kind ?? '')
    const kind = said === ''
      ? r.fail('kind', 'missing')
      : KIND.find(([word]) => word.test(said))?.[1] ?? r.fail('kind', 'bad_kind')
    if (estate === undefined) r.fail('estate', 'missing')
    if (estate === undefined || name === undefined || kind === undefined) return undefined
    return filled<PostRow>({
      row: line.row,
      estate,
      building,
      name,
      kind,
      setting: setting(line, r),
      task: r.text('task', 500),
      kit: r.text('kit', 200),
      contact: r.text('contact', 60),
      night_minimum: nightMinimum(r),
    })
  })
}
