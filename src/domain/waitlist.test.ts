import { expect, it } from 'vitest'
import { waitlistCases } from '../../tests/vectors/rules.ts'
import { choiceOf, communityPicks, heldUntil } from './waitlist.ts'

it.each(waitlistCases)('the community picks: $name', ({ choice, callout, starts, now, picks }) => {
  const held = choiceOf({ callout_id: callout ? 'c' : null }, { waitlist_choice: choice })
  expect(communityPicks(held, starts, now)).toBe(picks)
})

it('a shift whose post is not known yet goes by rank', () => {
  expect(choiceOf({ callout_id: null }, undefined)).toBe('auto')
})

it('a place is held for two hours, and not beyond the end of its shift', () => {
  const now = '2026-12-03T06:00:00.000Z'
  expect(heldUntil('2026-12-04T06:00:00Z', now)).toBe('2026-12-03T08:00:00.000Z')
  expect(heldUntil('2026-12-03T07:00:00Z', now)).toBe('2026-12-03T07:00:00.000Z')
})
