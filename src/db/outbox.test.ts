import type { NewOutboxRow } from './outbox.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from './db.ts'
import { clientId, readMeta, writeMeta } from './meta.ts'
import {
  append,
  countFailure,
  jsonBytes,
  markPending,
  markSending,
  MAX_BYTES,
  nextBatch,
  nextPlace,
  renumber,
} from './outbox.ts'
import { writing } from './write.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
beforeEach(() => { db = new AppDb(randomUUID()) })
afterEach(() => db.delete())

const AT = '2026-11-23T02:00:00.000Z'
const row = (over: Partial<NewOutboxRow> = {}): NewOutboxRow => ({
  id: randomUUID(),
  name: 'withdraw',
  v: 1,
  args: { assignment_id: 'a', reason: 'work' },
  device_at: AT,
  entities: ['a'],
  doubt: null,
  ...over,
})
const add = (over?: Partial<NewOutboxRow>): Promise<number> =>
  writing(db, [], async () => append(db, await nextPlace(db), row(over)))
const big = (kb: number): Partial<NewOutboxRow> => ({
  name: 'feedback' as never,
  args: { text: 'x'.repeat(kb * 1024) } as never,
})

describe('append', () => {
  it('numbers from 1 without gaps, two tabs at once included', async () => {
    const other = new AppDb(db.name.replace('redwhistle-', ''))
    const seqs = await Promise.all([
      add(),
      writing(other, [], async () => append(other, await nextPlace(other), row())),
      add(),
      writing(other, [], async () => append(other, await nextPlace(other), row())),
    ])
    expect([...seqs].sort()).toEqual([1, 2, 3, 4])
    other.close()
  })

  it('gives no number away when the transaction fails', async () => {
    await expect(writing(db, [], async () => {
      await append(db, await nextPlace(db), row())
      throw new Error('x')
    })).rejects.toThrow('x')
    expect(await add()).toBe(1)
  })

  it('goes on after the last consumed number when the outbox is empty', async () => {
    await writeMeta(db, { sent_lmid: 7 })
    expect(await add()).toBe(8)
  })

  it('notes the clock and what the person had seen; a clock that stepped back has no known offset', async () => {
    await writeMeta(db, {
      offset: { ms: 700, at: Date.parse(AT) - 5000 },
      cursors: { 'user:u': 3, 'org:c:open': 4, 'lead:c': 9 },
    })
    await add()
    await writeMeta(db, { offset: { ms: 700, at: Date.parse(AT) + 5000 } })
    await add()
    const [known, unknown] = await db.outbox.toArray()
    expect(known).toMatchObject({ offset_ms: 700, offset_age_s: 5, base: { 'user:u': 3, 'org:c:open': 4 } })
    expect(unknown).toMatchObject({ offset_ms: null, offset_age_s: null })
  })
})

describe('nextBatch', () => {
  it('takes at most 25, in order, after the last consumed', async () => {
    for (let i = 0; i < 30; i++) await add()
    expect((await nextBatch(db, 2, 100)).map(m => m.seq)).toEqual(Array.from({ length: 25 }, (_, i) => i + 3))
    expect((await nextBatch(db, 2, 3)).map(m => m.seq)).toEqual([3, 4, 5])
    expect(await nextBatch(db, 30, 25)).toEqual([])
  })

  it('stays below 64 KB, but always takes one', async () => {
    await add(big(30))
    await add(big(30))
    await add(big(30))
    const batch = await nextBatch(db, 0, 25)
    expect(batch).toHaveLength(2)
    expect(jsonBytes(batch)).toBeLessThan(MAX_BYTES)
    await add(big(70))
    expect(await nextBatch(db, 3, 25)).toHaveLength(1)
  })
})

describe('states', () => {
  it('goes to sending and back, not for what the server has', async () => {
    for (let i = 0; i < 3; i++) await add()
    await markSending(db, [1, 2])
    expect((await db.outbox.toArray()).map(o => o.state)).toEqual(['sending', 'sending', 'pending'])
    await markPending(db, 1)
    expect((await db.outbox.toArray()).map(o => o.state)).toEqual(['sending', 'pending', 'pending'])
  })

  it('parks after the last allowed failure, and sends the number on as __skip, without what was written', async () => {
    await add({ id: 'the-id' })
    expect(await countFailure(db, 1, 'http_400', 2)).toBe(false)
    expect(await countFailure(db, 1, 'http_400', 2)).toBe(true)
    expect(await countFailure(db, 1, 'http_400', 2)).toBe(false)
    const [wire] = await nextBatch(db, 0, 25)
    expect(wire).toMatchObject({ seq: 1, id: 'the-id', name: '__skip', v: 1 })
    expect(wire!.args).toEqual({
      original: { name: 'withdraw', v: 1 },
      code: 'http_400',
      ids: (await db.outbox.get(1))!.entities,
    })
    expect(await db.outbox.get(1)).toMatchObject({ name: 'withdraw', attempts: 3, last_error: 'http_400' })
  })
})

describe('a new client', () => {
  it('keeps ids and order, numbers from 1', async () => {
    const old = await clientId(db, () => 'old')
    for (let i = 0; i < 3; i++) await add({ id: `m${i}` })
    await writing(db, [], async () => void await db.outbox.delete(1))
    await writeMeta(db, { sent_lmid: 2, lmid: 1 })
    await renumber(db, old, 'new')
    expect((await db.outbox.toArray()).map(o => [o.seq, o.id])).toEqual([[1, 'm1'], [2, 'm2']])
    expect(await readMeta(db)).toMatchObject({ client_id: 'new', lmid: 0, sent_lmid: 0 })
    expect(await add()).toBe(3)
  })

  it('is taken once when two tabs learn of the fork', async () => {
    await clientId(db, () => 'old')
    await add()
    await renumber(db, 'old', 'new')
    await renumber(db, 'old', 'newer')
    expect((await readMeta(db)).client_id).toBe('new')
  })

  it('is one for two tabs that ask at once', async () => {
    const other = new AppDb(db.name.replace('redwhistle-', ''))
    const [a, b] = await Promise.all([clientId(db, () => 'a'), clientId(other, () => 'b')])
    expect(a).toBe(b)
    other.close()
  })
})
