import type { Report } from './report.ts'
import { expect, it } from 'vitest'
import { basisOf, figureLines } from './report.ts'

const report = (places: number): Report => ({
  id: 'c',
  title: '寒潮',
  kind: 'real',
  community_name: '甲社区',
  ground: '寒潮',
  document_no: '1',
  opened_at: '2026-11-27T00:00:00Z',
  stood_down_at: null,
  places,
  first_accept: 2,
  fill: { n: 3, p50: 4, p90: 9 },
  on_post: { n: 0, p50: null, p90: null },
  empty_minutes: 30,
  gaps: { n: 1, minutes: 15 },
  over_limit_hours: 0,
  people: { asked: 9, accepted: null, declined: 1, silent: 2, thanked: 0, not_arrived: 0 },
  rungs: [],
})

it('puts both call-outs side by side in a fixed order', () => {
  const lines = figureLines(report(6), report(4))
  expect(lines.map(l => l.key)).toEqual([
    'asked',
    'accepted',
    'declined',
    'silent',
    'thanked',
    'places',
    'first_accept',
    'fill',
    'on_post',
    'empty_minutes',
    'gaps',
    'over_limit_hours',
    'not_arrived',
  ])
  expect(lines.find(l => l.key === 'places')).toMatchObject({ here: 6, there: 4 })
  expect(lines.find(l => l.key === 'accepted')).toMatchObject({ here: null, there: null })
})
it('marks the parts that add up to the people asked', () => {
  const whole = { asked: 9, accepted: 6, declined: 1, silent: 2, thanked: 0, not_arrived: 1 }
  const lines = figureLines({ ...report(6), people: whole }, null)
  const parts = lines.filter(l => l.part)
  expect(parts.map(l => l.key)).toEqual(['accepted', 'declined', 'silent', 'thanked'])
  expect(parts.reduce((sum, l) => sum + Number(l.here), 0)).toBe(whole.asked)
})
it('a whole that would tell a hidden part is withheld; one of fewer than five says that', () => {
  const people = { asked: null, accepted: 6, declined: null, silent: 0, thanked: 0, not_arrived: 0 }
  const asked = (of: Report['people']): unknown => figureLines({ ...report(6), people: of }, null)[0]!.here
  expect(asked(people)).toBe('withheld')
  expect(asked({ ...people, accepted: 0 })).toBeNull()
  expect(asked({ ...people, accepted: null })).toBeNull()
  expect(asked({ ...people, asked: 9, silent: null })).toBe(9)
})
it('leaves the other side open when there is none', () => {
  expect(figureLines(report(6), null).every(l => l.there === undefined)).toBe(true)
})

it('says the ground once when the call-out is called by it', () => {
  expect(basisOf(report(6))).toEqual(['1'])
  expect(basisOf({ ...report(6), title: '第一次召集' })).toEqual(['寒潮', '1'])
  expect(basisOf({ ...report(6), document_no: null })).toEqual([])
})
