import type { NavItem } from '#components/staffPage.ts'
import type { Role } from '#domain/words.ts'
import { describe, expect, it } from 'vitest'
import { navItems } from './navItems.ts'

const of = (under: string, ...standing: (Role | 'member')[]): NavItem[] =>
  navItems(new Set(standing), under, { messages: 3, people: 2 }, k => k, () => true)
const rail = (...standing: (Role | 'member')[]): string[] =>
  of('x', ...standing).filter(i => i.on !== 'tabs').map(i => i.apart ? `┃${i.key}` : i.key)
const tabs = (...standing: (Role | 'member')[]): string[] =>
  of('x', ...standing).filter(i => i.on !== 'rail').map(i => i.key)

describe('main navigation', () => {
  it.each<[string, (Role | 'member')[], string, string]>([
    ['a responder', ['responder', 'member'], 'duty roster ┃messages me', 'duty roster messages me'],
    [
      'a coordinator',
      ['coordinator', 'member'],
      'today board roster callout ┃together people ┃messages me',
      'today board roster messages more',
    ],
    [
      'who leads a grid or a building',
      ['grid_lead', 'member'],
      'today board roster ┃people ┃messages me',
      'today board roster messages me',
    ],
    ['a liaison', ['liaison'], 'unit send ┃messages me', 'unit send messages me'],
    [
      'a liaison who also serves',
      ['liaison', 'responder', 'member'],
      'duty roster ┃unit send ┃messages me',
      'duty unit send messages me',
    ],
    [
      'an officer',
      ['street_officer'],
      'street ┃organisations units ┃messages me',
      'street organisations units messages me',
    ],
    [
      'an officer who also serves',
      ['street_officer', 'responder', 'member'],
      'duty street roster ┃organisations units ┃messages me',
      'duty street roster messages more',
    ],
    [
      'a coordinator who is a liaison too',
      ['coordinator', 'liaison', 'member'],
      'today board roster callout ┃unit ┃together people ┃messages me',
      'today board roster messages more',
    ],
    ['an admin', ['admin'], 'duty ┃messages me', 'duty messages me'],
  ])('%s', (_, standing, onRail, asTabs) => {
    expect(rail(...standing).join(' ')).toBe(onRail)
    expect(tabs(...standing).join(' ')).toBe(asTabs)
  })

  it('never has more than nine places on the rail, nor more than five tabs', () => {
    const roles: (Role | 'member')[] = ['coordinator', 'grid_lead', 'liaison', 'street_officer', 'responder', 'member']
    for (let some = 0; some < 2 ** roles.length; some++) {
      const standing = roles.filter((_, i) => some & 2 ** i)
      expect(tabs(...standing).length, standing.join()).toBeLessThanOrEqual(5)
      // a person who leads in a community and is an officer above it sees the pages of both
      const both = standing.includes('street_officer') && /coordinator|lead/.test(standing.join())
      if (!both)
        expect(rail(...standing).length, standing.join()).toBeLessThanOrEqual(9)
    }
  })

  it('marks the place that a view stands in, and 更多 where that place is no tab', () => {
    const current = (under: string, ...standing: (Role | 'member')[]): string[] =>
      of(under, ...standing).filter(i => i.current).map(i => i.key)
    expect(current('board', 'coordinator', 'member')).toEqual(['board'])
    expect(current('reports', 'coordinator', 'member')).toEqual(['people', 'more'])
    expect(current('council', 'coordinator', 'member')).toEqual(['together', 'more'])
    expect(current('duty', 'coordinator', 'member')).toEqual(['more'])
    expect(current('council', 'street_officer')).toEqual(['units'])
    expect(current('organisations', 'street_officer')).toEqual(['organisations'])
  })

  it('lets 更多 count what waits behind it', () => {
    const counts = of('x', 'coordinator', 'member').map(i => [i.key, i.count])
    expect(counts).toEqual(expect.arrayContaining([['people', 2], ['messages', 3], ['more', 2]]))
  })

  it('never leads to a route that is not there', () => {
    const items = navItems(new Set<Role>(['street_officer']), 'duty', {}, k => k, r => r === 'street')
    expect(items.map(i => i.key)).toEqual(['street'])
  })
})
