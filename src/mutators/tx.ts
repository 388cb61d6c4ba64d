import type { AnyStored, Stored, UndoRow } from '#db/db.ts'
import type { Staging } from '#db/staging.ts'
import type { RefusalCode } from '#domain/codes.ts'
import type { SyncedRows, SyncedTable } from '#domain/rows.ts'

/** What a mutator may know besides its arguments. `now` is the phone's clock at the tap, ISO: the same on every re-run. */
export interface TapContext { now: string, login: string, mutation: string }

/** What a mutator sees: rows as they are with everything pending before it, and writes marked `_pending`. */
export interface Tx {
  get: <T extends SyncedTable>(tbl: T, id: string) => Promise<Stored<T> | undefined>
  all: <T extends SyncedTable>(tbl: T) => Promise<Stored<T>[]>
  by: <T extends SyncedTable>(tbl: T, index: keyof Stored<T> & string, value: string) => Promise<Stored<T>[]>
  put: <T extends SyncedTable>(tbl: T, row: SyncedRows[T]) => Promise<void>
  /** Changes columns of a row; false when there is no such row. */
  patch: <T extends SyncedTable>(tbl: T, id: string, changes: Partial<SyncedRows[T]>) => Promise<boolean>
  remove: (tbl: SyncedTable, id: string) => Promise<void>
  /** Says which refusal the server is likely to give. The first one said stands. */
  doubt: (code: RefusalCode) => void
}

/** What one run of a mutator did. */
export interface Run { images: UndoRow[], doubt: string | null }

/** Records one mutator's writes apart from the staged rows, so that a mutator that throws leaves nothing behind. */
export class Recorder implements Tx {
  readonly #staging: Staging
  readonly #mutation: string
  readonly #writes = new Map<string, { tbl: SyncedTable, pk: string, row: AnyStored | undefined }>()
  #doubt: RefusalCode | null = null
  /** what the database itself answered when a read failed; null while it works */
  failure: { error: unknown } | null = null

  constructor(staging: Staging, mutation: string) {
    this.#staging = staging
    this.#mutation = mutation
  }

  async #read<R>(work: Promise<R>): Promise<R> {
    try {
      return await work
    }
    catch (error) {
      this.failure ??= { error }
      throw error
    }
  }

  #overlay<T extends SyncedTable>(tbl: T, rows: Stored<T>[], fits: (r: Stored<T>) => boolean): Stored<T>[] {
    const byPk = new Map(rows.map(r => [r.id, r] as const))
    for (const w of this.#writes.values()) {
      if (w.tbl !== tbl) continue
      if (w.row && fits(w.row as unknown as Stored<T>)) byPk.set(w.pk, w.row as unknown as Stored<T>)
      else byPk.delete(w.pk)
    }
    return [...byPk.values()]
  }

  async get<T extends SyncedTable>(tbl: T, id: string): Promise<Stored<T> | undefined> {
    const own = this.#writes.get(`${tbl}/${id}`)
    return own ? own.row as unknown as Stored<T> | undefined : this.#read(this.#staging.get(tbl, id))
  }

  async all<T extends SyncedTable>(tbl: T): Promise<Stored<T>[]> {
    return this.#overlay(tbl, await this.#read(this.#staging.all(tbl)), () => true)
  }

  async by<T extends SyncedTable>(tbl: T, index: keyof Stored<T> & string, value: string): Promise<Stored<T>[]> {
    return this.#overlay(tbl, await this.#read(this.#staging.by(tbl, index, value)), r => r[index] === value)
  }

  async put<T extends SyncedTable>(tbl: T, row: SyncedRows[T]): Promise<void> {
    const before = await this.get(tbl, row.id)
    const next = { ...row, _v: before?._v ?? {}, _pending: this.#mutation } as unknown as AnyStored
    this.#writes.set(`${tbl}/${row.id}`, { tbl, pk: row.id, row: next })
  }

  async patch<T extends SyncedTable>(tbl: T, id: string, changes: Partial<SyncedRows[T]>): Promise<boolean> {
    const before = await this.get(tbl, id)
    if (!before) return false
    await this.put(tbl, { ...before, ...changes })
    return true
  }

  async remove(tbl: SyncedTable, id: string): Promise<void> {
    if (await this.get(tbl, id)) this.#writes.set(`${tbl}/${id}`, { tbl, pk: id, row: undefined })
  }

  doubt(code: RefusalCode): void {
    this.#doubt ??= code
  }

  /** Moves the writes into the staged rows and answers their before-images. */
  async commit(): Promise<Run> {
    const images: UndoRow[] = []
    for (const { tbl, pk, row } of this.#writes.values()) {
      images.push({ tbl, pk, before: await this.#staging.get(tbl, pk) ?? null })
      this.#staging.set(tbl, pk, row)
    }
    return { images, doubt: this.#doubt }
  }
}
