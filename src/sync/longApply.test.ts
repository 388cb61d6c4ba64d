import type { Entry, PullAnswer } from '#gateway/wire.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { readMeta } from '#db/meta.ts'
import { mutate } from '#mutators/mutate.ts'
import { ScriptGateway } from '../../tests/fakes/scriptGateway.ts'
import { FakeClock } from '../../tests/fakes/world.ts'
import { pullAll } from './pull.ts'
import '../../tests/fakes/indexeddb.ts'

/** Dexie's zone is lost after a hundred steps without the disk. These are more; the transaction must not be lost. */
const MANY = 400

let db: AppDb
let login: string
let gateway: ScriptGateway
const clock = new FakeClock()
beforeEach(() => {
  login = randomUUID()
  db = new AppDb(login)
  gateway = new ScriptGateway('u')
})
afterEach(() => db.delete())

const ids = Array.from({ length: MANY }, (_, i) => `v${i}`)
const pull = (answer: Partial<PullAnswer>): ReturnType<typeof pullAll> => {
  gateway.onPull.push(answer)
  return pullAll({ db, login: 'u', gateway, clock, id: randomUUID }, new AbortController().signal, () => {})
}
const dismiss = (mutation_id: string): Promise<string> =>
  mutate(db, 'dismiss_verdict', { mutation_id }, { login: 'u', now: () => clock.now(), id: randomUUID })
const deleted = (from: number): Entry[] =>
  ids.slice(from).map((id, i): Entry => ['u', 'verdict', id, MANY + 1 + i, 'D', null])

beforeEach(async () => {
  const sum = MANY * (MANY + 1) / 2
  await pull({
    scopes: { u: { head: MANY, at: MANY, n: MANY, sum: String(sum), reset: false } },
    entries: ids.map((id, i): Entry => ['u', 'verdict', id, i + 1, 'P', { id } as never]),
  })
})

it('deletes hundreds of rows, and drops what was acknowledged, in one transaction', async () => {
  for (const id of ids.slice(0, 5)) await dismiss(id)
  await db.meta.put({ k: 'sent_lmid', value: 5 })
  // a page that has just begun knows no row: it reads them all first, and then deletes from memory
  db.close()
  db = new AppDb(login)
  const answer = {
    lmid: 5,
    scopes: { u: { head: 2 * MANY, at: 2 * MANY, n: 0, sum: '0', reset: false } },
    entries: deleted(0),
  }
  expect(await pull(answer)).toEqual({ kind: 'at_head' })
  expect(await Promise.all([db.rows('verdict').count(), db.outbox.count(), db.undo.count()])).toEqual([0, 0, 0])
  expect(await readMeta(db)).toMatchObject({ counts: { u: { n: 0, sum: '0' } }, mismatches: 0 })
})

it('runs many pending intents again in one transaction, and takes them back whole', async () => {
  const pending = ids.slice(0, 120)
  for (const id of pending) await dismiss(id)
  expect(
    await pull({
      scopes: {
        u: { head: MANY + 1, at: MANY + 1, n: MANY + 1, sum: String((MANY + 1) * (MANY + 2) / 2), reset: false },
      },
      entries: [['u', 'verdict', 'new', MANY + 1, 'P', { id: 'new' } as never]],
    }),
  ).toEqual({ kind: 'at_head' })
  expect(await Promise.all([db.rows('verdict').count(), db.outbox.count(), db.undo.count()])).toEqual([
    MANY + 1 - pending.length,
    pending.length,
    pending.length,
  ])
})
