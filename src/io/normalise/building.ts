import type { BuildingRow } from '#domain/importRows.ts'
import type { Line } from '../table.ts'
import type { LineReader, NormalResult } from './result.ts'
import { IMPORT_LIMITS, placeOfRow, rowNumber } from '#domain/importRows.ts'
import { readLine } from '../phone.ts'
import { estateName, readPlace } from '../place.ts'
import { cellText } from '../text.ts'
import { filled, normaliseLines } from './result.ts'

/** The estate of a line, from its own column or from before the building; null = the cell is empty. */
export function estateOf(r: LineReader, before: string): string | null | undefined {
  const said = r.text('estate', 40)
  return estateName(said ?? '') || before || (r.has('estate') ? null : undefined)
}

/** A number that others may dial, as figures; one that cannot be read is left out, as the rest of the line is right. */
export function lineOf(r: LineReader, key: string): string | null | undefined {
  const said = r.text(key, 60)
  if (!said) return said
  const found = readLine(r.raw(key))
  if (found === null) return r.odd(key, 'not_understood', null)
  if (!found.plain) r.odd(key, found.more ? 'first_number' : 'read_as', found.number)
  return found.number
}

/** The number of one of the buildings of a line. */
function copyNumber(row: number, copy: number): number {
  return rowNumber({ ...placeOfRow(row), copy })
}

function readBuildings(line: Line, r: LineReader, grids: Map<string, string>): BuildingRow[] {
  const said = r.need('building', 80)
  const found = readPlace(said ?? '')
  const estate = estateOf(r, found.estate)
  if (found.problem && said !== undefined) r.fail('building', found.problem)
  // without a word 6-1 may be building 6 or buildings 6 to 1; a list of buildings must not guess
  else if (/^[\s\d]*-[-\s\d]*$/.test(cellText(said ?? '')) || /^\d{4}-\d\d-\d\d$|月\d+日$/.test(said ?? ''))
    r.fail('building', 'bad_building')
  if (!estate && !r.isBroken('estate')) r.fail('estate', 'missing')
  const grid = r.text('grid', 40)
  const rest = { grid, duty_line: lineOf(r, 'duty_line') }
  if (!estate || r.failed()) return []
  if (grid && grids.get(estate) !== undefined && grids.get(estate) !== grid)
    r.fail('grid', 'other_grid', { unit: grids.get(estate)! })
  if (r.failed()) return []
  if (grid) grids.set(estate, grid)
  const names = found.buildings.slice(0, IMPORT_LIMITS.copies)
  if (found.worked) r.odd('building', 'read_as', names.join(' '))
  return names.map((building, copy) =>
    filled<BuildingRow>({ row: copyNumber(line.row, copy), estate, building, ...rest }))
}

/**
 * Buildings; 1-3栋 is three. The same building of an estate twice is duplicate_in_file, one that cannot be read
 * bad_building, an estate that stood in another grid before other_grid: it can lie in one only.
 */
export function normaliseBuilding(lines: Iterable<Line>): NormalResult<BuildingRow> {
  const grids = new Map<string, string>()
  return normaliseLines<BuildingRow>(lines, {
    needed: ['estate', 'building'],
    field: 'building',
    keyOf: row => `${row.estate}|${row.building}`,
    read: (line, r) => readBuildings(line, r, grids),
  })
}
