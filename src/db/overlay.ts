import type { SyncedTable } from '#domain/rows.ts'
import type { AnyStored, Stored, Tables } from './db.ts'

/**
 * Rows as they will be when the running transaction ends: read through to the database, written once by `flush`.
 * `undefined` = the row will not exist.
 */
export class Staging {
  readonly #db: Tables
  readonly #staged = new Map<SyncedTable, Map<string, AnyStored | undefined>>()
  readonly #dirty = new Map<SyncedTable, Set<string>>()

  constructor(db: Tables) {
    this.#db = db
  }

  #of(tbl: SyncedTable): Map<string, AnyStored | undefined> {
    let rows = this.#staged.get(tbl)
    if (!rows) this.#staged.set(tbl, rows = new Map())
    return rows
  }

  /** One row, or undefined. */
  async get<T extends SyncedTable>(tbl: T, pk: string): Promise<Stored<T> | undefined> {
    const rows = this.#of(tbl)
    if (!rows.has(pk)) rows.set(pk, await this.#db.raw(tbl).get(pk))
    return rows.get(pk) as unknown as Stored<T> | undefined
  }

  /** Reads many rows at once, so that `get` answers them from memory. Large sets first look which keys exist at all. */
  async load(tbl: SyncedTable, pks: Iterable<string>): Promise<void> {
    const rows = this.#of(tbl)
    let missing = [...new Set(pks)].filter(pk => !rows.has(pk))
    if (missing.length > 200) {
      const existing = new Set(await this.#db.raw(tbl).toCollection().primaryKeys())
      for (const pk of missing) {
        if (!existing.has(pk)) rows.set(pk, undefined)
      }
      missing = missing.filter(pk => existing.has(pk))
    }
    if (missing.length === 0) return
    const found = await this.#db.raw(tbl).bulkGet(missing)
    missing.forEach((pk, i) => rows.set(pk, found[i]))
  }

  /** Has this row been read or set? */
  has(tbl: SyncedTable, pk: string): boolean {
    return this.#staged.get(tbl)?.has(pk) === true
  }

  /** A row read before by `get` or `load`. */
  peek(tbl: SyncedTable, pk: string): AnyStored | undefined {
    return this.#of(tbl).get(pk)
  }

  /** Sets what the row will be. */
  set(tbl: SyncedTable, pk: string, row: AnyStored | undefined): void {
    this.#of(tbl).set(pk, row)
    let dirty = this.#dirty.get(tbl)
    if (!dirty) this.#dirty.set(tbl, dirty = new Set())
    dirty.add(pk)
  }

  #merge<T extends SyncedTable>(tbl: T, found: Stored<T>[], fits: (row: Stored<T>) => boolean): Stored<T>[] {
    const byPk = new Map(found.map(r => [r.id, r] as const))
    for (const [pk, row] of this.#of(tbl)) {
      if (row === undefined || !fits(row as unknown as Stored<T>)) byPk.delete(pk)
      else byPk.set(pk, row as unknown as Stored<T>)
    }
    return [...byPk.values()]
  }

  /** Every row of a table. */
  async all<T extends SyncedTable>(tbl: T): Promise<Stored<T>[]> {
    return this.#merge(tbl, await this.#db.raw(tbl).toArray() as unknown as Stored<T>[], () => true)
  }

  /** Rows whose indexed column has this value. */
  async by<T extends SyncedTable>(tbl: T, index: keyof Stored<T> & string, value: string): Promise<Stored<T>[]> {
    return this.#merge(tbl, await this.#db.raw(tbl).where(index).equals(value).toArray() as unknown as Stored<T>[], r => r[index] === value)
  }

  /** Writes everything that was set. */
  async flush(): Promise<void> {
    const writes: PromiseLike<unknown>[] = []
    for (const [tbl, pks] of this.#dirty) {
      const rows = this.#of(tbl)
      const puts: AnyStored[] = []
      const dels: string[] = []
      for (const pk of pks) {
        const row = rows.get(pk)
        if (row) puts.push(row)
        else dels.push(pk)
      }
      if (dels.length > 0) writes.push(this.#db.raw(tbl).bulkDelete(dels))
      if (puts.length > 0) writes.push(this.#db.raw(tbl).bulkPut(puts))
    }
    await Promise.all(writes)
    this.#dirty.clear()
  }
}
