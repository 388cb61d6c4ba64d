import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { splitDraft } from './draftShifts.ts'
import { mutate, TooLarge } from './mutate.ts'
import '../../tests/fakes/indexeddb.ts'

const NOW = Date.parse('2026-11-23T02:00:00Z')
let db: AppDb
beforeEach(() => {
  db = new AppDb(randomUUID())
})
afterEach(() => db.delete())

const ctx = { login: 'u', now: () => NOW, id: () => 'mutation' }

describe('size', () => {
  const plan = (n: number): Parameters<typeof splitDraft>[0] => ({
    roster_id: 'r',
    community_id: 'c',
    name: '周',
    starts_on: '2026-11-23',
    ends_on: '2026-11-30',
    shifts: Array.from(
      { length: n },
      () => ({
        id: randomUUID(),
        post_id: randomUUID(),
        starts_at: '2026-11-23T03:00:00.000Z',
        ends_at: '2026-11-23T06:00:00.000Z',
        capacity: 3,
      }),
    ),
  })

  it('refuses an intent no push could carry', async () => {
    await expect(mutate(db, 'draft_shifts', plan(2000), ctx)).rejects.toBeInstanceOf(TooLarge)
    expect(await db.outbox.count()).toBe(0)
  })

  it('splits a month of shifts into intents that fit, losing none', async () => {
    const parts = splitDraft(plan(450))
    expect(parts.map(p => p.shifts.length)).toEqual([200, 200, 50])
    for (const [i, p] of parts.entries()) await mutate(db, 'draft_shifts', p, { ...ctx, id: () => `m${i}` })
    expect(await db.outbox.count()).toBe(3)
  })

  it('splits drafts that go with the people on them, before the first shift that comes', async () => {
    const drop = Array.from({ length: 200 }, () => randomUUID())
    const seen = drop.slice(0, 150).map(shift_id =>
      ({ shift_id, people: Array.from({ length: 10 }, () => randomUUID()) }))
    const parts = splitDraft({ ...plan(100), drop, seen })
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.flatMap(p => p.drop)).toEqual(drop)
    expect(parts.flatMap(p => p.seen)).toEqual(seen)
    expect(parts.every(p => p.seen!.every(one => p.drop!.includes(one.shift_id)))).toBe(true)
    expect(parts.findIndex(p => p.shifts.length > 0)).toBe(parts.findLastIndex(p => p.drop!.length > 0))
    for (const [i, p] of parts.entries()) await mutate(db, 'draft_shifts', p, { ...ctx, id: () => `m${i}` })
    expect(await db.outbox.count()).toBe(parts.length)
  })
})
