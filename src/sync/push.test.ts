import type { Failure } from '#gateway/errors.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { readMeta } from '#db/meta.ts'
import { mutate } from '#mutators/mutate.ts'
import { ScriptGateway } from '../../tests/fakes/scriptGateway.ts'
import { FakeClock } from '../../tests/fakes/world.ts'
import { PARK_AFTER, pushAll } from './push.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
let gateway: ScriptGateway
const { signal } = new AbortController()
const clock = new FakeClock()
beforeEach(() => {
  db = new AppDb(randomUUID())
  gateway = new ScriptGateway('u')
})
afterEach(() => db.delete())

async function tap(n: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < n; i++) {
    ids.push(
      await mutate(db, 'set_consent', { purpose: 'location', given: true }, {
        login: 'u',
        now: () => 0,
        id: randomUUID,
      }),
    )
  }
  return ids
}
const push = (pace = { limit: 25 }): ReturnType<typeof pushAll> =>
  pushAll({ db, gateway, clock, id: randomUUID }, pace, signal, () => {})
const left = async (): Promise<string[]> => (await db.outbox.orderBy('seq').toArray()).map(o => o.id)
const sizes = (): number[] => gateway.pushes.map(p => p.muts.length)
const REJECTED: Failure = { kind: 'rejected', code: 'http_400' }
describe('nothing is dropped by a push', () => {
  it.each<Failure>([
    { kind: 'unauthorized' },
    { kind: 'forbidden' },
    { kind: 'retry', code: 'network', after_s: null },
    { kind: 'retry', code: 'server', after_s: null },
    { kind: 'retry', code: 'busy', after_s: 3 },
  ])('$kind $code: stops, keeps everything, sends the same again', async (failure) => {
    const ids = await tap(3)
    gateway.onPush = [failure]
    expect(await push()).toEqual(failure)
    expect(await left()).toEqual(ids)
    expect((await db.outbox.toArray()).map(o => o.state)).toEqual(['pending', 'pending', 'pending'])
    expect(await push()).toEqual({ kind: 'drained' })
    expect(gateway.pushes[1]).toEqual(gateway.pushes[0])
  })

  it('an answer means consumed, not gone: rows leave when a pull shows the effect', async () => {
    const ids = await tap(2)
    expect(await push()).toEqual({ kind: 'drained' })
    expect(await left()).toEqual(ids)
    expect((await readMeta(db)).sent_lmid).toBe(2)
    expect(await push()).toEqual({ kind: 'drained' })
    expect(sizes()).toEqual([2])
  })
})

describe('order and pace', () => {
  it('sends 25 at a time', async () => {
    await tap(27)
    await push()
    expect(sizes()).toEqual([25, 2])
  })

  it('halves what is too large or too slow, and grows back', async () => {
    await tap(8)
    const pace = { limit: 25 }
    gateway.onPush = [{ kind: 'too_large' }, { kind: 'retry', code: 'slow', after_s: null }]
    await push(pace)
    expect(pace.limit).toBe(2)
    await push(pace)
    expect(sizes()).toEqual([8, 4, 2, 4, 2])
  })

  it('holds at an intent the server does not know yet', async () => {
    await tap(3)
    gateway.onPush = [{ lmid: 1, hold: true }]
    expect(await push()).toEqual({ kind: 'held' })
    expect((await readMeta(db)).sent_lmid).toBe(1)
  })

  it('waits when a server consumes nothing and gives no reason', async () => {
    await tap(1)
    gateway.onPush = [{ lmid: 0 }]
    expect(await push()).toMatchObject({ kind: 'retry', code: 'server' })
  })
})

describe('a poisoned intent', () => {
  it('is found alone, parked after 8 tries, and the rest goes on', async () => {
    const [bad, good] = await tap(2)
    const pace = { limit: 25 }
    gateway.onPush = Array.from<Failure>({ length: 1 + PARK_AFTER }).fill(REJECTED)
    for (let i = 1; i < PARK_AFTER; i++) expect(await push(pace)).toEqual(REJECTED)
    expect(await push(pace)).toEqual({ kind: 'drained' })
    expect(await left()).toEqual([bad, good])
    const skip = gateway.pushes.at(-2)!.muts[0]!
    expect(skip).toMatchObject({ seq: 1, id: bad, name: '__skip', args: { original: { name: 'set_consent' } } })
    expect(gateway.pushes.at(-1)!.muts[0]).toMatchObject({ seq: 2, id: good, name: 'set_consent' })
  })

  it('does not spin when even the skip is rejected', async () => {
    await tap(1)
    gateway.onPush = Array.from<Failure>({ length: PARK_AFTER + 1 }).fill(REJECTED)
    for (let i = 0; i < PARK_AFTER; i++) expect(await push({ limit: 1 })).toEqual(REJECTED)
    expect(gateway.pushes).toHaveLength(PARK_AFTER + 1)
  })

  it.each<Failure>([{ kind: 'retry', code: 'server', after_s: null }, { kind: 'unauthorized' }])(
    'is never parked by $kind',
    async (failure) => {
      await tap(1)
      for (let i = 0; i < 20; i++) {
        gateway.onPush = [failure]
        await push({ limit: 1 })
      }
      expect(await db.outbox.toArray()).toMatchObject([{ state: 'pending', attempts: 0 }])
    },
  )
})

describe('a number used twice', () => {
  it('takes a new client id, numbers from 1, keeps the ids', async () => {
    const first = await tap(2)
    await push()
    const second = await tap(1)
    gateway.onPush = [{ kind: 'fork' }]
    expect(await push()).toEqual({ kind: 'drained' })
    const [a, b] = [gateway.pushes[0]!, gateway.pushes.at(-1)!]
    expect(b.client).not.toBe(a.client)
    expect(b.muts.map(m => [m.seq, m.id])).toEqual([...first, ...second].map((id, i) => [i + 1, id]))
  })

  it('does so too when the server lost our numbers', async () => {
    const ids = await tap(1)
    await push()
    ids.push(...await tap(1))
    gateway.onPush = [{ lmid: 0 }]
    expect(await push()).toEqual({ kind: 'drained' })
    expect(gateway.pushes.at(-1)!.muts.map(m => m.id)).toEqual(ids)
  })

  it('waits when the new client gets the same answer', async () => {
    await tap(1)
    gateway.onPush = [{ kind: 'fork' }, { kind: 'fork' }]
    expect(await push()).toEqual({ kind: 'fork' })
  })

  it('counts only the numbers this batch proved: a copy of a phone shares the client id', async () => {
    await tap(2)
    gateway.onPush = [{ lmid: 9 }]
    await push({ limit: 1 })
    expect(sizes()).toEqual([1, 1])
    expect((await readMeta(db)).sent_lmid).toBe(2)
  })
})
