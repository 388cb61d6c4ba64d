import type { Entry, PullAnswer, ScopeHead } from '#gateway/wire.ts'
import { assignmentRows, myRows, shiftRows } from './rows.ts'

/** The person of the data set. */
export const LOGIN = '00000000-0000-7000-8000-000000000001'

type ScopedRow = [scope: string, tbl: Entry[1], row: Entry[5] & object]

/** Every row with its scope, in the order the server sends scopes: own cards, this month, the rest. */
function scopedRows(shifts: number): ScopedRow[] {
  const s = shiftRows(shifts)
  const monthOf = (starts: string): string => `org:c:${starts.slice(0, 7).replace('-', '')}`
  const rank = (scope: string): number => scope.startsWith('user') ? 0 : scope === 'org:c:202611' ? 1 : 2
  const rows: ScopedRow[] = [
    ...myRows(s).map((r): ScopedRow => [`user:${LOGIN}`, 'my_assignment', r]),
    ...s.map((r): ScopedRow => [monthOf(r.starts_at), 'shift', r]),
    ...assignmentRows(s).map((r): ScopedRow => [monthOf(r.starts_at), 'assignment', r]),
  ]
  return rows.sort((x, y) => rank(x[0]) - rank(y[0]) || (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : 0))
}

/** One page of a pull: the entries `from` to `to` of all. */
function pageOf(all: Entry[], from: number, to: number): PullAnswer {
  const scopes = Object.fromEntries([...new Set(all.map(e => e[0]))].map((scope): [string, ScopeHead] => {
    const mine = all.filter(e => e[0] === scope)
    const got = all.slice(0, to).filter(e => e[0] === scope)
    return [scope, {
      head: mine.at(-1)![3],
      at: got.at(-1)?.[3] ?? 0,
      n: mine.length,
      sum: String(mine.reduce((t, e) => t + e[3], 0)),
      reset: false,
    }]
  }))
  return {
    now: new Date().toISOString(),
    epoch: LOGIN,
    min_client: 1,
    lmid: 0,
    scopes,
    entries: all.slice(from, to),
    more: to < all.length,
  }
}

/** The whole data set as one plain JSON text, and as pages of pull answers: 500 entries, then 5,000 each. */
export function dataset(shifts: number): { raw: string, pages: string[] } {
  const all = scopedRows(shifts).map(([scope, tbl, row], i): Entry => [scope, tbl, row.id, i + 1, 'P', row])
  const pages: string[] = []
  for (let from = 0, to = 500; from < all.length; from = to, to += 5000)
    pages.push(JSON.stringify(pageOf(all, from, to)))
  const of = (tbl: string): unknown[] => all.filter(e => e[1] === tbl).map(e => e[5])
  return { raw: JSON.stringify({ s: of('shift'), a: of('assignment') }), pages }
}
