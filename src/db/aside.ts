import type { RowFault } from '#domain/rowShapes.ts'
import type { AsideRow, Tables } from './db.ts'

/**
 * Rows the server sent and this phone cannot keep. Of each it holds where it belongs, at which version and why it was
 * set aside, so that counts and sums still add up and everything else goes on. There are hardly ever any, so an apply
 * reads them all.
 */
export class Aside {
  readonly #db: Pick<Tables, 'aside'>
  readonly #rows: Map<string, AsideRow>
  readonly #dirty = new Set<string>()

  private constructor(db: Pick<Tables, 'aside'>, rows: AsideRow[]) {
    this.#db = db
    this.#rows = new Map(rows.map(r => [r.id, r]))
  }

  /** Reads what has been set aside so far, inside the running transaction. */
  static async read(db: Pick<Tables, 'aside'>): Promise<Aside> {
    return new Aside(db, await db.aside.toArray())
  }

  /** Versions by scope of a row that is set aside; undefined = it is not. */
  versions(tbl: string, pk: string): Record<string, number> | undefined {
    return this.#rows.get(`${tbl}/${pk}`)?._v
  }

  /** Sets a row aside, or (fault null) takes it back. */
  set(tbl: string, pk: string, fault: RowFault | null, _v: Record<string, number>): void {
    const id = `${tbl}/${pk}`
    if (fault === null && !this.#rows.has(id)) return
    if (fault !== null && Object.keys(_v).length > 0) this.#rows.set(id, { id, tbl, fault, _v })
    else this.#rows.delete(id)
    this.#dirty.add(id)
  }

  /** Takes one scope off a row that is set aside; false when it is not. */
  leave(tbl: string, pk: string, scope: string): boolean {
    const row = this.#rows.get(`${tbl}/${pk}`)
    if (!row) return false
    const { [scope]: _, ...rest } = row._v
    this.set(tbl, pk, row.fault, rest)
    return true
  }

  /** Takes scopes off every row, except where `keep` holds `scope/table/pk`. */
  dropScopes(scopes: Set<string>, keep: Set<string>): void {
    for (const row of [...this.#rows.values()]) {
      const versions = Object.entries(row._v)
      const rest = versions.filter(([s]) => !scopes.has(s) || keep.has(`${s}/${row.id}`))
      if (rest.length < versions.length)
        this.set(row.tbl, row.id.slice(row.tbl.length + 1), row.fault, Object.fromEntries(rest))
    }
  }

  /** Writes what was set. */
  async flush(): Promise<void> {
    const puts = [...this.#dirty].flatMap(id => this.#rows.get(id) ?? [])
    const gone = [...this.#dirty].filter(id => !this.#rows.has(id))
    if (gone.length > 0) await this.#db.aside.bulkDelete(gone)
    if (puts.length > 0) await this.#db.aside.bulkPut(puts)
    this.#dirty.clear()
  }
}
