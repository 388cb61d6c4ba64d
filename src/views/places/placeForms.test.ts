import { expect, it } from 'vitest'
import { postForm, readPostForm, readUnitForm, unitForm } from './placeForms.ts'

const post = {
  id: 'p', community_id: 'c', org_unit_id: 'e', name: '东门', kind: 'gate', setting: 'indoor', task: '登记', kit: null,
  contact: null, night_minimum: 2, waitlist_choice: 'community', skill: '急救', ended: false,
} as const

it('a post is read as lists read it, an empty text clears', () => {
  expect(readPostForm({ ...postForm('e', post), task: ' ' }, null).fields).toEqual({
    org_unit_id: 'e', name: '东门', kind: 'gate', setting: 'indoor', task: null, kit: null, contact: null,
    night_minimum: 2, waitlist_choice: 'community', skill: '急救',
  })
  expect(readPostForm(postForm('', null), null).faults).toEqual(['org_unit_id', 'name', 'kind'])
  expect(readPostForm({ ...postForm('e', post), night_minimum: 21, task: '长'.repeat(501) }, null).faults)
    .toEqual(['task', 'night_minimum'])
})

it.each([
  ['building', '06幢', 'e', { name: '6栋', parent_id: 'e' }],
  ['building', '东塔', 'e', { name: '东塔', parent_id: 'e' }],
  ['estate', '梧桐苑', '', { name: '梧桐苑', parent_id: 'c' }],
  ['estate', '梧桐苑', 'g', { name: '梧桐苑', parent_id: 'g' }],
  ['grid', ' 第一网格 ', '', { name: '第一网格', parent_id: 'c' }],
] as const)('a %s called %j in %j', (level, name, parent, expected) => {
  const read = readUnitForm({ ...unitForm(level, parent, null, 'c'), name }, null, 'c')
  expect(read).toEqual({ faults: [], fields: { level, duty_line: null, ...expected } })
})

it('names what is wrong with a unit', () => {
  expect(readUnitForm({ ...unitForm('building', '', null, 'c'), duty_line: 'call me' }, null, 'c').faults)
    .toEqual(['name', 'parent_id', 'duty_line'])
})

it('of a known place only what was changed goes out', () => {
  const known = postForm('e', post)
  expect(readPostForm({ ...known, kit: '雨衣' }, known)).toEqual({ fields: { kit: '雨衣' }, faults: [] })
  expect(readPostForm(known, known)).toEqual({ fields: {}, faults: [] })
  const building = { ...unitForm('building', 'e', null, 'c'), name: '六栋' }
  expect(readUnitForm({ ...building, duty_line: '025-84701234 转 802' }, building, 'c'))
    .toEqual({ fields: { duty_line: '025-84701234,802' }, faults: [] })
  expect(readUnitForm({ ...building, name: '06幢' }, building, 'c').fields).toEqual({ name: '6栋' })
})

it('an estate straight below the community stands in no grid', () => {
  const unit = {
    id: 'e', community_id: 'c', level: 'estate', name: '梧桐苑', parent_id: 'c', sort: 1, duty_line: null,
  } as const
  expect(unitForm('estate', '', unit, 'c').parent_id).toBe('')
})
