import type { CalloutTemplate } from './rows.ts'
import { expect, it } from 'vitest'
import { CALLOUT_TEMPLATES, templateStarts } from './calloutTemplates.ts'

const word = (key: string, part: string) => `${key} ${part}`
const own = (key: string, name: string): CalloutTemplate => ({
  id: `id ${key}`,
  community_id: 'c',
  key,
  name,
  ground: '自定',
  kind: 'gate',
  capacity: 5,
  pattern: '3x8',
  task: '',
  kit: '',
})

it('starts from the six', () => {
  expect(templateStarts([], word).map(t => t.key)).toEqual([...CALLOUT_TEMPLATES])
  expect(templateStarts([], word)[0]).toEqual({
    id: null,
    key: 'typhoon',
    kind: 'patrol',
    capacity: 2,
    pattern: '6x4',
    name: 'typhoon name',
    ground: 'typhoon ground',
    task: 'typhoon task',
    kit: 'typhoon kit',
  })
})
it('puts the community\'s edition in its place, and its own ones behind', () => {
  const found = templateStarts([own('z', '乙'), own('snow', '大雪'), own('y', '甲')], word)
  expect(found.map(t => t.name)).toEqual([
    'typhoon name',
    '大雪',
    'outage name',
    'epidemic name',
    'flood name',
    'fire name',
    '乙',
    '甲',
  ])
})
