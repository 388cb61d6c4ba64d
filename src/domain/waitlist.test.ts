import { expect, it } from 'vitest'
import { waitlist } from '../../tests/vectors/rules.ts'
import { choiceOf, communityPicks, heldUntil } from './waitlist.ts'

it.each(waitlist.picks)('the community picks: $name', ({ choice, callout, starts, now, picks }) => {
  const held = choiceOf({ callout_id: callout ? 'c' : null }, { waitlist_choice: choice })
  expect(communityPicks(held, starts, now)).toBe(picks)
})

it('a shift whose post is not known yet goes by rank', () => {
  expect(choiceOf({ callout_id: null }, undefined)).toBe('auto')
})

it.each(waitlist.held)('held: $name', ({ starts, ends, now, until }) => {
  expect(heldUntil({ starts_at: starts, ends_at: ends }, now)).toBe(new Date(until).toISOString())
})
