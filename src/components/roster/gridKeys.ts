import type { GridPlace, GridSelection } from './matrix.ts'

export type GridIntent = 'assign' | 'unassign' | 'copy' | 'paste' | 'undo' | 'redo' | 'search' | 'help'
export interface GridKey { key: string, ctrl: boolean, shift: boolean }
export interface GridSize { rows: number, cols: number }

const MOVES: Record<string, GridPlace> = {
  ArrowUp: { row: -1, col: 0 },
  ArrowDown: { row: 1, col: 0 },
  ArrowLeft: { row: 0, col: -1 },
  ArrowRight: { row: 0, col: 1 },
}
const INTENTS: Record<string, GridIntent> = {
  'Enter': 'assign',
  'Delete': 'unassign',
  'Backspace': 'unassign',
  '/': 'search',
  '?': 'help',
}
const CTRL_INTENTS: Record<string, GridIntent> = { c: 'copy', v: 'paste', z: 'undo', y: 'redo' }

/**
 * What a key does in the matrix: a new selection, an intent, or null when the key is not the grid's.
 * Home and End go to the ends of the row, with Ctrl to the corners; Shift keeps the other corner of the range.
 */
export function gridKey(
  selection: GridSelection,
  key: GridKey,
  size: GridSize,
): { selection: GridSelection } | { intent: GridIntent } | null {
  const target = destination(selection.at, key, size)
  if (target) return { selection: { at: target, anchor: key.shift ? selection.anchor : target } }
  const intent = key.ctrl ? CTRL_INTENTS[key.key.toLowerCase()] : INTENTS[key.key]
  return intent ? { intent } : null
}

function destination(at: GridPlace, key: GridKey, size: GridSize): GridPlace | null {
  if (size.rows === 0 || size.cols === 0) return null
  const move = MOVES[key.key]
  if (move) return keepInside({ row: at.row + move.row, col: at.col + move.col }, size)
  if (key.key === 'Home') return { row: key.ctrl ? 0 : at.row, col: 0 }
  if (key.key === 'End') return { row: key.ctrl ? size.rows - 1 : at.row, col: size.cols - 1 }
  return null
}

/** The nearest place inside the grid; after a sync the grid may have shrunk under the focus. */
export function keepInside(place: GridPlace, size: GridSize): GridPlace {
  return { row: clamp(place.row, size.rows - 1), col: clamp(place.col, size.cols - 1) }
}

function clamp(n: number, max: number): number {
  return Math.max(0, Math.min(n, max))
}
