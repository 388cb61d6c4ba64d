import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { shiftCodes } from './shiftCode.ts'

it('gives each shift a code of its own, the same whatever else stands beside it in whatever order', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 60 }), (ids) => {
    const codes = shiftCodes(ids)
    expect(new Set(codes.values()).size).toBe(ids.length)
    expect([...codes.values()].every(code => /^[A-Z]\d{3}$/.test(code))).toBe(true)
    expect(shiftCodes([...ids].reverse())).toEqual(codes)
  }))
  const [a, b] = ['0193f0e2-0000-7000-8000-000000000001', '0193f0e2-0000-7000-8000-000000000002']
  expect(shiftCodes([a]).get(a)).toBe(shiftCodes([b, a]).get(a))
})

it('two that would share a code take the next free one', () => {
  const many = Array.from({ length: 3000 }, (_, i) => `shift-${i}`)
  expect(new Set(shiftCodes(many).values()).size).toBe(3000)
})
