import type { AppDb } from '../../src/db/db.ts'
import type { SoakPhone } from './clients.ts'
import type { SoakServer } from './server.ts'
import { isDeepStrictEqual } from 'node:util'
import { SYNCED_TABLES } from '../../src/db/db.ts'
import { readMeta } from '../../src/db/meta.ts'

interface CountedScope { scope: string, head: number, n: number, sum: string }
interface EntryRow { scope: string, tbl: string, pk: string, ver: number, data: object }

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

/** How this phone differs from the server after one more look; empty when it does not. */
async function differences(server: SoakServer, phone: SoakPhone): Promise<string[]> {
  const tab = phone.reachable()!
  await tab.sync.cycle()
  const counted = await server.rows<CountedScope>(`select w.scope, coalesce(s.head, 0)::int as head, coalesce(s.n_live, 0)::int as n, coalesce(s.sum_ver, 0)::text as sum
    from private.scopes_of($1, now()) w left join sync.scope s on s.id = w.scope`, [phone.account.login])
  const scopes = counted.map(s => s.scope)
  const entries = await server.rows<EntryRow>(`select scope, tbl, pk::text, ver::int, data from sync.entry where op = 'P' and scope = any ($1::text[])`, [scopes])
  const theirs = new Map(entries.map(e => [`${e.scope}/${e.tbl}/${e.pk}`, { ver: e.ver, data: e.data, pending: false }]))
  const mine = await held(tab.db)
  const keys = new Set([...theirs.keys(), ...mine.keys()])
  const wrong = [...keys].filter(k => !isDeepStrictEqual(mine.get(k), theirs.get(k)))
  const { mismatches, cursors, counts } = await readMeta(tab.db)
  const off = counted.filter(s => cursors[s.scope] !== s.head || !isDeepStrictEqual(counts[s.scope] ?? { n: 0, sum: '0' }, { n: s.n, sum: s.sum }))
  wrong.push(...off.map(s => `${phone.account.name}: head or sums of ${s.scope}`))
  if (await tab.db.undo.count() > 0) wrong.push(`${phone.account.name}: before-images of nobody`)
  return mismatches > 0 ? [...wrong, `${phone.account.name}: ${mismatches} pulls did not add up`] : wrong
}

/** The scheduler may still move rows while we look, so a phone that differs is asked again. */
export async function divergent(server: SoakServer, phones: SoakPhone[]): Promise<string[]> {
  const found: string[] = []
  for (const phone of phones) {
    let wrong = await differences(server, phone)
    for (let i = 0; i < 4 && wrong.length > 0; i++) wrong = await differences(server, phone)
    found.push(...wrong)
  }
  return found
}
