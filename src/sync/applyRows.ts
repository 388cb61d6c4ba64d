import type { Aside } from '#db/aside.ts'
import type { AnyRow, AppDb } from '#db/db.ts'
import type { ScopeCount } from '#db/meta.ts'
import type { Overlay } from '#db/overlay.ts'
import type { SyncedTable } from '#domain/rows.ts'
import type { Entry } from '#gateway/wire.ts'
import { SYNCED_TABLES } from '#db/db.ts'
import { isTable, rowFault } from '#domain/rowShapes.ts'

export type Versions = Record<string, number>
/** What an apply did to the versions of each row; undefined = the row is gone. */
export type VersionChanges = Map<SyncedTable, Map<string, Versions | undefined>>

/**
 * Versions of the rows this tab has written or read. Without it a small pull would read each old row to learn which
 * scopes hold it, which costs as much as writing the new ones. It is true only while the cursors on the disk are those
 * it was built at: when another tab applies, the cursors move and it is forgotten.
 */
export class VersionMemory {
  #at: string | null = null
  #complete = false
  readonly #rows = new Map<SyncedTable, Map<string, Versions>>()

  /** Keeps what is known if it is of these cursors, else forgets it. `empty`: the phone holds no rows at all. */
  attune(cursors: Versions, empty: boolean): void {
    if (!empty && this.#at === JSON.stringify(cursors)) return
    this.#rows.clear()
    this.#complete = empty
    this.#at = null
  }

  /** Is anything known about this row? */
  knows(tbl: SyncedTable, pk: string): boolean {
    return this.#complete || this.#rows.get(tbl)?.has(pk) === true
  }

  /** Versions of a known row by scope; undefined = there is no such row. */
  get(tbl: SyncedTable, pk: string): Versions | undefined {
    return this.#rows.get(tbl)?.get(pk)
  }

  /** Takes over what was committed, at its cursors. */
  accept(cursors: Versions, changes: VersionChanges): void {
    for (const [tbl, rows] of changes) {
      let mine = this.#rows.get(tbl)
      if (!mine) this.#rows.set(tbl, mine = new Map())
      for (const [pk, versions] of rows) {
        if (versions) mine.set(pk, versions)
        else mine.delete(pk)
      }
    }
    this.#at = JSON.stringify(cursors)
  }

  /** Knows nothing any more. */
  forget(): void {
    this.#rows.clear()
    this.#complete = false
    this.#at = null
  }
}

const byDb = new WeakMap<AppDb, VersionMemory>()

/** The memory of this connection to the database. */
export function memoryOf(db: AppDb): VersionMemory {
  let memory = byDb.get(db)
  if (!memory) byDb.set(db, memory = new VersionMemory())
  return memory
}

export type Counts = Record<string, ScopeCount>

/** Running totals of one apply. A version fits a number; their sum may not. */
class Tally {
  readonly #delta = new Map<string, { n: number, sum: bigint }>()

  add(scope: string, n: number, ver: number): void {
    const d = this.#delta.get(scope) ?? { n: 0, sum: 0n }
    d.n += n
    d.sum += BigInt(n) * BigInt(ver)
    this.#delta.set(scope, d)
  }

  onto(counts: Counts): Counts {
    const next = { ...counts }
    for (const [scope, d] of this.#delta) {
      const old = next[scope] ?? { n: 0, sum: '0' }
      next[scope] = { n: old.n + d.n, sum: String(BigInt(old.sum) + d.sum) }
    }
    return next
  }
}

function without(row: AnyRow, scope: string): AnyRow | undefined {
  const { [scope]: _, ...rest } = row._v
  return Object.keys(rest).length > 0 ? { ...row, _v: rest } : undefined
}

/**
 * Takes scopes off every row that carries them, except where `keep` names the row; a row that no scope holds any more
 * goes.
 * @param rows the overlay of the apply
 * @param aside what is set aside
 * @param scopes names of the scopes
 * @param keep `scope/table/pk` (`keyOf`)
 */
export async function dropScopes(rows: Overlay, aside: Aside, scopes: Set<string>, keep: Set<string>): Promise<void> {
  if (scopes.size === 0) return
  aside.dropScopes(scopes, keep)
  for (const tbl of SYNCED_TABLES) {
    for (const row of await rows.all(tbl)) {
      const gone = Object.keys(row._v).filter(s => scopes.has(s) && !keep.has(`${s}/${tbl}/${row.id}`))
      if (gone.length === 0) continue
      rows.set(tbl, row.id, gone.reduce<AnyRow | undefined>((r, s) => r && without(r, s), row))
    }
  }
}

/** The key of an entry as `dropScopes` compares it. */
export function keyOf(entry: Entry): string {
  return `${entry[0]}/${entry[1]}/${entry[2]}`
}

/** What one apply works with: the rows to be written, what this tab knows of the old ones, and what it will know. */
interface Work { overlay: Overlay, aside: Aside, memory: VersionMemory, tally: Tally, changes: VersionChanges }

function versionsOf({ overlay, aside, memory }: Work, tbl: SyncedTable, pk: string): Versions | undefined {
  return aside.versions(tbl, pk) ?? (overlay.has(tbl, pk) ? overlay.peek(tbl, pk)?._v : memory.get(tbl, pk))
}

function note({ changes }: Work, tbl: SyncedTable, pk: string, versions: Versions | undefined): void {
  const rows = changes.get(tbl)
  if (rows) rows.set(pk, versions)
  else changes.set(tbl, new Map([[pk, versions]]))
}

function put(work: Work, [scope, tbl, pk, ver, , data]: Entry): void {
  const old = versionsOf(work, tbl, pk)
  const before = old?.[scope]
  if (before !== undefined) work.tally.add(scope, -1, before)
  work.tally.add(scope, 1, ver)
  const _v = { ...old, [scope]: ver }
  const fault = rowFault(tbl, pk, data)
  work.aside.set(tbl, pk, fault, _v)
  if (isTable(tbl)) work.overlay.set(tbl, pk, fault === null ? { ...data!, _v } : undefined)
  note(work, tbl, pk, _v)
}

async function del(work: Work, [scope, tbl, pk]: Entry): Promise<void> {
  const before = versionsOf(work, tbl, pk)?.[scope]
  if (before === undefined) return
  work.tally.add(scope, -1, before)
  if (work.aside.leave(tbl, pk, scope)) return note(work, tbl, pk, work.aside.versions(tbl, pk))
  const row = await work.overlay.get(tbl, pk)
  const left = row && without(row, scope)
  work.overlay.set(tbl, pk, left)
  note(work, tbl, pk, left?._v)
}

/** Reads the old rows whose versions this tab does not remember. */
async function loadUnknown({ overlay, memory }: Work, entries: Entry[]): Promise<void> {
  const byTable = new Map<SyncedTable, string[]>()
  for (const [, tbl, pk] of entries) {
    if (memory.knows(tbl, pk) || !isTable(tbl)) continue
    const pks = byTable.get(tbl)
    if (pks) pks.push(pk)
    else byTable.set(tbl, [pk])
  }
  await Promise.all([...byTable].map(([tbl, pks]) => overlay.load(tbl, pks)))
}

/**
 * Puts and deletes what the server sent, in its order. A row that cannot be kept is set aside and counts all the same.
 * @param overlay takes the rows
 * @param aside takes what cannot be kept
 * @param memory versions of the old rows
 * @param entries what the server sent
 * @param counts of each scope before
 * @returns counts of each scope after, and the versions that changed
 */
export async function applyEntries(
  overlay: Overlay, aside: Aside, memory: VersionMemory, entries: Entry[], counts: Counts,
): Promise<{ counts: Counts, changes: VersionChanges }> {
  const work: Work = { overlay, aside, memory, tally: new Tally(), changes: new Map() }
  await loadUnknown(work, entries)
  for (const entry of entries) {
    if (entry[4] === 'P') put(work, entry)
    else await del(work, entry)
  }
  return { counts: work.tally.onto(counts), changes: work.changes }
}
