import type { BoardData } from '#queries/boardRows.ts'
import { expect, it } from 'vitest'
import { answersOf, calloutFigures } from './calloutFigures.ts'

const now = Date.parse('2026-11-23T06:00:00Z')
const shift = (id: string, hour: number, more: object = {}) => ({
  id,
  callout_id: 'k',
  starts_at: `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z`,
  ends_at: `2026-11-23T${String(hour + 2).padStart(2, '0')}:00:00.000Z`,
  state: 'open',
  filled: 1,
  capacity: 2,
  ...more,
})
const offer = (responder_id: string, state: string, callout_id = 'k') => ({ responder_id, state, callout_id })

it('counts places and answers of one call-out, each person once', () => {
  const data = {
    shifts: [
      shift('running', 5),
      shift('ahead', 9),
      shift('gone', 9, { state: 'cancelled' }),
      shift('other', 9, { callout_id: 'x' }),
    ],
    offers: [offer('wang', 'sent'), offer('li', 'accepted'), offer('zhao', 'declined'), offer('qian', 'sent', 'x')],
  } as unknown as Pick<BoardData, 'shifts' | 'offers'>
  expect(calloutFigures('k', data, now)).toEqual({
    filled: 2,
    capacity: 4,
    asked: 3,
    accepted: 1,
    declined: 1,
    expired: 0,
    live: 1,
    released: 0,
    span: { starts_at: '2026-11-23T05:00:00.000Z', ends_at: '2026-11-23T11:00:00.000Z' },
    ahead: 1,
  })
})

it('counts a person who was asked for several slots once, and the parts add up to the whole', () => {
  const offers = [
    offer('wang', 'accepted'),
    offer('wang', 'declined'),
    offer('li', 'expired'),
    offer('li', 'sent'),
    offer('zhao', 'withdrawn'),
    offer('qian', 'declined'),
    offer('qian', 'expired'),
  ] as unknown as Parameters<typeof answersOf>[0]
  const { asked, ...parts } = answersOf(offers)
  expect(parts).toEqual({ accepted: 1, live: 1, declined: 1, expired: 0, released: 1 })
  expect(Object.values(parts).reduce((sum, n) => sum + n, 0)).toBe(asked)
})
