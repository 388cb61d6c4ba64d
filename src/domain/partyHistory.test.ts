import type { PartyOrg } from './organisationRows.ts'
import { expect, it } from 'vitest'
import { historyOf } from './partyHistory.ts'

const org = (id: string, more: Partial<PartyOrg> = {}): PartyOrg => ({
  id, keeper_id: 'c', name: id, kind: 'branch', state: 'formed', org_unit_id: 'c', partner_unit_id: null,
  parent_id: null, callout_id: null, formed_on: '2021-06-11', ended_on: null, merged_into: null, covers: [], members: 0,
  posts: [], ...more,
})
const secretary = (name: string, starts_on: string, ends_on: string | null): PartyOrg['posts'][number] =>
  ({ id: name, post: 'secretary', name, responder_id: null, starts_on, ends_on })

it('tells who led an organisation, the latest first, and on one day who follows after who leaves', () => {
  const posts = [secretary('何志远', '2026-10-30', null), secretary('吴佳庚', '2021-06-11', '2026-10-30')]
  const lines = historyOf(org('x', { posts }), [])
  expect(lines.map(l => [l.day, l.what, 'name' in l ? l.name : ''])).toEqual([
    ['2026-10-30', 'took', '何志远'], ['2026-10-30', 'left', '吴佳庚'],
    ['2021-06-11', 'took', '吴佳庚'], ['2021-06-11', 'formed', ''],
  ])
  expect(new Set(lines.map(l => l.key)).size).toBe(4)
})

it('tells with which other it was joined, on both pages', () => {
  const from = org('西区支部', { state: 'merged', ended_on: '2026-05-01', merged_into: 'a', formed_on: null })
  const into = org('a', { name: '东区支部' })
  expect(historyOf(from, [from, into])).toEqual([
    { key: 'end', day: '2026-05-01', what: 'merged', name: '东区支部' },
  ])
  expect(historyOf(into, [from, into])).toMatchObject([{ what: 'took_in', name: '西区支部' }, { what: 'formed' }])
})

it('says that it was closed', () => {
  const closed = org('x', { state: 'closed', ended_on: '2026-11-26', formed_on: '2026-11-26' })
  expect(historyOf(closed, []).map(l => l.what)).toEqual(['closed', 'formed'])
})
