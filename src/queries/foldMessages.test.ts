import type { Foldable } from './foldMessages.ts'
import { expect, it } from 'vitest'
import { iso } from '#domain/time.ts'
import { clock } from '../../tests/clock.ts'
import { fold } from './foldMessages.ts'

const NOW = clock.now()
const at = (minutes: number): string => iso(NOW + minutes * 60_000)
const event = (id: string, kind: string, minutes: number, callout_id: string | null = 'k'): Foldable =>
  ({
    kind: 'lead_event', id, at: at(minutes), needs: false, event: { id, kind, callout_id }, place: null, notices: [],
  }) as unknown as Foldable
const notice = (id: string, kind: string, minutes: number): Foldable =>
  ({
    kind: 'notice', id, at: at(minutes), needs: true, stands: true, again: false, where: null,
    notice: { id, kind, callout_id: null },
  }) as Foldable
/** The ids of each card, newest first. */
const cards = (messages: Foldable[]): string[] =>
  fold(messages).map(m => m.kind === 'folded' ? m.of.map(x => x.id).join(' ') : m.id)

it('twenty-five events of one call-out are a card for each kind, the newest in front', () => {
  const many = Array.from({ length: 22 }, (_, i) => event(`u${i}`, 'unfilled', -i))
  const all = [...many, event('e', 'escalated', -1), event('f', 'escalated', -2), event('h', 'help_request', -3)]
  expect(cards(all).map(ids => ids.split(' ').length)).toEqual([22, 2, 1])
  expect(cards(all)[0]).toMatch(/^u0 u1 /)
})

it('another call-out, a request for help and a place to confirm have cards of their own', () => {
  expect(cards([event('a', 'unfilled', 0), event('b', 'unfilled', -1, 'other')])).toEqual(['a', 'b'])
  expect(cards([event('a', 'help_request', 0, null), event('b', 'help_request', -1, null)])).toEqual(['a', 'b'])
  expect(cards([notice('a', 'hold', 0), notice('b', 'hold', 0)])).toEqual(['a', 'b'])
})

it('what one act took from one person is one card, and waits while any of it is unread', () => {
  const [card] = fold([notice('a', 'cancelled', 0), { ...notice('b', 'cancelled', 0), needs: false } as Foldable])
  expect(card).toMatchObject({ kind: 'folded', needs: true })
  expect(cards([notice('a', 'cancelled', 0), notice('b', 'cancelled', -60), notice('c', 'released', 0)]))
    .toEqual(['a', 'c', 'b'])
})
