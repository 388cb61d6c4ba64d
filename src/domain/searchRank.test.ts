import type { Findable, HitKind } from './searchRank.ts'
import { expect, it } from 'vitest'
import { searchRank } from './searchRank.ts'

const one = (kind: HitKind, name: string, initials = '', tail: string | null = null): Findable =>
  ({ id: name, kind, name, pinyin: '', initials, tail, note: '', at: null })
const ALL = [
  one('person', '北明', 'bm', '6612'),
  one('person', '卢北', 'lb', '0066'),
  one('building', '梧桐苑 6栋', 'wty6d'),
  one('building', '梧桐苑 16栋', 'wty16d'),
  one('post', '北门', 'bm'),
  one('unit', '三江物流北门站', 'sjwlbmz'),
  one('organisation', '北门第一党支部', 'bmdydzb'),
]
const found = (query: string, shown?: number): [HitKind, string[], number][] =>
  searchRank(ALL, query, shown).map(g => [g.kind, g.hits.map(h => h.name), g.more])

it('puts the kind with the best hit first, and keeps the fixed order among equals', () => {
  expect(found('北门')).toEqual([
    ['post', ['北门'], 0], ['organisation', ['北门第一党支部'], 0], ['unit', ['三江物流北门站'], 0],
  ])
  expect(found('bm').map(([kind]) => kind)).toEqual(['person', 'post', 'organisation', 'unit'])
})

it('finds people by the tail of their number, and buildings by theirs', () => {
  expect(found('66')).toEqual([['person', ['北明', '卢北'], 0]])
  expect(found('6')).toEqual([
    ['person', ['北明', '卢北'], 0], ['building', ['梧桐苑 6栋', '梧桐苑 16栋'], 0],
  ])
})

it('says how many more there are, and finds nothing where nothing is typed', () => {
  expect(found('6', 1)).toEqual([['person', ['北明'], 1], ['building', ['梧桐苑 6栋'], 1]])
  expect(found(' ')).toEqual([])
})
