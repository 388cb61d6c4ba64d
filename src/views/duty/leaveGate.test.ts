import { describe, expect, it } from 'vitest'
import { gateReason, swapFrom, withoutNumbers } from './leaveGate.ts'

const person = { id: 'a', shift_id: 's', name: '周志强', state: 'accepted' as const, responder_id: 'r', on_post_at: null }

describe('the way out of a post', () => {
  it('is closed in an emergency while the relief is missing or on the way', () => {
    expect(gateReason({ kind: 'missing', starts_at: '' }, false, true)).toEqual({ kind: 'missing' })
    expect(gateReason({ kind: 'coming', people: [person], starts_at: '' }, false, true)).toEqual({
      kind: 'coming',
      names: ['周志强'],
    })
  })
  it('opens for a known relief, four right figures, no next shift and a stand-down', () => {
    expect(gateReason({ kind: 'known', person }, false, true)).toBeNull()
    expect(gateReason({ kind: 'coming', people: [person], starts_at: '' }, true, true)).toBeNull()
    expect(gateReason({ kind: 'none' }, false, true)).toBeNull()
    expect(gateReason({ kind: 'stood_down' }, false, true)).toBeNull()
  })
  it('is open where no relief is owed', () => {
    expect(gateReason({ kind: 'missing', starts_at: '' }, false, false)).toBeNull()
  })
})

it('nobody stands in for a person who came before their shift', () => {
  const shift = { starts_at: '2026-11-29T11:00:00.000Z' }
  const start = Date.parse(shift.starts_at)
  expect(swapFrom(shift, start)).toBe(shift.starts_at)
  expect(swapFrom(shift, start + 1)).toBeNull()
})

describe('a reason in own words', () => {
  it('loses phone numbers and keeps small figures', () => {
    expect(withoutNumbers('孩子发烧 找我 138 0013 8000 或 025-83001234')).toBe('孩子发烧 找我 *** 或 ***')
    expect(withoutNumbers('39 度，18:30 走')).toBe('39 度，18:30 走')
  })
})
