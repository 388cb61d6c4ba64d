import type { Role } from '#domain/words.ts'
import { describe, expect, it } from 'vitest'
import { navItems } from './navItems.ts'

const keys = (...standing: (Role | 'member')[]) =>
  navItems(new Set(standing), 'duty', {}, k => k, () => true).map(i => i.key)

describe('main navigation', () => {
  it('shows a responder four places', () => {
    expect(keys('responder', 'member')).toEqual(['duty', 'roster', 'messages', 'me'])
  })
  it('adds board, call-out and people for a coordinator, the last two on the rail only', () => {
    const items = navItems(
      new Set<Role | 'member'>(['coordinator', 'member']),
      'board',
      { messages: 3 },
      k => k,
      () => true,
    )
    expect(items.map(i => i.key)).toEqual(['duty', 'board', 'roster', 'callout', 'people', 'messages', 'me'])
    expect(items.filter(i => i.wide).map(i => i.key)).toEqual(['callout', 'people'])
    expect(items.filter(i => i.current).map(i => i.key)).toEqual(['board'])
    expect(items.find(i => i.key === 'messages')?.count).toBe(3)
  })
  it('shows an officer the street page and nothing of one community', () => {
    expect(keys('street_officer')).toEqual(['duty', 'street', 'messages', 'me'])
  })
  it('never leads to a route that is not there', () => {
    expect(navItems(new Set<Role>(['coordinator']), 'duty', {}, k => k, r => r === 'duty').map(i => i.key)).toEqual([
      'duty',
    ])
  })
})
