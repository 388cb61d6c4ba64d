import type { AppDb, OutboxRow, Tables, UndoRow } from '#db/db.ts'
import type { Meta } from '#db/meta.ts'
import type { ClockOffset } from '#domain/clockOffset.ts'
import type { Entry, ScopeHead } from '#gateway/wire.ts'
import type { Counts, VersionChanges, VersionMemory } from './applyRows.ts'
import { Aside } from '#db/aside.ts'
import { readImages, SYNCED_TABLES } from '#db/db.ts'
import { readMeta, writeMeta } from '#db/meta.ts'
import { Overlay, remember, rewind } from '#db/overlay.ts'
import { writing } from '#db/write.ts'
import { corrected, tappedAt } from '#domain/clockOffset.ts'
import { SCHEMA } from '#gateway/wire.ts'
import { play } from '#mutators/mutate.ts'
import { applyEntries, dropScopes, keyOf, memoryOf } from './applyRows.ts'

/**
 * lost: another tab was faster, nothing was written. mismatch: applied, but a scope did not add up and will be fetched
 * again from the start.
 */
export type ApplyOutcome = 'applied' | 'lost' | 'mismatch'

/**
 * Pages of one pull, kept until they may be shown together. A scope new to this phone, or one that the server resets,
 * is whole: its entries are everything it holds.
 */
export interface Stage {
  client: string
  /** cursors of the database when the pull began; apply compares and sets them */
  from: Record<string, number>
  /** versions reached so far, sent with the next page */
  cursors: Record<string, number>
  entries: Entry[]
  /** scopes whose entries replace what the phone has */
  whole: Set<string>
  heads: Record<string, ScopeHead>
  now: string
  epoch: string
  lmid: number
  min_client: number
  more: boolean
  offset: ClockOffset | null
}

function same(a: Record<string, number>, b: Record<string, number>): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(k => a[k] === b[k])
}

/** What an apply leaves: counts of each scope, and the versions that changed. */
interface RowChanges { counts: Counts, changes: VersionChanges }

/** Brings the rows to what the server sent, and counts them. */
async function serverRows(
  overlay: Overlay, aside: Aside, memory: VersionMemory, meta: Meta, stage: Stage,
): Promise<RowChanges> {
  const whole = new Set([...stage.whole].filter(s => s in meta.counts))
  const revoked = Object.keys(meta.counts).filter(s => !(s in stage.heads))
  const keep = new Set(whole.size > 0 ? stage.entries.filter(e => whole.has(e[0]) && e[4] === 'P').map(keyOf) : [])
  if (whole.size + revoked.length > 0) memory.forget()
  await dropScopes(overlay, aside, new Set([...whole, ...revoked]), keep)
  const known = Object.entries(meta.counts).filter(([s]) => s in stage.heads && !whole.has(s))
  const { counts, changes } = await applyEntries(overlay, aside, memory, stage.entries, Object.fromEntries(known))
  return { counts: recount(stage, counts, whole), changes }
}

/**
 * Counts each replaced scope from its entries alone, which hold everything: rows it kept were counted as already there,
 * and a later page may delete what an earlier one put.
 */
function recount(stage: Stage, counts: Counts, whole: Set<string>): Counts {
  const next = { ...counts }
  for (const scope of whole) {
    const last = new Map<string, number>()
    for (const e of stage.entries) {
      if (e[0] !== scope) continue
      if (e[4] === 'P') last.set(keyOf(e), e[3])
      else last.delete(keyOf(e))
    }
    next[scope] = { n: last.size, sum: String([...last.values()].reduce((a, v) => a + BigInt(v), 0n)) }
  }
  return next
}

/** Scopes whose rows do not add up to what the server counted at the same version. */
function notAddingUp(stage: Stage, counts: Counts): string[] {
  return Object.entries(stage.heads).filter(([id, s]) => {
    const mine = counts[id] ?? { n: 0, sum: '0' }
    return s.at === s.head && (mine.n !== s.n || mine.sum !== String(s.sum))
  }).map(([id]) => id)
}

function omit<T>(record: Record<string, T>, keys: string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([k]) => !keys.includes(k)))
}

/**
 * Does the outbox hold what the server took once and does not know any more? Then the server was put back to an older
 * copy, and it is sent again. If only this answer is an old one, sending twice changes nothing.
 */
function isForgotten(meta: Meta, outbox: OutboxRow[], stage: Stage): boolean {
  return !stage.more && outbox.some(o => o.seq > stage.lmid && o.seq <= meta.sent_lmid)
}

/**
 * Up to which numbers intents may be dropped (`lmid`) and count as sent (`sent_lmid`). Dropped is what the server has
 * consumed and a push has proved to be ours: a restored copy of a phone may share the numbers.
 */
function acknowledged({ meta, outbox }: PhoneState, stage: Stage): Pick<Meta, 'lmid' | 'sent_lmid'> {
  const sent_lmid = isForgotten(meta, outbox, stage) ? stage.lmid : meta.sent_lmid
  return { sent_lmid, lmid: Math.min(Math.max(meta.lmid, stage.lmid), sent_lmid) }
}

function metaAfter(own: PhoneState, stage: Stage, now: number): Partial<Meta> {
  const { meta } = own
  const { lmid, sent_lmid } = acknowledged(own, stage)
  const offset = stage.offset ?? meta.offset
  const done = stage.more ? {} : { last_sync_at: corrected(now, offset), data_as_of: stage.now }
  const { epoch, min_client } = stage
  return { schema: SCHEMA, epoch, lmid, sent_lmid, min_client, offset, ...done }
}

/** What the phone has of its own, read in one go. */
interface PhoneState { meta: Meta, outbox: OutboxRow[], images: UndoRow[] }

async function readOwn(db: Tables): Promise<PhoneState> {
  const [meta, outbox, images] = await Promise.all([readMeta(db), db.outbox.orderBy('seq').toArray(), readImages(db)])
  return { meta, outbox, images }
}

/** Undo, the server's rows, drop what is acknowledged (up to `lmid`), re-run the rest. */
async function show(
  db: Tables, memory: VersionMemory, login: string, { meta, outbox, images }: PhoneState, stage: Stage, lmid: number,
): Promise<RowChanges> {
  const overlay = new Overlay(db)
  const aside = await Aside.read(db)
  await rewind(db, overlay, images)
  const shown = await serverRows(overlay, aside, memory, meta, stage)
  const pending = outbox.filter(o => o.seq > lmid)
  if (pending.length < outbox.length) await db.outbox.where('seq').belowOrEqual(lmid).delete()
  await rebase(db, overlay, login, pending)
  await overlay.flush()
  await aside.flush()
  return shown
}

/** The values that differ from those on the disk: an idle pull writes two keys. */
function changed(meta: Meta, after: Partial<Meta>): Partial<Meta> {
  const differs = ([k, v]: [string, unknown]): boolean => JSON.stringify(v) !== JSON.stringify(meta[k as keyof Meta])
  return Object.fromEntries(Object.entries(after).filter(differs))
}

type WriteOutcome =
  | { applied: 'lost' }
  | { applied: 'applied' | 'mismatch', cursors: Record<string, number>, changes: VersionChanges }

async function write(
  db: Tables, memory: VersionMemory, login: string, stage: Stage, now: number,
): Promise<WriteOutcome> {
  const own = await readOwn(db)
  const { meta, outbox } = own
  if (meta.client_id !== stage.client || !same(meta.cursors, stage.from)) return { applied: 'lost' }
  memory.attune(meta.cursors, Object.keys(meta.counts).length === 0)
  const { lmid } = acknowledged(own, stage)
  const revoked = Object.keys(meta.counts).some(s => !(s in stage.heads))
  const idle = stage.entries.length === 0 && stage.whole.size === 0 && !revoked && !outbox.some(o => o.seq <= lmid)
  const { counts, changes } = idle
    ? { counts: meta.counts, changes: new Map() }
    : await show(db, memory, login, own, stage, lmid)
  const bad = notAddingUp(stage, counts)
  const cursors = omit(stage.cursors, bad)
  const mismatches = meta.mismatches + Math.sign(bad.length)
  await writeMeta(db, changed(meta, { ...metaAfter(own, stage, now), counts, cursors, mismatches }))
  return { applied: bad.length > 0 ? 'mismatch' : 'applied', cursors, changes }
}

/**
 * Shows a whole pull in ONE transaction: compare cursors → undo → rows and revoked scopes → drop what is acknowledged →
 * re-run what is pending → compare counts → set cursors.
 * @param db the person's database
 * @param login their login id, for the re-run
 * @param stage what was pulled
 * @param now the phone's clock, ms
 * @throws DbError; then nothing was written
 */
export async function apply(db: AppDb, login: string, stage: Stage, now: number): Promise<ApplyOutcome> {
  const memory = memoryOf(db)
  const written = await writing(db, SYNCED_TABLES, tables => write(tables, memory, login, stage, now))
  // only what is on the disk is known
  if (written.applied !== 'lost') memory.accept(written.cursors, written.changes)
  return written.applied
}

/** Re-runs pending intents in order on top of the server's rows. One whose mutator throws stays, with a doubt. */
async function rebase(db: Tables, overlay: Overlay, login: string, pending: OutboxRow[]): Promise<void> {
  const images: UndoRow[] = []
  for (const row of pending) {
    if (row.state === 'parked') continue
    const run = await play(overlay, row.name, row.args, { now: tappedAt(row), login, mutation: row.id })
    images.push(...run.images)
    if (run.doubt !== row.doubt) await db.outbox.update(row.seq, { doubt: run.doubt })
  }
  await remember(db, images)
}

/**
 * Forgets the server's rows, which are only a cache, because they have another shape than this app's. Intents, their
 * numbers and the client id stay.
 * @param db the person's database
 * @param login their login id, for the re-run
 * @param schema version of the rows from now on
 */
export async function forgetRows(db: AppDb, login: string, schema: number): Promise<void> {
  await writing(db, SYNCED_TABLES, async (tables) => {
    for (const tbl of SYNCED_TABLES) await tables.raw(tbl).clear()
    await Promise.all([tables.undo.clear(), tables.aside.clear()])
    await writeMeta(tables, { cursors: {}, counts: {}, last_sync_at: null, data_as_of: null, schema, min_client: 0 })
    const overlay = new Overlay(tables)
    await rebase(tables, overlay, login, await tables.outbox.orderBy('seq').toArray())
    await overlay.flush()
  })
}
