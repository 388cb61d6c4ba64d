import type { OfferLead } from './rows.ts'
import { expect, it } from 'vitest'
import { recordsOf } from './tierRecords.ts'

const now = Date.parse('2026-11-27T08:00:00Z')
const offer = (tier: number, state: OfferLead['state'], expires: string, answered: string | null = null) => ({
  tier,
  state,
  expires_at: `2026-11-27T${expires}:00Z`,
  answered_at: answered && `2026-11-27T${answered}:00Z`,
})

it('counts requests whose time is over, and the yeses that came in time', () => {
  const records = recordsOf([
    offer(1, 'accepted', '07:06', '07:05'),
    offer(1, 'accepted', '07:06', '07:30'),
    offer(1, 'withdrawn', '07:06'),
    offer(1, 'accepted', '08:06', '08:00'),
    offer(3, 'declined', '07:06', '07:01'),
    offer(9, 'declined', '07:06', '07:01'),
  ], now)
  expect(records.building).toEqual({ asked: 3, accepted: 1 })
  expect(records.community).toEqual({ asked: 1, accepted: 0 })
  expect(records.street).toEqual({ asked: 0, accepted: 0 })
})
