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
})
