import { expect, it } from 'vitest'
import { uuidv7 } from './uuid.ts'

it('carries the time in front, the version and the variant', () => {
  const id = uuidv7(0x0190_1234_5678, new Uint8Array(10).fill(0xFF))
  expect(id).toBe('01901234-5678-7fff-bfff-ffffffffffff')
})

it('sorts by time and differs by chance', () => {
  const early = uuidv7(1_700_000_000_000, new Uint8Array(10).fill(255))
  const late = uuidv7(1_700_000_000_001, new Uint8Array(10))
  expect(early < late).toBe(true)
  expect(uuidv7(1, new Uint8Array(10).fill(1))).not.toBe(uuidv7(1, new Uint8Array(10).fill(2)))
})
