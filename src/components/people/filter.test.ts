import { expect, it } from 'vitest'
import { choicesOf, filterPeople, narrowings, NO_FILTER } from './filter.ts'

const person = (name: string, over: object = {}): Parameters<typeof choicesOf>[0][number] & { name: string } => ({
  name,
  pinyin: 'wang jianguo',
  initials: 'wjg',
  phone_tail: '0001',
  login: 'none',
  home_building_id: null,
  home_label: null,
  partner_unit_name: null,
  kind: 'volunteer',
  skills: [],
  ...over,
})
const rows = [
  person('王建国', { home_building_id: 'b10', home_label: '梧桐苑 10栋', skills: ['急救', '送药'], login: 'active' }),
  person('李素芬', { home_building_id: 'b2', home_label: '梧桐苑 2栋', partner_unit_name: '区财政局', phone_tail: '2345' }),
  person('赵梅', { home_building_id: 'b2', home_label: '梧桐苑 2栋', kind: 'sent_cadre', skills: ['急救'] }),
]
const names = (query: string, over: object): string[] =>
  filterPeople(rows, query, { ...NO_FILTER, ...over }).map(r => r.name)

it.each([
  ['', {}, ['王建国', '李素芬', '赵梅']],
  ['', { building: 'b2' }, ['李素芬', '赵梅']],
  ['', { unit: '区财政局' }, ['李素芬']],
  ['', { kind: 'sent_cadre' }, ['赵梅']],
  ['', { skill: '急救' }, ['王建国', '赵梅']],
  ['', { skill: '急救', building: 'b2' }, ['赵梅']],
  ['', { login: 'active' }, ['王建国']],
  ['2345', { building: 'b2' }, ['李素芬']],
  ['wjg', { building: 'b10' }, ['王建国']],
  ['王', { building: 'b2' }, []],
])('query %j with %j leaves %j', (query, over, expected) => expect(names(query, over)).toEqual(expected))

it('offers what there is, buildings by their number', () => {
  expect(choicesOf(rows)).toEqual({
    buildings: [{ value: 'b2', label: '梧桐苑 2栋' }, { value: 'b10', label: '梧桐苑 10栋' }],
    units: ['区财政局'],
    kinds: ['sent_cadre', 'volunteer'],
    skills: ['急救', '送药'],
  })
  expect(narrowings({ ...NO_FILTER, login: 'active', skill: '急救', kind: 'volunteer' })).toBe(2)
})

it('two thousand people are filtered within a frame', () => {
  const many = Array.from({ length: 2000 }, (_, i) =>
    person(`王${i}`, { skills: [`技${i % 7}`], home_building_id: 'b2' }))
  filterPeople(many, '王1', NO_FILTER)
  const begun = performance.now()
  expect(filterPeople(many, '王1', { ...NO_FILTER, skill: '技1', building: 'b2' }).length).toBeGreaterThan(100)
  // a frame is 16 ms; a busy machine may be several times slower
  expect(performance.now() - begun).toBeLessThan(100)
})
