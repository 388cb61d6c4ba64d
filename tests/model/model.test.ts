import type { AnyRow } from '../../src/db/db.ts'
import type { Local, Rows } from '../sync/sim/local.ts'
import type { ModelWorld } from './phone.ts'
import type { Deed } from './story.ts'
import process from 'node:process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pristine, readLocal, replayed } from '../sync/sim/local.ts'
import { drive } from './drive.ts'
import { ModelPhone } from './phone.ts'
import { ModelServer, MONTH } from './server.ts'
import { act, story } from './story.ts'
import '../fakes/indexeddb.ts'

/** `MODEL_RUNS` asks for more stories; `MODEL_SEED` and `MODEL_PATH` repeat a failure. */
const RUNS = Number(process.env.MODEL_RUNS ?? 300)
const SEED = process.env.MODEL_SEED
  ? { seed: Number(process.env.MODEL_SEED), ...process.env.MODEL_PATH ? { path: process.env.MODEL_PATH } : {} }
  : {}
/** Good cycles after which a phone has sent everything and heard everything (I11). */
const PATIENCE = 4
let stories = 0

function bare({ _v, _pending, ...data }: AnyRow): object {
  return data
}

function rowsIn(rows: Rows, scope: string): Record<string, object> {
  return Object.fromEntries(
    [...rows].filter(([, r]) => scope in r._v).map(([k, r]) => [k, { ver: r._v[scope], data: bare(r) }]),
  )
}

/** I5: the rows that one transaction wrote in two scopes appear together: my card and my line on the shift. */
function wholeTransactions(phone: ModelPhone, { meta }: Local, rows: Rows): void {
  if (meta.last_sync_at === null || !(MONTH in meta.cursors)) return
  const mine = (tbl: string): string[] =>
    [...rows].filter(([k, r]) =>
      k.startsWith(`${tbl}/`) && (r as unknown as { responder_id: string }).responder_id === phone.login,
    ).map(([, r]) => r.id).sort()
  expect(mine('my_assignment'), 'I5 cards and lines').toEqual(mine('assignment'))
}

/** I6: a scope that was read to its head equals the server's, row by row. */
function sameAsServer(world: ModelWorld, phone: ModelPhone, local: Local): void {
  const rows = pristine(local)
  wholeTransactions(phone, local, rows)
  for (const [scope, at] of Object.entries(local.meta.cursors)) {
    if (at === world.server.headOf(scope))
      expect(rowsIn(rows, scope), `I6 ${scope}`).toEqual(world.server.rowsOf(scope))
  }
  expect(phone.stepsBack, 'I9 cursors go forward').toEqual([])
}

/**
 * Checks what must hold after every step. I1: each tap that was kept is in the outbox or decided. I7: the screen shows
 * the server's rows with pending taps played on them. I14: numbers are contiguous.
 */
async function holds(world: ModelWorld, phone: ModelPhone): Promise<void> {
  const local = await readLocal(phone.disk)
  const kept = new Set(local.outbox.map(o => o.id))
  expect(phone.taps.filter(id => !kept.has(id) && !world.server.results.has(id)), 'I1 lost').toEqual([])
  const seqs = local.outbox.map(o => o.seq)
  expect(seqs, 'I14 contiguous').toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i))
  expect(Object.fromEntries(local.rows), 'I7 screen').toEqual(Object.fromEntries(await replayed(local, phone.login)))
  expect(local.meta.mismatches, 'I6 every pull adds up').toBe(0)
  sameAsServer(world, phone, local)
}

/** Checks I6, I8 and I11 at rest: nothing waits, and the phone holds its scopes, whole, and nothing else. */
async function rests(world: ModelWorld, phone: ModelPhone): Promise<void> {
  const local = await readLocal(phone.disk)
  expect(local.outbox, 'I11 drained').toEqual([])
  for (const id of phone.taps) expect(world.server.results.get(id)?.login, 'I1 one verdict').toBe(phone.login)
  const held = new Set([...pristine(local).values()].flatMap(r => Object.keys(r._v)))
  const scopes = world.server.scopesOf(phone.login)
  expect([...held].filter(s => !scopes.includes(s)), 'I8 revoked').toEqual([])
  const own = [...local.rows.values()].filter(r => r._pending !== undefined || Object.keys(r._v).length === 0)
  expect(own, 'I7 nothing of the phone\'s own').toEqual([])
  for (const scope of scopes) expect(rowsIn(local.rows, scope), `I6 ${scope}`).toEqual(world.server.rowsOf(scope))
}

async function settle(world: ModelWorld, phones: ModelPhone[]): Promise<void> {
  for (const deliver of world.late.splice(0)) deliver()
  for (const phone of phones) {
    phone.tabs.forEach((tab) => { tab.life.dieAfter(Number.POSITIVE_INFINITY) })
    phone.revive()
    phone.tabs.forEach((tab) => { tab.plan = [] })
  }
  for (let i = 0; i < PATIENCE; i++) {
    await drive(
      world.s,
      Promise.all(phones.map(phone => phone.tabs[i % 2]!.sync.cycle())),
    )
  }
}

async function tell(s: fc.Scheduler, steps: Deed[][], page: number): Promise<void> {
  let ids = 0
  const n = ++stories
  const logins = ['a', 'b', 'c'].map(name => `${name}${n}`)
  const world: ModelWorld = {
    server: new ModelServer(logins, [1, 1, 2]),
    s,
    page,
    late: [],
    nextId: () => `id${++ids}`,
  }
  const phones = logins.map(login => new ModelPhone(world, login))
  try {
    for (const step of [[0, 1, 2].map((who): Deed => ({ kind: 'cycle', at: { who, tab: 0 }, plan: [] })), ...steps]) {
      await drive(s, Promise.all(step.map(d => act(world, phones, d))))
      for (const phone of phones) {
        phone.revive()
        await holds(world, phone)
      }
      for (const place of world.server.places) expect(place.filled, 'I2 places').toBeLessThanOrEqual(place.capacity)
    }
    await settle(world, phones)
    for (const phone of phones) await rests(world, phone)
  }
  finally {
    for (const phone of phones) await phone.close()
  }
}

describe('the client core against a model of the protocol', () => {
  it(
    'keeps the invariants in any order of requests, answers, taps and killed tabs',
    { timeout: 3_600_000 },
    async () => {
      await fc.assert(fc.asyncProperty(fc.scheduler(), story, fc.constantFrom(1, 3, 10_000), tell), {
        numRuns: RUNS,
        verbose: 1,
        ...SEED,
      })
    },
  )
})
