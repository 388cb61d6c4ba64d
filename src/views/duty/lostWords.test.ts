import type { CalloutCard } from '#queries/calloutCard.ts'
import { describe, expect, it } from 'vitest'
import { zhTime } from '#i18n/timeWords.ts'
import { lostWords, takenBy } from './lostWords.ts'

const t = (key: string, named?: Record<string, unknown>): string => named ? `${key} ${JSON.stringify(named)}` : key
const now = Date.parse('2026-11-23T06:40:00Z')
const card = (over: object): CalloutCard =>
  ({
    state: 'full',
    waitlist: null,
    verdict: null,
    pending: null,
    offer: { capacity: 3 },
    ...over,
  }) as unknown as CalloutCard

describe('a place one cannot have', () => {
  it('names who took the last place and when', () => {
    const detail = {
      filled: [{ name: '李素芬', at: '2026-11-23T06:30:00Z' }, { name: '李卫东', at: '2026-11-23T06:31:00Z' }],
    }
    expect(takenBy(detail).map(p => p.name)).toEqual(['李卫东', '李素芬'])
    expect(lostWords(card({ verdict: { detail } }), now, zhTime, t).lines[0]).toBe(
      'duty.full.by {"name":"李卫东","at":"14:31"}',
    )
  })
  it('stays a sentence when the name or the list is missing', () => {
    expect(
      lostWords(card({ verdict: { detail: { filled: [{ name: null, at: '2026-11-23T06:31:00Z' }] } } }), now, zhTime, t)
        .lines[0],
    ).toContain('duty.full.somebody')
    expect(lostWords(card({ verdict: { detail: null } }), now, zhTime, t).lines[0]).toBe('duty.full.all {"n":3}')
  })
  it('thanks for an answer only where there was one', () => {
    const last = (verdict: unknown) => lostWords(card({ verdict }), now, zhTime, t).lines.at(-1)
    expect([last({ detail: null }), last(null)]).toEqual(['duty.full.thanks', 'duty.full.noFault'])
  })
  it('tells the rank and how many are ahead', () => {
    expect(lostWords(card({ state: 'waitlist', waitlist: { state: 'waiting', rank: 2 } }), now, zhTime, t))
      .toMatchObject({
        title: 'duty.wait.rank {"n":2}',
        lines: ['duty.wait.full {"n":3,"ahead":1}', 'duty.wait.order'],
      })
    expect(lostWords(card({ state: 'waitlist', waitlist: { state: 'waiting', rank: 1 } }), now, zhTime, t).lines[0])
      .toContain('duty.wait.first')
  })
  it('shows an unsent no in amber and never in green', () => {
    expect(lostWords(card({ state: 'declined', pending: {} }), now, zhTime, t).st).toBe('wait')
    for (const state of ['full', 'closed', 'declined', 'refused', 'waitlist'])
      expect(lostWords(card({ state }), now, zhTime, t).st, state).not.toBe('on')
  })
})
