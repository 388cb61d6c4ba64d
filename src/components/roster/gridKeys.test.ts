import { describe, expect, it } from 'vitest'
import { gridKey } from './gridKeys.ts'

describe('keys of the grid', () => {
  const size = { rows: 3, cols: 7 }
  const at = (row: number, col: number) => ({ at: { row, col }, anchor: { row, col } })
  const key = (k: string, mods: { ctrl?: boolean, shift?: boolean } = {}) => ({
    key: k,
    ctrl: mods.ctrl ?? false,
    shift: mods.shift ?? false,
  })
  it('moves inside the grid and never out of it', () => {
    expect(gridKey(at(0, 0), key('ArrowUp'), size)).toEqual({ selection: at(0, 0) })
    expect(gridKey(at(1, 6), key('ArrowRight'), size)).toEqual({ selection: at(1, 6) })
    expect(gridKey(at(1, 3), key('End', { ctrl: true }), size)).toEqual({ selection: at(2, 6) })
  })
  it('keeps the other corner while Shift is held', () => {
    expect(gridKey(at(1, 1), key('ArrowDown', { shift: true }), size)).toEqual({
      selection: { at: { row: 2, col: 1 }, anchor: { row: 1, col: 1 } },
    })
  })
  it('turns keys into intents and leaves foreign keys alone', () => {
    expect(gridKey(at(0, 0), key('Enter'), size)).toEqual({ intent: 'assign' })
    expect(gridKey(at(0, 0), key('C', { ctrl: true }), size)).toEqual({ intent: 'copy' })
    expect(gridKey(at(0, 0), key('c'), size)).toBeNull()
    expect(gridKey(at(0, 0), key('Tab'), size)).toBeNull()
  })
})
