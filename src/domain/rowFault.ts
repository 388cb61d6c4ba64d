import type { SyncedTable } from './rows.ts'
import type { ColumnKind } from './rowShapes.ts'
import { ROW_SHAPES } from './rowShapes.ts'

/** Why a row cannot be kept. table: this app has no such table. id: not the row it is said to be. shape: a column of another kind. deep: nested too far. */
export type RowFault = 'table' | 'id' | 'shape' | 'deep'

/** Levels a column may nest. A browser copies rows level by level and fails at some thousand; no row of ours has more than four. */
const MAX_DEPTH = 12

function fitsKind(value: unknown, kind: ColumnKind): boolean {
  if (value === undefined) return true // a server older than this app
  if (value === null) return kind.endsWith('?')
  switch (kind) {
    case 'text':
    case 'text?': return typeof value === 'string'
    case 'number':
    case 'number?': return typeof value === 'number'
    case 'flag': return typeof value === 'boolean'
    case 'list': return Array.isArray(value)
    case 'object':
    case 'object?': return typeof value === 'object' && !Array.isArray(value)
  }
}

/** Does JSON nest further than this? Level by level, never by recursion. */
function isDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value]
  for (let i = 0; level.length > 0; i++) {
    if (i > levels) return true
    level = level.flatMap(v =>
      typeof v === 'object' && v !== null ? Object.values(v).filter(x => typeof x === 'object' && x !== null) : [],
    )
  }
  return false
}

/** Is this a table of this app? */
export function isTable(tbl: string): tbl is SyncedTable {
  return Object.hasOwn(ROW_SHAPES, tbl)
}

/**
 * Why a row from the server cannot be kept on this phone; null when it can. What passes is plain JSON of the columns of `rows.ts`
 * and some levels deep, so that IndexedDB can always copy it and a screen can read it. Columns that are missing or unknown are no fault.
 */
export function rowFault(tbl: string, pk: string, data: unknown): RowFault | null {
  if (!isTable(tbl)) return 'table'
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return 'shape'
  const row = data as Record<string, unknown>
  if (typeof pk !== 'string' || row.id !== pk) return 'id'
  for (const [column, kind] of Object.entries(ROW_SHAPES[tbl])) {
    if (!fitsKind(row[column], kind)) return 'shape'
  }
  return isDeeper(row, MAX_DEPTH) ? 'deep' : null
}
