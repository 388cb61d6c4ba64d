import { describe, expect, it } from 'vitest'
import { failureOf } from './errors.ts'

describe('what to do after a failure, by code only', () => {
  it.each([
    [0, '', 'retry network'],
    [401, 'PGRST301', 'unauthorized'],
    [401, 'PGRST303', 'unauthorized'],
    [401, null, 'unauthorized'],
    [401, '42501', 'unauthorized'],
    [403, '42501', 'forbidden'],
    [400, 'RW001', 'fork'],
    [500, 'RW001', 'fork'],
    [400, 'RW002', 'too_large'],
    [403, 'RW005', 'outsider'],
    [413, null, 'too_large'],
    [429, null, 'retry busy'],
    [503, null, 'retry busy'],
    [502, null, 'retry server'],
    [504, null, 'retry slow'],
    [500, '57014', 'retry slow'],
    [404, '42883', 'retry server'],
    [404, 'PGRST202', 'retry server'],
    [503, 'PGRST002', 'retry server'],
    [500, '40001', 'retry server'],
    [500, '40P01', 'retry server'],
    [500, '53300', 'retry server'],
    [500, '55P03', 'retry server'],
    [500, '58000', 'retry server'],
    [500, 'XX000', 'retry server'],
    [500, '08006', 'retry server'],
    [400, '22P02', 'rejected 22P02'],
    [400, '23505', 'rejected 23505'],
    [400, 'P0001', 'rejected P0001'],
    [400, null, 'rejected http_400'],
  ] as const)('%s %s → %s', (status, code, expected) => {
    const f = failureOf({ status, code: code || null })
    expect([f.kind, 'code' in f ? f.code : null].filter(Boolean).join(' ')).toBe(expected)
  })

  it('hands the wait on that the server asks for', () => {
    expect(failureOf({ status: 429, code: null, after_s: 7 })).toEqual({ kind: 'retry', code: 'busy', after_s: 7 })
  })
})
