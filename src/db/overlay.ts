import type { SyncedTable } from '#domain/rows.ts'
import type { AnyRow, StoredRow, Tables, UndoRow } from './db.ts'

/** What an overlay lies on: the tables of a running transaction, or another overlay. `undefined` = no such row. */
interface Layer {
  one: (tbl: SyncedTable, pk: string) => PromiseLike<AnyRow | undefined>
  every: (tbl: SyncedTable) => PromiseLike<AnyRow[]>
  where: (tbl: SyncedTable, index: string, value: string) => PromiseLike<AnyRow[]>
  many: (tbl: SyncedTable, pks: string[]) => PromiseLike<(AnyRow | undefined)[]>
  write: (tbl: SyncedTable, rows: Map<string, AnyRow | undefined>) => PromiseLike<unknown>
}

/** Reads many rows at once; for more than 200 it is cheaper to look first which keys exist at all. */
async function readMany(db: Tables, tbl: SyncedTable, pks: string[]): Promise<(AnyRow | undefined)[]> {
  if (pks.length <= 200) return db.raw(tbl).bulkGet(pks)
  const existing = new Set(await db.raw(tbl).toCollection().primaryKeys())
  const here = pks.filter(pk => existing.has(pk))
  const rows = new Map((await db.raw(tbl).bulkGet(here)).map((row, i) => [here[i]!, row] as const))
  return pks.map(pk => rows.get(pk))
}

function onTables(db: Tables): Layer {
  return {
    one: (tbl, pk) => db.raw(tbl).get(pk),
    every: tbl => db.raw(tbl).toArray(),
    where: (tbl, index, value) => db.raw(tbl).where(index).equals(value).toArray(),
    many: (tbl, pks) => readMany(db, tbl, pks),
    write(tbl, rows) {
      const puts = [...rows.values()].filter(row => row !== undefined)
      const gone = [...rows].flatMap(([pk, row]) => row === undefined ? [pk] : [])
      const table = db.raw(tbl)
      return Promise.all([gone.length > 0 && table.bulkDelete(gone), puts.length > 0 && table.bulkPut(puts)])
    },
  }
}

function onOverlay(below: Overlay): Layer {
  return {
    one: (tbl, pk) => below.get(tbl, pk),
    every: tbl => below.all(tbl),
    where: (tbl, index, value) => below.by(tbl, index as 'id', value),
    many: (tbl, pks) => Promise.all(pks.map(pk => below.get(tbl, pk))),
    async write(tbl, rows) {
      for (const [pk, row] of rows) below.set(tbl, pk, row)
    },
  }
}

/**
 * Rows as they will be when the running transaction ends: a read finds what was set here before what lies underneath,
 * and `flush` writes what was set into the layer below. One overlay on the tables carries an enqueue or an apply; each
 * mutator runs in an overlay on that one. A mutator that throws leaves nothing behind: its overlay is not flushed.
 */
export class Overlay {
  readonly #under: Layer
  /** rows read or set; `undefined` = there is none */
  readonly #rows = new Map<SyncedTable, Map<string, AnyRow | undefined>>()
  readonly #set = new Map<SyncedTable, Map<string, AnyRow | undefined>>()
  /** what the layer underneath threw when a read failed; null while it works */
  failure: { error: unknown } | null = null

  constructor(under: Tables | Overlay) {
    this.#under = under instanceof Overlay ? onOverlay(under) : onTables(under)
  }

  #of(tbl: SyncedTable): Map<string, AnyRow | undefined> {
    let rows = this.#rows.get(tbl)
    if (!rows) this.#rows.set(tbl, rows = new Map())
    return rows
  }

  async #read<R>(work: PromiseLike<R>): Promise<R> {
    try {
      return await work
    }
    catch (error) {
      this.failure ??= { error }
      throw error
    }
  }

  /** One row, or undefined. */
  async get<T extends SyncedTable>(tbl: T, pk: string): Promise<StoredRow<T> | undefined> {
    const rows = this.#of(tbl)
    if (!rows.has(pk)) {
      const found = await this.#read(this.#under.one(tbl, pk))
      // it may have been set while the disk was asked
      if (!rows.has(pk)) rows.set(pk, found)
    }
    return rows.get(pk) as unknown as StoredRow<T> | undefined
  }

  /** Reads many rows at once, so that `get` and `peek` find them in memory. */
  async load(tbl: SyncedTable, pks: Iterable<string>): Promise<void> {
    const rows = this.#of(tbl)
    const missing = [...new Set(pks)].filter(pk => !rows.has(pk))
    if (missing.length === 0) return
    const found = await this.#read(this.#under.many(tbl, missing))
    missing.forEach((pk, i) => !rows.has(pk) && rows.set(pk, found[i]))
  }

  /** Has this row been read or set? */
  has(tbl: SyncedTable, pk: string): boolean {
    return this.#rows.get(tbl)?.has(pk) === true
  }

  /** A row that `get` or `load` has read or `set` has set; undefined = there is none, or it was not read. */
  peek(tbl: SyncedTable, pk: string): AnyRow | undefined {
    return this.#of(tbl).get(pk)
  }

  /** Sets what the row will be; `undefined` = it will not exist. */
  set(tbl: SyncedTable, pk: string, row: AnyRow | undefined): void {
    this.#of(tbl).set(pk, row)
    const set = this.#set.get(tbl)
    if (set) set.set(pk, row)
    else this.#set.set(tbl, new Map([[pk, row]]))
  }

  #shown<T extends SyncedTable>(tbl: T, found: AnyRow[], fits: (row: StoredRow<T>) => boolean): StoredRow<T>[] {
    const byPk = new Map(found.map(row => [row.id, row]))
    for (const [pk, row] of this.#of(tbl)) {
      if (row !== undefined && fits(row as unknown as StoredRow<T>)) byPk.set(pk, row)
      else byPk.delete(pk)
    }
    return [...byPk.values()] as unknown as StoredRow<T>[]
  }

  /** Every row of a table. */
  async all<T extends SyncedTable>(tbl: T): Promise<StoredRow<T>[]> {
    return this.#shown(tbl, await this.#read(this.#under.every(tbl)), () => true)
  }

  /** Rows whose indexed column has this value. */
  async by<T extends SyncedTable>(tbl: T, index: keyof StoredRow<T> & string, value: string): Promise<StoredRow<T>[]> {
    return this.#shown(tbl, await this.#read(this.#under.where(tbl, index, value)), row => row[index] === value)
  }

  /** How each row that was set is underneath, one image per row. To be asked before `flush`. */
  async beforeImages(): Promise<UndoRow[]> {
    const images: UndoRow[] = []
    for (const [tbl, rows] of this.#set) {
      for (const pk of rows.keys()) images.push({ tbl, pk, before: await this.#under.one(tbl, pk) ?? null })
    }
    return images
  }

  /** Writes everything that was set into what lies underneath. */
  async flush(): Promise<void> {
    await Promise.all([...this.#set].map(([tbl, rows]) => this.#under.write(tbl, rows)))
    this.#set.clear()
  }
}

/** Keeps how rows were before a pending mutation touched them. Must run inside enqueue or apply. */
export async function remember(db: Pick<Tables, 'undo'>, images: UndoRow[]): Promise<void> {
  if (images.length > 0) await db.undo.bulkAdd(images)
}

/**
 * Takes back the effects of every pending mutation and forgets the before-images: rows are then as the server sent
 * them.
 * @param db the tables of the running transaction
 * @param overlay takes the rows
 * @param images every before-image, newest first (`readImages`)
 */
export async function rewind(db: Pick<Tables, 'undo'>, overlay: Overlay, images: UndoRow[]): Promise<void> {
  if (images.length === 0) return
  for (const { tbl, pk, before } of images) overlay.set(tbl, pk, (before ?? undefined) as AnyRow | undefined)
  await db.undo.clear()
}
