import type { CalloutCard } from './calloutCard.ts'
import { describe, expect, it } from 'vitest'
import { stateOf } from './calloutCard.ts'

type Known = Parameters<typeof stateOf>[0]
const NONE = { mine: null, shift: null, waitlist: null, verdict: null, pending: null }
const known = (over: object): Known => ({ offer: { state: 'sent' }, ...NONE, ...over }) as unknown as Known
const refused = (code: string) => ({ verdict: { code, status: 'refused' } })

describe('the state of a request', () => {
  const cases: [string, object, CalloutCard['state']][] = [
    ['asks while nothing was answered', {}, 'ask'],
    ['asks again after it expired', { offer: { state: 'expired' } }, 'ask'],
    [
      'waits while the answer is in the queue',
      { pending: { name: 'accept_shift' }, mine: { _pending: 'm' } },
      'waiting',
    ],
    ['waits when it was sent but no row has come back', { mine: { _pending: 'm' } }, 'waiting'],
    ['is granted only by a row of the server', { offer: { state: 'accepted' }, mine: {} }, 'granted'],
    ['is a place on the waitlist', { waitlist: { state: 'waiting' } }, 'waitlist'],
    ['is full after a refusal', refused('full'), 'full'],
    ['is full once others took every place', { shift: { capacity: 2, filled: 2, held: 0 } }, 'full'],
    ['is full while the last place is kept for somebody', { shift: { capacity: 2, filled: 1, held: 1 } }, 'full'],
    ['asks while a place is free', { shift: { capacity: 2, filled: 1, held: 0 } }, 'ask'],
    ['is granted though full', { mine: {}, shift: { capacity: 1, filled: 1, held: 0 } }, 'granted'],
    ['asks again after a stale answer', refused('stale'), 'ask'],
    ['is over when the shift is', refused('closed'), 'closed'],
    ['names any other refusal', refused('overlap'), 'refused'],
    ['is declined, sent or not', { pending: { name: 'decline_shift' }, offer: { state: 'declined' } }, 'declined'],
    ['is declined by a row of the server', { offer: { state: 'declined' } }, 'declined'],
    ['is over when the offer is withdrawn', { offer: { state: 'withdrawn' } }, 'closed'],
    ['waits for a new yes after a refusal', { ...refused('stale'), pending: { name: 'accept_shift' } }, 'waiting'],
  ]
  it.each(cases)('%s', (_, over, state) => expect(stateOf(known(over))).toBe(state))
})
