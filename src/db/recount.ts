import type { AppDb, AsideRow } from './db.ts'
import type { ScopeCount } from './meta.ts'
import { readImages, SYNCED_TABLES } from './db.ts'

/** What the rows on this phone add up to, those set aside included, and how many each table has. */
export interface Recount {
  aside: Pick<AsideRow, 'tbl' | 'fault'>[], scopes: Record<string, ScopeCount>, tables: Record<string, number>
}

interface Sum { n: number, sum: bigint }

function add(sums: Map<string, Sum>, versions: Record<string, number>): void {
  for (const [scope, ver] of Object.entries(versions)) {
    const s = sums.get(scope) ?? { n: 0, sum: 0n }
    s.n++
    s.sum += BigInt(ver)
    sums.set(scope, s)
  }
}

/**
 * Counts every row as the server sent it, without the effects of pending intents; it writes nothing. To be compared
 * with `meta.counts`, which each apply carries on.
 */
export async function recount(db: AppDb): Promise<Recount> {
  return db.transaction('r', [...SYNCED_TABLES, 'undo', 'aside'], async () => {
    const sums = new Map<string, Sum>()
    const tables: Record<string, number> = {}
    const images = await readImages(db)
    for (const tbl of SYNCED_TABLES) {
      const rows = new Map((await db.raw(tbl).toArray()).map(row => [row.id, row._v]))
      // images come newest first, so the oldest image of a row, which is the server's, is set last
      for (const image of images.filter(i => i.tbl === tbl))
        rows.set(image.pk, (image.before as { _v: Record<string, number> } | null)?._v ?? {})
      for (const versions of rows.values()) add(sums, versions)
      tables[tbl] = [...rows.values()].filter(v => Object.keys(v).length > 0).length
    }
    const aside = await db.aside.toArray()
    for (const row of aside) add(sums, row._v)
    return {
      aside: aside.map(({ tbl, fault }) => ({ tbl, fault })),
      scopes: Object.fromEntries([...sums].map(([id, s]) => [id, { n: s.n, sum: String(s.sum) }])),
      tables,
    }
  })
}
