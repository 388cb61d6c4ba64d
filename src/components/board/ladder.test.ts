import type { Rung } from '#domain/rows.ts'
import { expect, it } from 'vitest'
import { clock, ladderView, rungKind, rungNote } from './ladder.ts'

const now = Date.parse('2026-11-27T06:30:00Z')
const rung = (position: number, state: Rung['state'], people = 0): Rung => ({
  position,
  level: 'building',
  minutes: 5,
  state,
  at: null,
  reason: null,
  cause: null,
  told: 0,
  asked: 0,
  people,
})
const ladder = {
  position: 2,
  state: 'climbing' as const,
  next_at: '2026-11-27T06:34:11.500Z',
  rungs: [rung(1, 'open'), rung(2, 'skipped'), rung(3, 'coming'), rung(4, 'coming', 58)],
}

it('stands on the last rung that opened, and says how many people the next tap reaches', () => {
  expect(ladderView(ladder, now)).toMatchObject({
    current: { position: 1 },
    next: { position: 4, people: 58 },
    seconds: 252,
  })
  expect(clock(252)).toBe('04:12')
})
it('counts not below zero, and not at all when the need is met', () => {
  expect(ladderView(ladder, now + 3600e3).seconds).toBe(0)
  expect(ladderView({ ...ladder, state: 'met' }, now).seconds).toBeNull()
  expect(ladderView({ ...ladder, position: 4 }, now).next).toBeNull()
})

it('draws the rung that is climbed apart from those behind it, while people are asked', () => {
  const { rungs } = ladder
  expect(rungs.map(r => rungKind(ladder, r))).toEqual(['now', 'skipped', 'next', 'next'])
  const opened = rungs.map(r => r.state === 'coming' ? { ...r, state: 'open' as const } : r)
  const higher = { ...ladder, position: 4, rungs: opened }
  expect(higher.rungs.map(r => rungKind(higher, r))).toEqual(['done', 'skipped', 'done', 'now'])
  for (const state of ['waiting', 'met', 'spent', 'over'] as const)
    expect(higher.rungs.map(r => rungKind({ ...higher, state }, r))).toEqual(['done', 'skipped', 'done', 'done'])
})
it('says below a rung who was asked, who was only told, or that nobody was there', () => {
  const [first, skipped, next] = ladder.rungs as [Rung, Rung, Rung]
  const note = (rung: Partial<Rung>, state: 'climbing' | 'met' = 'climbing'): string =>
    rungNote({ ...ladder, state }, { ...first, ...rung })
  expect(note({ asked: 3, told: 1 })).toBe('asking')
  expect(note({ asked: 3, told: 1 }, 'met')).toBe('asked')
  expect(note({ told: 2 })).toBe('told')
  expect(note({})).toBe('nobody')
  expect(rungNote(ladder, { ...skipped, told: 2 })).toBe('skipped')
  expect(rungNote(ladder, { ...next, people: 9 })).toBe('next')
})
