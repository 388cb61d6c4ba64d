import type { SoakPhone } from './clients.ts'
import type { Holding } from './held.ts'
import type { SoakServer } from './server.ts'
import { isDeepStrictEqual } from 'node:util'
import { holding } from './held.ts'

interface CountedScope { scope: string, head: number, n: number, sum: string }
interface EntryRow { scope: string, tbl: string, pk: string, ver: number, data: object }

/** How what a phone holds differs from what the server has for this login; empty when it does not. */
export async function differs(server: Pick<SoakServer, 'rows'>, login: string, name: string, phone: Holding): Promise<string[]> {
  const counted = await server.rows<CountedScope>(`select w.scope, coalesce(s.head, 0)::int as head, coalesce(s.n_live, 0)::int as n, coalesce(s.sum_ver, 0)::text as sum
    from private.scopes_of($1, now()) w left join sync.scope s on s.id = w.scope`, [login])
  const scopes = counted.map(s => s.scope)
  const entries = await server.rows<EntryRow>(`select scope, tbl, pk::text, ver::int, data from sync.entry where op = 'P' and scope = any ($1::text[])`, [scopes])
  const theirs = new Map(entries.map(e => [`${e.scope}/${e.tbl}/${e.pk}`, { ver: e.ver, data: e.data, pending: false }]))
  const mine = new Map(phone.rows)
  const keys = new Set([...theirs.keys(), ...mine.keys()])
  const wrong = [...keys].filter(k => !isDeepStrictEqual(mine.get(k), theirs.get(k)))
  const { mismatches, cursors, counts } = phone.meta
  const off = counted.filter(s => cursors[s.scope] !== s.head || !isDeepStrictEqual(counts[s.scope] ?? { n: 0, sum: '0' }, { n: s.n, sum: s.sum }))
  wrong.push(...off.map(s => `${name}: head or sums of ${s.scope}`))
  if (phone.undo > 0) wrong.push(`${name}: before-images of nobody`)
  return mismatches > 0 ? [...wrong, `${name}: ${mismatches} pulls did not add up`] : wrong
}

/** The same for a phone of this process, after one more look. */
async function differences(server: SoakServer, phone: SoakPhone): Promise<string[]> {
  const tab = phone.reachable()!
  await tab.sync.cycle()
  return differs(server, phone.account.login, phone.account.name, await holding(tab.db))
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
