import type { World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import type { PushAnswer } from './taps.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { Gates } from './gates.ts'
import { startPostgres17 } from './postgres17.ts'
import { accept, pushOf, wrongIn } from './taps.ts'

const HOUR = 3600e3
const BATCHES = 16
const ROUNDS = 20
let pg17: Postgres17
let gates: Gates
let world: World

beforeAll(async () => {
  pg17 = await startPostgres17(BATCHES + 2)
  gates = await Gates.install(pg17)
  world = await makeWorld(pg17.pool, BATCHES)
  await pg17.pool.query(`alter system set deadlock_timeout = '100ms'`)
  await pg17.pool.query('select pg_reload_conf()')
})
afterAll(async () => {
  await gates?.close()
  await pg17?.close()
})

let day = 1
/** Shifts one after the other on a day of their own, two days free between, with room for everybody. */
async function freshShifts(n: number): Promise<string[]> {
  const start = clock.now() + (day += 3) * 24 * HOUR
  return Promise.all(Array.from({ length: n }, (_, i) => makeShift(pg17.pool, world, new Date(start + i * 2 * HOUR), 1, BATCHES)))
}
const batch = (shifts: string[]): ReturnType<typeof pushOf> => pushOf(randomUUID(), ...shifts.map((s, i) => accept(i + 1, s)))

it('a batch stopped after its first shift, and one that begins with its last', async () => {
  const [a, b] = [world.people[0]!, world.people[1]!]
  const shifts = await freshShifts(2)
  const first = await gates.send<PushAnswer>(a.login, 'push', batch(shifts), { at: 'sync.result insert' })
  const second = await gates.send<PushAnswer>(b.login, 'push', batch([...shifts].reverse()))
  await second.blocked()
  await first.open()
  for (const came of [await first.came, await second.came]) expect(came).toMatchObject({ ok: true, data: { results: [{ status: 'applied' }, { status: 'applied' }] } })
})

it(`${BATCHES} batches at once, each in an order of its own, ${ROUNDS} rounds: all of them pass`, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const shifts = await freshShifts(5)
    const turned = (i: number): string[] => (i % 2 === 0 ? shifts : [...shifts].reverse()).map((_, k, all) => all[(k + i) % all.length]!)
    const codes = await Promise.all(world.people.map((p, i) => pg17.call<PushAnswer>(p.login, 'push', batch(turned(i))).then(a => a.results.map(r => r.status).join(), (e: { code: string }) => e.code)))
    expect(new Set(codes), `round ${round}`).toEqual(new Set(['applied,applied,applied,applied,applied']))
  }
  expect(await wrongIn(pg17)).toEqual([])
}, 300_000)
