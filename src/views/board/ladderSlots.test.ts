import type { BoardData } from '#queries/boardRows.ts'
import { expect, it } from 'vitest'
import { orgTree } from '#domain/orgTree.ts'
import { UNITS } from '#domain/testing/tree.ts'
import { clock } from '../../../tests/clock.ts'
import { ladderSlot } from './ladderSlots.ts'

const HOUR = 3_600_000
const [FROM, TO, LATER] = [clock.stamp(HOUR), clock.stamp(4 * HOUR), clock.stamp(7 * HOUR)]
const LADDER = { id: 'l', callout_id: 'k', slot_starts_at: FROM, slot_ends_at: TO } as Parameters<typeof ladderSlot>[0]
const shift = (org_unit_id: string, filled: number, more: object = {}): object =>
  ({ callout_id: 'k', org_unit_id, starts_at: FROM, ends_at: TO, state: 'open', capacity: 2, filled, ...more })
const offer = (name: string, state: string, more: object = {}): object =>
  ({ callout_id: 'k', responder_id: name, name, state, slot_starts_at: FROM, slot_ends_at: TO, ...more })

function slot(shifts: object[], offers: object[] = []): ReturnType<typeof ladderSlot> {
  const held = { shifts, offers, callouts: [{ id: 'k', title: '低温雨雪冰冻' }] }
  return ladderSlot(LADDER, held as unknown as BoardData, orgTree(UNITS))
}

it('a slot without an empty place asks nobody', () => {
  expect(slot([shift('e1b1', 2), shift('e1b2', 2)])).toMatchObject({ missing: 0, full: true })
  const others = [shift('e1b1', 0, { state: 'cancelled' }), shift('e1b1', 0, { starts_at: TO, ends_at: LATER })]
  expect(slot([shift('e1b1', 2), ...others])).toMatchObject({ missing: 0, full: true })
  expect(slot([shift('e1b1', 2), shift('e1b2', 1)])).toMatchObject({ missing: 1, full: false })
  expect(slot([])).toMatchObject({ missing: 0, full: false })
})

it('is where its shifts are, else where its call-out is', () => {
  expect(slot([shift('e1b1', 0)]).place).toBe('梧桐苑 1栋')
  expect(slot([shift('e1b1', 0), shift('e1b2', 0)]).place).toBe('梧桐苑')
  expect(slot([shift('e1b1', 0), shift('e2b1', 0)]).place).toBe('低温雨雪冰冻')
})

it('names everybody who was asked, once, by what they answered', () => {
  const offers = [
    offer('周敏', 'expired'),
    offer('陈刚', 'declined'),
    offer('安琪', 'expired'),
    offer('王芳', 'accepted'),
    offer('王芳', 'expired'),
    offer('李强', 'sent', { slot_starts_at: TO, slot_ends_at: LATER }),
  ]
  expect(slot([shift('e1b1', 1)], offers).asked).toEqual([
    { answer: 'accepted', names: ['王芳'] },
    { answer: 'declined', names: ['陈刚'] },
    { answer: 'expired', names: ['安琪', '周敏'] },
  ])
})
