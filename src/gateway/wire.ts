import type { MutationName } from '#domain/mutations.ts'
import type { SyncedTable } from '#domain/rows.ts'

/** Version of the rows this phone understands; the server's `min_client` is compared with it. */
export const SCHEMA = 2

/** One mutation as sent; a parked one is named `__skip`. */
export interface PushedMutation {
  seq: number
  id: string
  name: MutationName | '__skip'
  v: number
  args: unknown
  base: Record<string, number>
  device_at: string
  offset_ms: number | null
  offset_age_s: number | null
}
export interface PushRequest { client: string, muts: PushedMutation[] }
export interface PushResult {
  seq: number, id: string, status: string, code: string | null, detail: unknown, replayed?: boolean
}
/** `lmid`: last number consumed. `hold`: the next one is unknown to this server. `now`: server time, ISO. */
export interface PushAnswer {
  now: string, lmid: number, hold: boolean, results: PushResult[], heads: Record<string, number>
}

export interface PullRequest { client: string, cursors: Record<string, number>, epoch: string | null, limit: number }
/** `at`: version this page reaches; `n` and `sum`: live rows and the sum of their versions at `head`. */
export interface ScopeHead {
  head: number
  at: number
  n: number
  sum: string
  reset: boolean
}
export type Entry = [
  scope: string,
  tbl: SyncedTable,
  pk: string,
  ver: number,
  op: 'P' | 'D',
  data: { id: string } | null,
]
export interface PullAnswer {
  now: string, epoch: string, min_client: number, lmid: number, scopes: Record<string, ScopeHead>, entries: Entry[]
  more: boolean
}
