import type { AnyRow, AppDb, OutboxRow, StoredRow, UndoRow } from '../../../src/db/db.ts'
import type { Meta } from '../../../src/db/meta.ts'
import type { MutationName } from '../../../src/domain/mutations.ts'
import type { SyncedRows, SyncedTable } from '../../../src/domain/rows.ts'
import type { Mutator, Tx } from '../../../src/mutators/tx.ts'
import { SYNCED_TABLES } from '../../../src/db/db.ts'
import { readMeta } from '../../../src/db/meta.ts'
import { tappedAt } from '../../../src/domain/clockOffset.ts'
import { MUTATORS } from '../../../src/mutators/index.ts'

/** Rows by `table/id`. */
export type Rows = Map<string, AnyRow>
/** Everything on one phone, read at once. */
export interface Local { rows: Rows, outbox: OutboxRow[], undo: UndoRow[], meta: Meta }

export function readLocal(db: AppDb): Promise<Local> {
  return db.transaction('r', [...SYNCED_TABLES, 'outbox', 'undo', 'meta'], async () => {
    const rows: Rows = new Map()
    for (const tbl of SYNCED_TABLES) {
      for (const row of await db.raw(tbl).toArray()) rows.set(`${tbl}/${row.id}`, row)
    }
    return {
      rows,
      outbox: await db.outbox.orderBy('seq').toArray(),
      undo: await db.undo.orderBy('i').toArray(),
      meta: await readMeta(db),
    }
  })
}

/** The rows without pending changes, made from the before-images alone. */
export function pristine({ rows, undo }: Local): Rows {
  const back = new Map(rows)
  for (const { tbl, pk, before } of [...undo].reverse()) {
    if (before === null) back.delete(`${tbl}/${pk}`)
    else back.set(`${tbl}/${pk}`, before as AnyRow)
  }
  return back
}

/** Runs mutators in memory, written apart from the code under test. */
function memoryTx(rows: Rows, mutation: string): Tx {
  const of = <T extends SyncedTable>(tbl: T): StoredRow<T>[] =>
    [...rows].filter(([k]) => k.startsWith(`${tbl}/`)).map(([, r]) => r as unknown as StoredRow<T>)
  const put = async <T extends SyncedTable>(tbl: T, row: SyncedRows[T]): Promise<void> => {
    rows.set(`${tbl}/${row.id}`, { ...row, _v: rows.get(`${tbl}/${row.id}`)?._v ?? {}, _pending: mutation })
  }
  return {
    get: async <T extends SyncedTable>(tbl: T, id: string) =>
      rows.get(`${tbl}/${id}`) as unknown as StoredRow<T> | undefined,
    all: async tbl => of(tbl),
    by: async (tbl, index, value) => of(tbl).filter(r => r[index] === value),
    put,
    patch: async (tbl, id, changes) => {
      const row = rows.get(`${tbl}/${id}`)
      if (row) await put(tbl, { ...row, ...changes } as never)
      return row !== undefined
    },
    remove: async (tbl, id) => { rows.delete(`${tbl}/${id}`) },
    doubt: () => {},
  }
}

/** Server rows with the pending intents played on them in order: what the screen must show (I7). */
export async function replayed(local: Local, login: string): Promise<Rows> {
  const rows = pristine(local)
  for (const o of local.outbox) {
    if (o.state === 'parked') continue
    const mutator = MUTATORS[o.name] as Mutator<MutationName>
    await mutator.run(memoryTx(rows, o.id), o.args as never, { now: tappedAt(o), login, mutation: o.id })
  }
  return rows
}
