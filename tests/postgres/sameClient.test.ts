import type { World } from '../db/world.ts'
import type { Place } from './gates.ts'
import type { Postgres17 } from './postgres17.ts'
import type { PushAnswer } from './taps.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { Gates } from './gates.ts'
import { startPostgres17 } from './postgres17.ts'
import { accept, pushOf, tracesOf, wrongIn } from './taps.ts'

let pg17: Postgres17
let gates: Gates
let world: World
let shift: string
let client: string

beforeAll(async () => {
  pg17 = await startPostgres17(16)
  gates = await Gates.install(pg17)
  world = await makeWorld(pg17.pool, 2)
})
/** hours until the next shift of this file begins, so that one person may take all of them */
let hours = 1
beforeEach(async () => {
  shift = await makeShift(pg17.pool, world, new Date(clock.now() + (hours += 48) * 3600e3), 3, 5)
  client = randomUUID()
})
afterAll(async () => {
  await gates?.close()
  await pg17?.close()
})

const push = (muts: Record<string, unknown>[], at?: Place): ReturnType<typeof gates.send<PushAnswer>> =>
  gates.send<PushAnswer>(world.people[0]!.login, 'push', pushOf(client, ...muts), at ? { at } : {})

describe.each([
  { title: 'a client the server never saw', known: false },
  { title: 'a client it knows', known: true },
])('two pushes of $title at once', ({ known }) => {
  let seq = 1
  beforeEach(async () => {
    seq = known ? 2 : 1
    if (known) await (await push([accept(1, randomUUID())])).reply
  })

  it.each<Place>(['app.assignment insert', 'sync.result insert', 'sync.entry inserted'])(
    'with the same tap have one effect (first stopped before %s)',
    async (at) => {
      const tap = accept(seq, shift)
      const first = await push([tap], at)
      const second = await push([tap])
      await second.blocked()
      await first.open()
      expect(await first.reply).toMatchObject({
        ok: true,
        data: { lmid: seq, results: [{ status: 'applied', replayed: false }] },
      })
      expect(await second.reply).toMatchObject({
        ok: true,
        data: { lmid: seq, results: [{ id: tap.id, status: 'applied', replayed: true }] },
      })
      expect(await tracesOf(pg17, client, shift)).toMatchObject({ lmid: seq, results: seq, assignments: 1, filled: 1 })
      expect(await wrongIn(pg17)).toEqual([])
    },
  )

  it('with two taps under one number make the second phone take a new client id', async () => {
    const first = await push([accept(seq, shift)], 'sync.result insert')
    const second = await push([accept(seq, shift)])
    await second.blocked()
    await first.open()
    expect(await first.reply).toMatchObject({ ok: true, data: { lmid: seq } })
    expect(await second.reply).toEqual({ ok: false, code: 'RW001' })
    expect(await tracesOf(pg17, client, shift)).toMatchObject({ lmid: seq, results: seq, assignments: 1, filled: 1 })
  })

  it('repeat what is decided and decide the rest when the second is longer', async () => {
    const taps = [accept(seq, shift), accept(seq + 1, randomUUID())]
    const first = await push(taps.slice(0, 1), 'sync.client update')
    const second = await push(taps)
    await second.blocked()
    await first.open()
    await first.reply
    expect(await second.reply).toMatchObject({
      ok: true,
      data: {
        lmid: seq + 1,
        results: [{ status: 'applied', replayed: true }, { status: 'refused', code: 'gone', replayed: false }],
      },
    })
    expect(await tracesOf(pg17, client, shift)).toMatchObject({
      lmid: seq + 1,
      results: seq + 1,
      assignments: 1,
      filled: 1,
    })
  })
})

describe('one tap from two phones at once', () => {
  const sendAs = (who: number, phone: string, tap: Record<string, unknown>, at?: Place): ReturnType<typeof push> =>
    gates.send<PushAnswer>(world.people[who]!.login, 'push', pushOf(phone, tap), at ? { at } : {})

  it('of one person is answered by both', async () => {
    const tap = accept(1, shift)
    const first = await sendAs(0, client, tap, 'sync.result insert')
    const second = await sendAs(0, randomUUID(), tap)
    await second.blocked()
    await first.open()
    expect(await first.reply).toMatchObject({ ok: true, data: { results: [{ status: 'applied', replayed: false }] } })
    expect(await second.reply).toMatchObject({ ok: true, data: { results: [{ status: 'applied', replayed: true }] } })
    expect(await tracesOf(pg17, client, shift)).toMatchObject({ results: 1, assignments: 1, filled: 1 })
  })

  it('of two people is refused before it runs', async () => {
    const id = randomUUID()
    const first = await sendAs(0, client, accept(1, shift, { id }), 'sync.result insert')
    const second = await sendAs(1, randomUUID(), accept(1, shift, { id }))
    await second.blocked()
    await first.open()
    expect(await first.reply).toMatchObject({ ok: true, data: { lmid: 1 } })
    expect(await second.reply).toEqual({ ok: false, code: '42501' })
  })
})
