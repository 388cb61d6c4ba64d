import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { mutation } from '../db/world.ts'

/** The answer of push, as far as these tests look at it. */
export interface PushAnswer {
  lmid: number, hold: boolean
  results: { seq: number, id: string, status: string, code: string | null, replayed: boolean }[]
  heads: Record<string, number>
}
export interface PushArgs extends Record<string, unknown> {
  p_client: string, p_schema: number, p_muts: Record<string, unknown>[]
}

/** A tap on 接单 that is refused when the shift is full. */
export function accept(seq: number, shift: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  return mutation(seq, 'accept_shift', {
    assignment_id: randomUUID(),
    shift_id: shift,
    offer_id: null,
    eta_min: null,
    on_full: 'refuse',
    waitlist_id: randomUUID(),
  }, over)
}

/** The arguments of a push. */
export function pushOf(client: string, ...muts: Record<string, unknown>[]): PushArgs {
  return { p_client: client, p_schema: 1, p_muts: muts }
}

/** Everything that a push leaves behind, to tell "nothing was consumed" and "exactly once". */
export interface Traces { lmid: number, results: number, assignments: number, filled: number, heads: string }

/** Reads what pushes of this client on this shift left behind. */
export async function tracesOf({ pool }: Postgres17, client: string, shift: string): Promise<Traces> {
  const { rows } = await pool.query(`
    select coalesce((select lmid from sync.client where id = $1), 0)::int as lmid,
      (select count(*) from sync.result where client_id = $1)::int as results,
      (select count(*) from app.assignment where shift_id = $2)::int as assignments,
      (select filled from app.shift where id = $2) as filled,
      (select coalesce(sum(head), 0)::text from sync.scope) as heads`, [client, shift])
  return rows[0] as unknown as Traces
}

/** Scopes that do not add up, shifts with wrong counters, rows left unstamped; empty when all is well. */
export async function wrongIn({ pool }: Postgres17): Promise<unknown[]> {
  const { rows } = await pool.query(
    `select private.self_check() as found,
      (select array_agg(id) from app.shift where filled + held > capacity) as over_filled`,
  )
  const { found, over_filled } = rows[0] as { found: unknown[], over_filled: string[] | null }
  return [...found, ...over_filled ?? []]
}
