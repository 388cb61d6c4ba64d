import type { AnyRow, StoredRow } from '../../../src/db/db.ts'
import type { SyncedTable } from '../../../src/domain/rows.ts'
import type { Local, Rows } from './local.ts'
import type { Phone } from './phone.ts'
import type { Run } from './run.ts'
import { expect } from 'vitest'
import { isBinding } from '../../../src/domain/assignment.ts'
import { yyyymm } from '../../../src/domain/time.ts'
import { pristine, readLocal, replayed } from './local.ts'
import { everyTapAnswered, replaysChangeNothing, rowsOf, serverAddsUp } from './serverChecks.ts'

interface EntryRow { scope: string, tbl: string, pk: string, ver: number, op: string, data: { id: string } }
interface ScopeRow { id: string, head: number, n_live: number, sum_ver: string }

async function scopesOf(run: Run, login: string): Promise<ScopeRow[]> {
  return rowsOf(
    run,
    `select w.scope as id, coalesce(s.head, 0)::int as head, coalesce(s.n_live, 0)::int as n_live,
      coalesce(s.sum_ver, 0)::text as sum_ver
    from private.scopes_of($1, now()) w
    left join sync.scope s on s.id = w.scope`,
    [login],
  )
}

/** I2, I3: no shift is over-filled, and its counters are the count. */
export async function placesHold(run: Run): Promise<void> {
  const bad = await rowsOf(run, `
    select s.id, s.filled, s.held, s.capacity, count(a.id)::int as binding
    from app.shift s
    left join app.assignment a on a.shift_id = s.id and a.state in ('assigned', 'accepted', 'on_post')
    where s.community_id = $1
    group by s.id
    having s.filled <> count(a.id) or s.filled + s.held > s.capacity`,
  [run.community],
  )
  expect(bad, 'I2/I3 places').toEqual([])
}

/** I14: outbox, before-images and marks agree, wherever a crash happened. */
function standsTogether({ rows, outbox, undo, meta }: Local): void {
  const seqs = outbox.map(o => o.seq)
  expect(seqs, 'I14 contiguous numbers').toEqual(seqs.map((_, i) => (seqs[0] ?? 0) + i))
  if (seqs.length > 0) expect(seqs[0], 'I14 no gap after what is consumed').toBeLessThanOrEqual(meta.sent_lmid + 1)
  const ids = new Set(outbox.map(o => o.id))
  const marks = [...rows.values()].map(r => r._pending).filter(p => p !== undefined)
  expect(marks.filter(p => !ids.has(p)), 'I14 marks without an intent').toEqual([])
  if (outbox.length === 0) expect(undo, 'I14 images without an intent').toEqual([])
  if (seqs.length > 0) expect(meta.sent_lmid, 'I14 sent').toBeLessThanOrEqual(seqs.at(-1)!)
  expect(meta.lmid, 'I14 shown').toBeLessThanOrEqual(meta.sent_lmid)
}

/** I1 on the way: every tap that was kept is in the outbox or decided by the server. */
async function nothingLost(run: Run, phone: Phone, local: Local): Promise<void> {
  const kept = new Set(local.outbox.map(o => o.id))
  const open = phone.taps.filter(id => !kept.has(id))
  const decided = await rowsOf<{ id: string }>(
    run,
    'select mutation_id as id from sync.result where mutation_id = any($1::uuid[])',
    [open],
  )
  expect(decided.map(d => d.id).sort(), 'I1 lost taps').toEqual([...open].sort())
}

/** I9: cursors only go forward, until their scope leaves. */
function forward(phone: Phone, local: Local): void {
  for (const [scope, head] of Object.entries(local.meta.cursors))
    expect(head, `I9 ${scope}`).toBeGreaterThanOrEqual(phone.seenCursors[scope] ?? 0)
  expect(local.meta.mismatches, 'I6 every pull adds up').toBe(0)
  phone.seenCursors = local.meta.cursors
}

function bare(row: AnyRow): object {
  const { _v, _pending, ...data } = row
  return data
}

function rowsIn(rows: Rows, scope: string): Record<string, object> {
  return Object.fromEntries(
    [...rows].filter(([, r]) => scope in r._v).map(([k, r]) => [k, { ver: r._v[scope], data: bare(r) }]),
  )
}

/** I6: in each scope read to its head, the rows without pending intents are the server's, and so are n and sum. */
async function sameAsServer(run: Run, phone: Phone, local: Local): Promise<void> {
  const rows = pristine(local)
  const scopes = (await scopesOf(run, phone.login)).filter(s => local.meta.cursors[s.id] === s.head)
  const entries = await rowsOf<EntryRow>(
    run,
    `select scope, tbl, pk::text, ver::int, op::text, data from sync.entry where scope = any($1::text[]) and op = 'P'`,
    [scopes.map(s => s.id)],
  )
  for (const s of scopes) {
    const theirs = Object.fromEntries(
      entries.filter(e => e.scope === s.id).map(e => [`${e.tbl}/${e.pk}`, { ver: e.ver, data: e.data }]),
    )
    expect(rowsIn(rows, s.id), `I6 rows of ${s.id}`).toEqual(theirs)
    expect(local.meta.counts[s.id] ?? { n: 0, sum: '0' }, `I6 sums of ${s.id}`).toEqual({ n: s.n_live, sum: s.sum_ver })
  }
}

/** I5: the rows that one transaction wrote in several scopes appear together: my card and my line in the shift. */
function wholeTransactions(phone: Phone, local: Local): void {
  if (local.meta.last_sync_at === null) return
  const rows = pristine(local)
  const of = <T extends SyncedTable>(tbl: T): StoredRow<T>[] =>
    [...rows].filter(([k]) => k.startsWith(`${tbl}/`)).map(([, r]) => r as unknown as StoredRow<T>)
  const month = (r: { community_id: string, starts_at: string }): boolean =>
    `org:${r.community_id}:${yyyymm(r.starts_at)}` in local.meta.cursors
  const cards = of('my_assignment').filter(a => isBinding(a.state) && month(a)).map(a => `${a.id} ${a.state}`)
  const lines = of('assignment').filter(a => isBinding(a.state) && a.responder_id === phone.responder).map(a =>
    `${a.id} ${a.state}`,
  )
  expect(cards.sort(), 'I5 cards and lines').toEqual(lines.sort())
}

/** Checks what must hold after every move, in any weather. */
export async function holdsNow(run: Run): Promise<void> {
  await placesHold(run)
  for (const phone of run.phones) {
    const local = await readLocal(phone.db)
    standsTogether(local)
    forward(phone, local)
    wholeTransactions(phone, local)
    await nothingLost(run, phone, local)
    await sameAsServer(run, phone, local)
    if (run.synced.has(phone)) await onlyOwnScopes(run, phone)
    const shown = await replayed(local, phone.login)
    expect(Object.fromEntries(local.rows), 'I7 screen = server (+) pending').toEqual(Object.fromEntries(shown))
  }
}

/** I8: after a good pull no row is left of a scope that the person may not see. */
export async function onlyOwnScopes(run: Run, phone: Phone): Promise<void> {
  const mine = new Set((await scopesOf(run, phone.login)).map(s => s.id))
  const { rows } = await readLocal(phone.db)
  const foreign = [...rows.values()].flatMap(r => Object.keys(r._v)).filter(s => !mine.has(s))
  expect(foreign, 'I8 revoked scopes').toEqual([])
}

/** Checks what must hold once every phone has had a good network for a while. */
export async function holdsAtRest(run: Run): Promise<void> {
  await holdsNow(run)
  for (const phone of run.phones) {
    const { outbox, rows } = await readLocal(phone.db)
    expect(outbox, 'I11 drained').toEqual([])
    expect([...rows.values()].filter(r => r._pending !== undefined), 'I7 nothing pending').toEqual([])
    await onlyOwnScopes(run, phone)
    await everyTapAnswered(run, phone)
  }
  await serverAddsUp(run)
  await replaysChangeNothing(run)
}
