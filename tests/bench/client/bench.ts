import type { Shift } from '#domain/rows.ts'
import type { Entry, PullAnswer, ScopeHead } from '#gateway/wire.ts'
import Dexie, { liveQuery } from 'dexie'
import { AppDb } from '#db/db.ts'
import { mutate } from '#mutators/mutate.ts'
import { pullAll } from '#sync/pull.ts'
import { dataset, LOGIN } from './dataset.ts'
import { shiftRows } from './rows.ts'

const uuid = (): string => crypto.randomUUID()
const MONTH = 'org:c:202611'

async function fresh(): Promise<AppDb> {
  await Dexie.delete(`redwhistle-${LOGIN}`)
  const db = new AppDb(LOGIN)
  await db.open()
  return db
}

/** Pulls everything from a gateway that can only pull, and applies it. */
function pullFrom(gateway: { pull: () => Promise<unknown> }, db: AppDb): ReturnType<typeof pullAll> {
  const clock = { now: () => Date.now(), after: () => () => {} }
  const ports = { db, login: LOGIN, gateway: gateway as never, clock, id: uuid }
  return pullAll(ports, new AbortController().signal, () => {})
}

const urlOf = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'application/json' }))

/** The least a client could do: fetch one JSON, parse it, bulkPut into tables with the same indexes; in ms. */
async function plain(raw: string): Promise<number> {
  await Dexie.delete('plain')
  const db = new Dexie('plain', { chromeTransactionDurability: 'strict' })
  db.version(1).stores({ shift: 'id, [community_id+starts_at]', assignment: 'id, shift_id, [community_id+starts_at]' })
  await db.open()
  const url = urlOf(raw)
  const t = performance.now()
  const { s, a } = await (await fetch(url)).json() as { s: object[], a: object[] }
  await db.transaction('rw', db.table('shift'), db.table('assignment'), async () => {
    await db.table('shift').bulkPut(s)
    await db.table('assignment').bulkPut(a)
  })
  const ms = performance.now() - t
  db.close()
  return ms
}

/** Pulls and applies the same rows: ms until the person's own cards can be queried, and until everything can. */
async function synced(pages: string[]): Promise<{ first: number, all: number }> {
  const db = await fresh()
  const urls = pages.map(urlOf)
  let page = 0
  let first = 0
  const t = performance.now()
  const watch = liveQuery(() => db.rows('my_assignment').count()).subscribe((n) => {
    if (n > 0 && first === 0) first = performance.now() - t
  })
  const gateway = {
    pull: async () => ({ ok: true as const, data: await (await fetch(urls[page++]!)).json() as PullAnswer }),
  }
  const outcome = await pullFrom(gateway, db)
  const all = performance.now() - t
  watch.unsubscribe()
  if (outcome.kind !== 'at_head' || await db.rows('assignment').count() === 0)
    throw new Error(`pull ended ${outcome.kind}`)
  db.close()
  return { first: first || all, all }
}

/** A pull that brings these shifts, each `filled` to the version; `sum` is that of all 1,000 shifts of the month. */
function monthAnswer(rows: Shift[], ver: number, sum: number): PullAnswer {
  const scope: ScopeHead = { head: ver, at: ver, n: 1000, sum: String(sum), reset: false }
  return {
    now: new Date().toISOString(),
    epoch: LOGIN,
    min_client: 1,
    lmid: 0,
    more: false,
    scopes: { [MONTH]: scope },
    entries: rows.map((r): Entry => [MONTH, 'shift', r.id, ver, 'P', { ...r, filled: ver } as never]),
  }
}

/** Milliseconds from `from` until a live query shows a row that is filled to `want`. */
function untilFilled(ask: () => Promise<{ filled: number } | undefined>, want: number, from: number): Promise<number> {
  return new Promise((resolve) => {
    const watch = liveQuery(ask).subscribe((row) => {
      if (row?.filled !== want) return
      resolve(performance.now() - from)
      watch.unsubscribe()
    })
  })
}

/** Compares 100 changed rows, applied, with fetch and bulkPut, until a live query shows them; medians in ms. */
async function increment(): Promise<{ ours: number, plain: number }> {
  const db = await fresh()
  const rows = shiftRows(1000)
  const probe = rows[0]!.id
  const run = async (answer: PullAnswer, want: number): Promise<number> => {
    const url = urlOf(JSON.stringify(answer))
    const t = performance.now()
    const seen = untilFilled(() => db.rows('shift').get(probe) as Promise<Shift | undefined>, want, t)
    const data = async (): Promise<PullAnswer> => (await fetch(url)).json() as Promise<PullAnswer>
    await pullFrom({ pull: async () => ({ ok: true as const, data: await data() }) }, db)
    return seen
  }
  await run(monthAnswer(rows, 1, 1000), 1)
  const ours: number[] = []
  const bare: number[] = []
  const raw = new Dexie('plain100', { chromeTransactionDurability: 'strict' })
  raw.version(1).stores({ shift: 'id, [community_id+starts_at]' })
  await raw.open()
  await raw.table('shift').bulkPut(rows)
  for (let i = 2; i < 14; i++) {
    ours.push(await run(monthAnswer(rows.slice(0, 100), i, 900 + 100 * i), i))
    const url = urlOf(JSON.stringify(rows.slice(0, 100).map(r => ({ ...r, filled: i }))))
    const t = performance.now()
    const seen = untilFilled(() => raw.table('shift').get(probe) as Promise<Shift | undefined>, i, t)
    await raw.table('shift').bulkPut(await (await fetch(url)).json() as object[])
    bare.push(await seen)
  }
  const median = (x: number[]): number => x.sort((a, b) => a - b)[x.length >> 1]!
  return { ours: median(ours), plain: median(bare) }
}

/** Changes 2,000 rows that the phone holds: ms from the answer in memory until it is applied. */
async function many(): Promise<number> {
  const db = await fresh()
  const rows = shiftRows(2000)
  const answer = (ver: number): PullAnswer => ({
    now: new Date().toISOString(),
    epoch: LOGIN,
    min_client: 1,
    lmid: 0,
    more: false,
    scopes: { [MONTH]: { head: ver, at: ver, n: rows.length, sum: String(rows.length * ver), reset: false } },
    entries: rows.map((r): Entry => [MONTH, 'shift', r.id, ver, 'P', { ...r, filled: ver } as never]),
  })
  const pull = async (data: PullAnswer): Promise<string> =>
    (await pullFrom({ pull: async () => ({ ok: true as const, data }) }, db)).kind
  await pull(answer(1))
  const next = answer(2)
  const t = performance.now()
  const outcome = await pull(next)
  const ms = performance.now() - t
  if (outcome !== 'at_head') throw new Error(`pull ended ${outcome}`)
  db.close()
  return ms
}

/** Compares enqueue with 50 pending with a bare transaction of three rows, durability strict; sorted times in ms. */
async function enqueue(): Promise<{ ours: number[], bare: number[] }> {
  const db = await fresh()
  const ctx = { login: LOGIN, now: () => Date.now(), id: uuid }
  const consent = (i: number) => mutate(db, 'set_consent', { purpose: 'location', given: i % 2 === 0 }, ctx)
  for (let i = 0; i < 50; i++) await consent(i)
  const raw = new Dexie('bare', { chromeTransactionDurability: 'strict' })
  raw.version(1).stores({ a: 'id', b: '++seq', c: 'k' })
  await raw.open()
  const ours: number[] = []
  const bare: number[] = []
  const s = shiftRows(300)
  for (let i = 0; i < 200; i++) {
    let t = performance.now()
    await mutate(db, 'accept_shift', {
      assignment_id: uuid(),
      shift_id: s[i]!.id,
      offer_id: null,
      eta_min: null,
      on_full: 'refuse',
      waitlist_id: uuid(),
    }, ctx)
    ours.push(performance.now() - t)
    t = performance.now()
    await raw.transaction('rw', ['a', 'b', 'c'], async () => {
      await raw.table('a').put({ ...s[i]! })
      await raw.table('b').add({ name: 'x', args: { id: s[i]!.id } })
      await raw.table('c').put({ k: 'n', v: i })
    })
    bare.push(performance.now() - t)
  }
  return { ours: ours.sort((a, b) => a - b), bare: bare.sort((a, b) => a - b) }
}

Object.assign(globalThis, { bench: { dataset, plain, synced, increment, many, enqueue } })
