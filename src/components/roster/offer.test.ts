import type { Stand } from './offer.ts'
import { expect, it } from 'vitest'
import { countCan, inGroups, standOf } from './offer.ts'

const people = ['a', 'b', 'c', 'd', 'e'].map(id => ({ id }))
const stands = new Map<string, Stand>([['a', 'blocked'], ['b', 'free'], ['c', 'weigh'], ['e', 'free']])

it('puts those who can first, each group in its own order, and those nobody judged last', () => {
  expect(inGroups(people, stands).map(p => p.id)).toEqual(['b', 'e', 'c', 'a', 'd'])
})

it('counts who can, and who can when something is weighed', () => {
  expect(countCan(stands)).toEqual({ free: 2, weigh: 1 })
})

it('tells them apart by what speaks against them', () => {
  expect(standOf({ blocked: { code: 'paused' }, soft: [] })).toBe('blocked')
  expect(standOf({ blocked: null, soft: [{ code: 'night' }] })).toBe('weigh')
  expect(standOf({ blocked: null, soft: [] })).toBe('free')
})
