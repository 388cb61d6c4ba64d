import type { BuildingRow } from '#domain/importRows.ts'
import type { Line } from '../table.ts'
import type { LineReader, NormalResult } from './result.ts'
import { phoneOf } from '../phone.ts'
import { estateName, splitPlace } from '../place.ts'
import { filled, normaliseLines } from './result.ts'

/** Estate and building of a line, whether they stand in two columns or in one. */
export function placeOf(r: LineReader): { estate: string | undefined, building: string | undefined } {
  const one = r.text('building', 80)
  const place = one === undefined ? { estate: '', building: null } : splitPlace(one)
  const estate = estateName(r.text('estate', 40) ?? '') || place.estate
  return { estate: estate || undefined, building: place.building ?? undefined }
}

/** A number residents may dial, as figures; five-figure hotlines (12345) are fine. */
export function dutyLine(r: LineReader, key: string): string | undefined {
  const said = r.text(key, 30)
  if (said === undefined) return undefined
  return phoneOf(said) ?? (/^\d{5}$/.test(said) ? said : r.fail(key, 'bad_phone'))
}

/** Buildings; the same building of an estate twice is duplicate_in_file, one that cannot be read bad_code. */
export function normaliseBuilding(lines: readonly Line[]): NormalResult<BuildingRow> {
  return normaliseLines<BuildingRow>(lines, 'building', r => `${r.estate}|${r.building}`, (line, r) => {
    const { estate, building } = placeOf(r)
    if (estate === undefined) r.fail('estate', 'missing')
    if (building === undefined) r.fail('building', line.cells.building ? 'bad_code' : 'missing')
    if (estate === undefined || building === undefined) return undefined
    return filled<BuildingRow>({
      row: line.row,
      estate,
      building,
      grid: r.text('grid', 40),
      duty_line: dutyLine(r, 'duty_line'),
    })
  })
}
