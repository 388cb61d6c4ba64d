import type { Need } from './need.ts'
import type { TodayInput } from './todayNeeds.ts'
import { describe, expect, it } from 'vitest'
import { timeUsed } from './need.ts'
import { orgTree } from './orgTree.ts'
import { UNITS } from './testing/tree.ts'
import { DAY, HOUR, iso, ms } from './time.ts'
import { todayNeeds } from './todayNeeds.ts'

/** A Monday, 14:30 in Shanghai. */
const now = ms('2026-12-07T06:30:00Z')
const at = (hours: number): string => iso(now + hours * HOUR)
const shift = (id: string, from: number, more: object = {}) => ({
  id, community_id: 'c', post_id: 'p', org_unit_id: 'e1b1', roster_id: 'r', callout_id: null, starts_at: at(from),
  ends_at: at(from + 3), capacity: 2, filled: 2, held: 0, to_pick: 0, state: 'open', skill: null, ...more,
})
const place = (shift_id: string, name: string, state: string, from: number, more: object = {}) => ({
  id: `${shift_id} ${name}`, shift_id, responder_id: name, community_id: 'c', name, starts_at: at(from),
  ends_at: at(from + 3), state, on_post_at: null, off_post_at: null, by_proxy: [], ...more,
})
const waits = (shift_id: string, name: string, rank: number, state = 'waiting') =>
  ({ id: name, community_id: 'c', shift_id, responder_id: name, name, rank, state, hold_until: null })
const NOTHING = {
  now, community: 'c', tree: orgTree(UNITS), posts: [{ id: 'p', name: '单元门岗' }], shifts: [], assignments: [],
  callouts: [], waitlist: [], absences: [], covers: [], helps: [], mine: () => true, asks: 0, reports: [], orgs: [],
  seats: [],
}
const needs = (more: object): Need[] => todayNeeds({ ...NOTHING, ...more } as unknown as TodayInput)
const kinds = (more: object): [string, number, string[]][] => needs(more).map(n => [n.kind, n.n, n.names])

describe('empty places', () => {
  it('are a need within a day, with who waits first, by the start of their shift', () => {
    const found = needs({
      shifts: [shift('s', 6, { filled: 0 }), shift('later', 25, { filled: 0 }), shift('full', 6)],
      waitlist: [waits('s', '李素芬', 2), waits('s', '魏敬国', 1), waits('full', '周明', 1)],
    })
    expect(found).toEqual([{
      key: 'gap s', kind: 'gap', n: 2, names: ['魏敬国'], place: '梧桐苑 1栋', post: '单元门岗',
      span: { starts_at: at(6), ends_at: at(9) }, by: at(6), since: at(6 - 24), pending: false,
      to: { name: 'board', query: { at: 'e1b1' } },
    }])
  })
  it('do not count while they are kept for somebody, are a draft, or lie in a part of somebody else', () => {
    expect(kinds({
      shifts: [
        shift('held', 2, { filled: 1, held: 1 }), shift('draft', 2, { filled: 0, state: 'draft' }),
        shift('over', -4, { filled: 0 }), shift('else', 2, { filled: 0, org_unit_id: 'e2b1' }),
      ],
      mine: (unit: string) => unit === 'e1b1',
    })).toEqual([])
  })
  it('stay, marked, while a tap about them waits for the server', () => {
    const [need] = needs({
      shifts: [shift('s', 2, { filled: 2, _pending: 'm' })],
      assignments: [place('s', '王', 'accepted', 2), place('s', '李', 'assigned', 2, { _pending: 'm' })],
    })
    expect([need?.kind, need?.n, need?.pending]).toEqual(['gap', 1, true])
  })
  it('of a call-out come first, and those of a drill not at all', () => {
    const callout = (id: string, kind: string) => ({ id, community_id: 'c', kind, state: 'open', attention: 'none' })
    expect(needs({
      shifts: [
        shift('roster', 1, { filled: 0 }), shift('alarm', 5, { filled: 0, callout_id: 'real' }),
        shift('practice', 1, { filled: 0, callout_id: 'drill' }),
      ],
      callouts: [callout('real', 'real'), callout('drill', 'drill')],
    }).map(n => n.key)).toEqual(['callout_gap alarm', 'gap roster'])
  })
})

describe('people', () => {
  it('who have not confirmed close to the start, did not come, or are away', () => {
    expect(kinds({
      shifts: [shift('soon', 1), shift('runs', -1), shift('tomorrow', 20)],
      assignments: [
        place('soon', '未定', 'assigned', 1), place('soon', '已定', 'accepted', 1),
        place('runs', '没到', 'not_arrived', -1), place('tomorrow', '请假', 'accepted', 20),
      ],
      absences: [{ id: 'a', responder_id: '请假', starts_at: at(18), ends_at: at(30) }],
    })).toEqual([['doubt', 1, ['未定']], ['absent', 1, ['没到']], ['away', 1, ['请假']]])
  })
  it('of whom the community picks, also for a shift far ahead, until it is close', () => {
    const [need] = needs({
      shifts: [shift('s', 200, { filled: 1, held: 1, to_pick: 1 })], waitlist: [waits('s', '甲', 1), waits('s', '乙', 2)],
    })
    expect([need?.kind, need?.n, need?.names, need?.by]).toEqual(['to_pick', 1, ['甲', '乙'], at(198)])
  })
  it('who take a place of somebody else, and requests that nobody takes', () => {
    const cover = (id: string, state: string, taker_name: string | null) =>
      ({ cover: { id, state, name: '主', taker_name, claimed_at: null, asked_at: at(-1) }, shift: shift(id, 2) })
    expect(kinds({ covers: [cover('a', 'claimed', '替'), cover('b', 'open', null)] }))
      .toEqual([['cover_claimed', 1, ['替', '主']], ['cover_open', 1, ['主']]])
  })
})

describe('decisions', () => {
  it('about a call-out whose mode ended come first, then what waits for the person themself', () => {
    const callout = { id: 'k', kind: 'real', state: 'open', attention: 'undecided', title: '寒潮', opened_at: at(-9) }
    expect(kinds({ callouts: [callout], asks: 2 })).toEqual([['undecided', 1, ['寒潮']], ['own', 2, []]])
  })
  it('about people another community asks for, not about those we ask for', () => {
    const help = (id: string, to_community_id: string) => ({
      id, to_community_id, from_name: '云河', people: 3, state: 'asked', slot_starts_at: at(2), slot_ends_at: at(5),
      asked_at: at(-1),
    })
    expect(kinds({ helps: [help('in', 'c'), help('out', 'd')] })).toEqual([['help', 3, ['云河']]])
  })
})

describe('organisations', () => {
  const report = (name: string | null, hours: number, more: object = {}) => ({
    id: `${hours}`, community_id: 'c', state: 'requested', at: at(hours), name, unit: '三江物流', number: 'BD1', ...more,
  })
  it('have their reports in one line, by three days after the oldest', () => {
    const found = needs({ reports: [report('乙', -5), report(null, -50), report('丙', -70, { state: 'confirmed' })] })
    expect(found.map(n => [n.kind, n.n, n.names, n.by, n.to.name]))
      .toEqual([['reports', 2, ['三江物流', '乙'], at(22), 'reports']])
    expect(kinds({ reports: [report('周敏', -5, { unit_kind: 'two_new' })] })).toEqual([['reports', 1, ['三江物流']]])
  })

  const org = (id: string, posts: object[], more: object = {}) => ({
    id, keeper_id: 'c', name: id, kind: 'branch', state: 'formed', formed_on: '2020-01-01', posts, ...more,
  })
  const held = (ends_on: string | null) => ({ id: 'x', post: 'secretary', starts_on: '2020-01-01', ends_on })
  const orgs = [
    org('long', [held('2026-10-01')]), org('lately', [held('2026-12-01')]), org('led', [held(null)]),
    org('elsewhere', [], { keeper_id: 'd' }), org('for a call-out', [], { kind: 'temporary' }),
  ]
  const seats = [
    { id: '1', council_id: 'c', kind: 'part_time', unit_name: '云锦物业', state: 'ended', since_on: '2026-09-26', sort: 0 },
    { id: '2', council_id: 'd', kind: 'part_time', unit_name: '别处', state: 'ended', since_on: '2026-09-26', sort: 0 },
  ].map(s => ({ ...s, name: null, title: null, until_on: null }))
  it('show what stands empty on Mondays only', () => {
    expect(kinds({ orgs, seats })).toEqual([['leaders', 1, ['long']], ['seats', 1, ['云锦物业']]])
    expect(kinds({ orgs, seats, now: now + DAY })).toEqual([])
  })
  it('show terms in their last thirty days, by the end of the first', () => {
    const term = (id: string, until_on: string) => ({ ...seats[0], id, state: 'serving', unit_name: id, until_on })
    const found = needs({ seats: [term('b', '2027-01-05'), term('a', '2026-12-31'), term('later', '2027-02-01')] })
    expect(found.map(n => [n.kind, n.n, n.names, n.by]))
      .toEqual([['terms', 2, ['a', 'b'], '2026-12-31T16:00:00.000Z']])
  })
})

it.each([
  [at(10), at(20), 0],
  [at(-1), at(1), 0.5],
  [at(-3), at(1), 0.75],
  [at(-3), at(-1), 1],
  [at(-3), null, 1],
])('of the time from %s to %s the share %d is gone', (since, by, share) => {
  expect(timeUsed({ since, by }, now)).toBe(share)
})
