import type { AppDb, AsideRow } from './db.ts'
import type { ScopeCount } from './meta.ts'
import { readImages, SYNCED_TABLES } from './db.ts'

/** What the rows on this phone add up to, those it could not keep included, and how many each table has. */
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

/** Counts every row as the server sent it, pending intents taken off; reads only. To be compared with `meta.counts`, which apply keeps as it goes. */
export async function recount(db: AppDb): Promise<Recount> {
  return db.transaction('r', [...SYNCED_TABLES, 'undo', 'aside'], async () => {
    const sums = new Map<string, Sum>()
    const tables: Record<string, number> = {}
    const images = await readImages(db)
    for (const tbl of SYNCED_TABLES) {
      const rows = new Map((await db.raw(tbl).toArray()).map(row => [row.id, row._v]))
      // newest first, so that the oldest image of a row, the server's, has the last word
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
