import type { AppDb } from '#db/db.ts'
import type { SyncedTable } from '#domain/rows.ts'

export type Versions = Record<string, number>
/** What an apply did to versions, row by row; undefined = the row is gone. */
export type VersionChanges = Map<SyncedTable, Map<string, Versions | undefined>>

/**
 * Versions of rows this tab has written or read, so that a small pull need not read each old row to learn which scopes hold it:
 * reading them costs as much as writing the new ones. True only while the cursors on the disk are those it was built at;
 * whoever applies in another tab moves the cursors, and it is forgotten.
 */
export class Held {
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

const byDb = new WeakMap<AppDb, Held>()

/** The versions this connection remembers. */
export function heldOf(db: AppDb): Held {
  let held = byDb.get(db)
  if (!held) byDb.set(db, held = new Held())
  return held
}
