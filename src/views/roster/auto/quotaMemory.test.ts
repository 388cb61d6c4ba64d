import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepQuotas, recallQuotas } from './quotaMemory.ts'

const KEY = 'redwhistle-roster-quotas'
const shelf = new Map<string, string>()
beforeEach(() => {
  shelf.clear()
  vi.stubGlobal('localStorage', {
    getItem: (k: string) => shelf.get(k) ?? null,
    setItem: (k: string, v: string) => shelf.set(k, v),
  })
})
afterEach(() => vi.unstubAllGlobals())

it('gives each community what was entered for it last', () => {
  keepQuotas('a', [{ unit: '财政局', least: 3 }])
  keepQuotas('b', [{ unit: '住建局', least: 1 }])
  keepQuotas('a', [{ unit: '财政局', least: 2 }])
  expect([recallQuotas('a'), recallQuotas('b'), recallQuotas('c')])
    .toEqual([[{ unit: '财政局', least: 2 }], [{ unit: '住建局', least: 1 }], []])
})

it.each(['{', '[]x', 'null', '{"a":7}', '{"a":[{"unit":"财政局","least":-1}]}', '{"a":[{"unit":"财政局","least":"2"}]}'])(
  'asks again where %s was kept', (text) => {
    shelf.set(KEY, text)
    expect(recallQuotas('a')).toEqual([])
  },
)

it('works without a storage', () => {
  const closed = (): never => { throw new Error('closed') }
  vi.stubGlobal('localStorage', { getItem: closed, setItem: closed })
  keepQuotas('a', [{ unit: '财政局', least: 3 }])
  expect(recallQuotas('a')).toEqual([])
})
