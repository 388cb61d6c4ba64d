import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeStorage } from '../../../../tests/fakes/storage.ts'
import { keepQuotas, recallQuotas } from './quotaMemory.ts'

const ME = 'login'
beforeEach(() => void vi.stubGlobal('localStorage', fakeStorage()))
afterEach(() => vi.unstubAllGlobals())

it('gives each community what was entered for it last', () => {
  keepQuotas(ME, 'a', [{ unit: '财政局', least: 3 }])
  keepQuotas(ME, 'b', [{ unit: '住建局', least: 1 }])
  keepQuotas(ME, 'a', [{ unit: '财政局', least: 2 }])
  expect(['a', 'b', 'c'].map(community => recallQuotas(ME, community)))
    .toEqual([[{ unit: '财政局', least: 2 }], [{ unit: '住建局', least: 1 }], []])
})

it.each(['{', '[]x', 'null', '{"a":7}', '{"a":[{"unit":"财政局","least":-1}]}', '{"a":[{"unit":"财政局","least":"2"}]}'])(
  'asks again where %s was kept', (text) => {
    localStorage.setItem(`redwhistle-roster-quotas-${ME}`, text)
    expect(recallQuotas(ME, 'a')).toEqual([])
  },
)
