import { expect, it } from 'vitest'
import { dutyLineCases } from '../../tests/vectors/rules.ts'
import { dialLink, plainLine } from './dutyLine.ts'
import { spokenNumber } from './spokenNumber.ts'

it.each(dutyLineCases)('the line %j is kept as %j and dialled as %j', (typed, kept, dialled, said) => {
  expect(plainLine(typed)).toBe(kept)
  if (kept !== null) expect([dialLink(kept), spokenNumber(kept, '转')]).toEqual([dialled, said])
})

it('a line stays what it is when it is read again', () => {
  for (const [, kept] of dutyLineCases) {
    if (kept !== null) expect(plainLine(kept)).toBe(kept)
  }
})
