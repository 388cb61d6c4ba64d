import { expect, it } from 'vitest'
import { actsForOther, withStep } from './proxy.ts'

it('tells the own step from one that is taken for somebody else', () => {
  expect(actsForOther({ responder_id: 'me' }, 'me')).toBe(false)
  expect(actsForOther({ responder_id: 'me' }, 'other')).toBe(true)
})

it('takes a coordinator who serves nowhere, or is not known yet, for somebody else', () => {
  expect([actsForOther({ responder_id: null }, 'other'), actsForOther(undefined, 'other')]).toEqual([true, true])
})

it('keeps the steps in their order, each once', () => {
  expect(withStep(['off_post'], 'accepted')).toEqual(['accepted', 'off_post'])
  expect(withStep(['on_post'], 'on_post')).toEqual(['on_post'])
})
