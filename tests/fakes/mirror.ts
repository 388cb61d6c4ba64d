import type { AppDb } from '../../src/db/db.ts'
import type { PhoneState } from './phoneState.ts'
import { isDeepStrictEqual } from 'node:util'
import { readPhone } from './phoneState.ts'

interface CountedScope { scope: string, head: number, n: number, sum: string }
interface EntryRow { scope: string, tbl: string, pk: string, ver: number, data: object }
/** Asks the server's database, past all rights. */
export type Rows = <T>(text: string, params: unknown[]) => Promise<T[]>

/** Rows and scopes in which a phone without pending intents differs from the server; empty when it does not. */
async function differencesOf(phone: PhoneState, login: string, rows: Rows): Promise<string[]> {
  const counted = await rows<CountedScope>(`
    select w.scope, coalesce(s.head, 0)::int as head, coalesce(s.n_live, 0)::int as n,
      coalesce(s.sum_ver, 0)::text as sum
    from private.scopes_of($1, now()) w
    left join sync.scope s on s.id = w.scope`,
  [login],
  )
  const scopes = counted.map(s => s.scope)
  const entries = await rows<EntryRow>(
    `select scope, tbl, pk::text, ver::int, data from sync.entry where op = 'P' and scope = any ($1::text[])`,
    [scopes],
  )
  const theirs = new Map(
    entries.map(e => [`${e.scope}/${e.tbl}/${e.pk}`, { ver: e.ver, data: e.data, pending: false }]),
  )
  const mine = new Map<string, object>(phone.rows)
  const keys = new Set([...theirs.keys(), ...mine.keys()])
  const wrong = [...keys].filter(k => !isDeepStrictEqual(mine.get(k), theirs.get(k)))
  const { cursors, counts } = phone.meta
  const off = counted.filter(s =>
    cursors[s.scope] !== s.head || !isDeepStrictEqual(counts[s.scope] ?? { n: 0, sum: '0' }, { n: s.n, sum: s.sum }),
  )
  wrong.push(...off.map(s => `head or sums of ${s.scope}`))
  if (phone.undo > 0) wrong.push('before-images without an intent')
  return wrong
}

/** The same of a phone whose database is open here. */
export async function differences(db: AppDb, login: string, rows: Rows): Promise<string[]> {
  return differencesOf(await readPhone(db), login, rows)
}

/** The same, and how many pulls of this phone ever failed to add up. */
export async function differencesAndMismatches(phone: PhoneState, login: string, rows: Rows): Promise<string[]> {
  const { mismatches } = phone.meta
  const wrong = await differencesOf(phone, login, rows)
  return mismatches > 0 ? [...wrong, `${mismatches} pulls did not add up`] : wrong
}
