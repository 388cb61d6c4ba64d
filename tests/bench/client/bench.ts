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

const urlOf = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'application/json' }))

/** The least a client could do: fetch one JSON, parse it, bulkPut into tables with the same indexes. ms */
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

/** The real pull and apply over the same rows. `first`: until the person's own cards can be queried; `all`: until everything can. ms */
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
  const ports = {
    db,
    login: LOGIN,
    gateway: gateway as never,
    clock: { now: () => Date.now(), after: () => () => {} },
    id: uuid,
  }
  const outcome = await pullAll(ports, new AbortController().signal, () => {})
  const all = performance.now() - t
  watch.unsubscribe()
  if (outcome.kind !== 'at_head' || await db.rows('assignment').count() === 0)
    throw new Error(`pull ended ${outcome.kind}`)
  db.close()
  return { first: first || all, all }
}

/** 100 changed rows: pull and apply against fetch and bulkPut, until a live query shows them. ms */
async function increment(): Promise<{ ours: number, plain: number }> {
  const db = await fresh()
  const rows = shiftRows(1000)
  const head = (at: number): Record<string, ScopeHead> => ({
    [MONTH]: { head: at, at, n: 1000, sum: '0', reset: false },
  })
  const answerOf = (from: number, to: number, ver: number, sums: string): string =>
    JSON.stringify({
      now: new Date().toISOString(),
      epoch: LOGIN,
      min_client: 1,
      lmid: 0,
      more: false,
      scopes: { [MONTH]: { ...head(ver)[MONTH]!, sum: sums } },
      entries: rows.slice(from, to).map((r): Entry => [MONTH, 'shift', r.id, ver, 'P', { ...r, filled: ver } as never]),
    })
  const run = async (text: string, probe: string, want: number): Promise<number> => {
    const url = urlOf(text)
    const t = performance.now()
    const seen = new Promise<number>((resolve) => {
      const sub = liveQuery(() => db.rows('shift').get(probe)).subscribe((r) => {
        if (r?.filled === want) {
          resolve(performance.now() - t)
          sub.unsubscribe()
        }
      })
    })
    const gateway = { pull: async () => ({ ok: true as const, data: await (await fetch(url)).json() as PullAnswer }) }
    await pullAll(
      {
        db,
        login: LOGIN,
        gateway: gateway as never,
        clock: { now: () => Date.now(), after: () => () => {} },
        id: uuid,
      },
      new AbortController().signal,
      () => {},
    )
    return seen
  }
  await run(answerOf(0, 1000, 1, '1000'), rows[0]!.id, 1)
  const ours: number[] = []
  const bare: number[] = []
  const raw = new Dexie('plain100', { chromeTransactionDurability: 'strict' })
  raw.version(1).stores({ shift: 'id, [community_id+starts_at]' })
  await raw.open()
  await raw.table('shift').bulkPut(rows)
  for (let i = 2; i < 14; i++) {
    ours.push(await run(answerOf(0, 100, i, String(900 + 100 * i)), rows[0]!.id, i))
    const url = urlOf(JSON.stringify(rows.slice(0, 100).map(r => ({ ...r, filled: i }))))
    const t = performance.now()
    const seen = new Promise<number>((resolve) => {
      const sub = liveQuery(() => raw.table('shift').get(rows[0]!.id)).subscribe(
        (r: { filled: number } | undefined) => {
          if (r?.filled === i) {
            resolve(performance.now() - t)
            sub.unsubscribe()
          }
        },
      )
    })
    await raw.table('shift').bulkPut(await (await fetch(url)).json() as object[])
    bare.push(await seen)
  }
  const median = (x: number[]): number => x.sort((a, b) => a - b)[x.length >> 1]!
  return { ours: median(ours), plain: median(bare) }
}

/** 2,000 rows a phone holds come again, changed: pull answer in memory → applied. ms */
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
    (await pullAll(
      {
        db,
        login: LOGIN,
        gateway: { pull: async () => ({ ok: true as const, data }) } as never,
        clock: { now: () => Date.now(), after: () => () => {} },
        id: uuid,
      },
      new AbortController().signal,
      () => {},
    )).kind
  await pull(answer(1))
  const next = answer(2)
  const t = performance.now()
  const outcome = await pull(next)
  const ms = performance.now() - t
  if (outcome !== 'at_head') throw new Error(`pull ended ${outcome}`)
  db.close()
  return ms
}

/** Enqueue with 50 pending against a bare transaction of three rows, strict durability. ms, sorted */
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
