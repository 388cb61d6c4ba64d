import type { Aside } from '#db/aside.ts'
import type { AnyStored } from '#db/db.ts'
import type { ScopeCount } from '#db/meta.ts'
import type { Overlay } from '#db/overlay.ts'
import type { SyncedTable } from '#domain/rows.ts'
import type { Entry } from '#gateway/wire.ts'
import type { Held, VersionChanges, Versions } from './held.ts'
import { SYNCED_TABLES } from '#db/db.ts'
import { isTable, rowFault } from '#domain/rowFault.ts'

export type Counts = Record<string, ScopeCount>

/** Running totals of one apply: versions fit a number, their sum may not. */
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

function without(row: AnyStored, scope: string): AnyStored | undefined {
  const { [scope]: _, ...rest } = row._v
  return Object.keys(rest).length > 0 ? { ...row, _v: rest } : undefined
}

/** Takes scopes off every row that carries them, except rows of `keep`; a row no scope holds any more goes. */
export async function dropScopes(rows: Overlay, aside: Aside, scopes: Set<string>, keep: Set<string>): Promise<void> {
  if (scopes.size === 0) return
  aside.dropScopes(scopes, keep)
  for (const tbl of SYNCED_TABLES) {
    for (const row of await rows.all(tbl)) {
      const gone = Object.keys(row._v).filter(s => scopes.has(s) && !keep.has(`${s}/${tbl}/${row.id}`))
      if (gone.length === 0) continue
      rows.set(tbl, row.id, gone.reduce<AnyStored | undefined>((r, s) => r && without(r, s), row))
    }
  }
}

/** The key of an entry as `dropScopes` compares it. */
export function keyOf(entry: Entry): string {
  return `${entry[0]}/${entry[1]}/${entry[2]}`
}

/** One apply at work: rows to be written, what this tab knows of old ones, and what it will know. */
interface Work { overlay: Overlay, aside: Aside, held: Held, tally: Tally, changes: VersionChanges }

function versionsOf({ overlay, aside, held }: Work, tbl: SyncedTable, pk: string): Versions | undefined {
  return aside.versions(tbl, pk) ?? (overlay.has(tbl, pk) ? overlay.peek(tbl, pk)?._v : held.get(tbl, pk))
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

/** Reads the old rows whose versions this tab does not know. */
async function loadUnknown({ overlay, held }: Work, entries: Entry[]): Promise<void> {
  const byTable = new Map<SyncedTable, string[]>()
  for (const [, tbl, pk] of entries) {
    if (held.knows(tbl, pk) || !isTable(tbl)) continue
    const pks = byTable.get(tbl)
    if (pks) pks.push(pk)
    else byTable.set(tbl, [pk])
  }
  await Promise.all([...byTable].map(([tbl, pks]) => overlay.load(tbl, pks)))
}

/** Puts and deletes what the server sent, in its order; what cannot be kept is set aside and counts all the same. Answers the counts of each scope after it, and the versions that changed. */
export async function applyEntries(
  overlay: Overlay,
  aside: Aside,
  held: Held,
  entries: Entry[],
  counts: Counts,
): Promise<{ counts: Counts, changes: VersionChanges }> {
  const work: Work = { overlay, aside, held, tally: new Tally(), changes: new Map() }
  await loadUnknown(work, entries)
  for (const entry of entries) {
    if (entry[4] === 'P') put(work, entry)
    else await del(work, entry)
  }
  return { counts: work.tally.onto(counts), changes: work.changes }
}
