import type { StoredRow } from '#db/db.ts'
import type { Overlay } from '#db/overlay.ts'
import type { RefusalCode } from '#domain/codes.ts'
import type { MutationArgs, MutationName } from '#domain/mutations.ts'
import type { SyncedRows, SyncedTable } from '#domain/rows.ts'

/**
 * What a mutator knows besides its arguments. `now`: the moment of the tap by the server's clock, as far as this phone
 * knew it then; ISO, the same on every re-run.
 */
export interface TapContext { now: string, login: string, mutation: string }

/** What a mutator sees: rows as they are with everything pending before it, and writes marked `_pending`. */
export interface Tx {
  get: <T extends SyncedTable>(tbl: T, id: string) => Promise<StoredRow<T> | undefined>
  all: <T extends SyncedTable>(tbl: T) => Promise<StoredRow<T>[]>
  by: <T extends SyncedTable>(tbl: T, index: keyof StoredRow<T> & string, value: string) => Promise<StoredRow<T>[]>
  put: <T extends SyncedTable>(tbl: T, row: SyncedRows[T]) => Promise<void>
  /** Changes columns of a row; false when there is no such row. */
  patch: <T extends SyncedTable>(tbl: T, id: string, changes: Partial<SyncedRows[T]>) => Promise<boolean>
  remove: (tbl: SyncedTable, id: string) => Promise<void>
  /** Says which refusal the server is likely to give. The first one said stands. */
  doubt: (code: RefusalCode) => void
}

/**
 * What the mutator of one tap sees and writes.
 * @param overlay takes its rows; nobody else writes on it
 * @param mutation id of the tap, the `_pending` of every row it puts
 * @param onDoubt hears each doubt
 */
export function txOn(overlay: Overlay, mutation: string, onDoubt: (code: RefusalCode) => void): Tx {
  const tx: Tx = {
    get: (tbl, id) => overlay.get(tbl, id),
    all: tbl => overlay.all(tbl),
    by: (tbl, index, value) => overlay.by(tbl, index, value),
    async put(tbl, row) {
      const before = await overlay.get(tbl, row.id)
      overlay.set(tbl, row.id, { ...row, _v: before?._v ?? {}, _pending: mutation })
    },
    async patch(tbl, id, changes) {
      const before = await overlay.get(tbl, id)
      if (!before) return false
      await tx.put(tbl, { ...before, ...changes })
      return true
    },
    async remove(tbl, id) {
      if (await overlay.get(tbl, id)) overlay.set(tbl, id, undefined)
    },
    doubt: onDoubt,
  }
  return tx
}

/**
 * One intent as the phone plays it. Ids and times come from the arguments and the context alone, so that a re-run gives
 * the same rows.
 */
export interface Mutator<N extends MutationName> {
  /** version of the arguments this phone sends */
  v: number
  /** every synced table `run` reads or writes; the enqueue transaction covers no other */
  tables: readonly SyncedTable[]
  run: (tx: Tx, args: MutationArgs[N], ctx: TapContext) => Promise<void>
  /** ids of the rows it touches, so that a card finds its own unsent intents */
  entities: (args: MutationArgs[N]) => string[]
}

/** The values that are ids: null ones are left out. */
export function ids(...values: (string | null)[]): string[] {
  return values.filter(v => v !== null)
}
