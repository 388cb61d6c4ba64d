import { describe, expect, it } from 'vitest'
import { IMPORT_LIMITS, lineOfRow, placeOfRow, rowNumber } from './importRows.ts'

describe('the number of a row', () => {
  it('is the line in the first sheet, and leads back to sheet, line and copy', () => {
    expect(rowNumber({ sheet: 0, line: 7, copy: 0 })).toBe(7)
    const place = (sheet: number, line: number, copy: number) => ({ sheet, line, copy })
    const places = [place(1, 5, 0), place(3, 99_999, 99), place(0, 1, 2)]
    expect(places.map(rowNumber).map(placeOfRow)).toEqual(places)
    expect(lineOfRow(rowNumber({ sheet: 2, line: 9, copy: 4 }))).toBe(rowNumber({ sheet: 2, line: 9, copy: 0 }))
  })
  it('never exceeds what the server takes', () => {
    const { lines, copies, sheets } = IMPORT_LIMITS
    expect(rowNumber({ sheet: sheets - 1, line: lines, copy: copies })).toBeLessThan(2_000_000_000)
  })
})
