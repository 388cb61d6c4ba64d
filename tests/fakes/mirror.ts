import type { AppDb } from '../../src/db/db.ts'
import { isDeepStrictEqual } from 'node:util'
import { SYNCED_TABLES } from '../../src/db/db.ts'
import { readMeta } from '../../src/db/meta.ts'

interface CountedScope { scope: string, head: number, n: number, sum: string }
interface EntryRow { scope: string, tbl: string, pk: string, ver: number, data: object }
/** Asks the server's database, past all rights. */
export type Rows = <T>(text: string, params: unknown[]) => Promise<T[]>

/** Rows as this phone holds them, by scope: what a pull showed, with nothing pending. */
async function held(db: AppDb): Promise<Map<string, object>> {
  const found = new Map<string, object>()
  for (const tbl of SYNCED_TABLES) {
    for (const { _v, _pending, ...data } of await db.raw(tbl).toArray()) {
      for (const [scope, ver] of Object.entries(_v)) found.set(`${scope}/${tbl}/${data.id}`, { ver, data, pending: _pending !== undefined })
    }
  }
  return found
}

/** How a phone without pending intents differs from the server, row by row and scope by scope; empty when it does not. */
export async function differences(db: AppDb, login: string, rows: Rows): Promise<string[]> {
  const counted = await rows<CountedScope>(`select w.scope, coalesce(s.head, 0)::int as head, coalesce(s.n_live, 0)::int as n, coalesce(s.sum_ver, 0)::text as sum
    from private.scopes_of($1, now()) w left join sync.scope s on s.id = w.scope`, [login])
  const scopes = counted.map(s => s.scope)
  const entries = await rows<EntryRow>(`select scope, tbl, pk::text, ver::int, data from sync.entry where op = 'P' and scope = any ($1::text[])`, [scopes])
  const theirs = new Map(entries.map(e => [`${e.scope}/${e.tbl}/${e.pk}`, { ver: e.ver, data: e.data, pending: false }]))
  const mine = await held(db)
  const keys = new Set([...theirs.keys(), ...mine.keys()])
  const wrong = [...keys].filter(k => !isDeepStrictEqual(mine.get(k), theirs.get(k)))
  const { cursors, counts } = await readMeta(db)
  const off = counted.filter(s => cursors[s.scope] !== s.head || !isDeepStrictEqual(counts[s.scope] ?? { n: 0, sum: '0' }, { n: s.n, sum: s.sum }))
  wrong.push(...off.map(s => `head or sums of ${s.scope}`))
  if (await db.undo.count() > 0) wrong.push('before-images of nobody')
  return wrong
}
