import type { Applied } from '#gateway/answers.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { act } from './answer.ts'

const REVERTED = {
  removed: v.number(),
  kept: v.array(v.object({ row: v.number(), table: v.string(), reason: v.string() })),
}
/** `kept`: rows that are in use and therefore stay. */
export type Reverted = Applied<typeof REVERTED>

/** Takes back an import: removes what it created and nobody has used since. */
export function revertImport(connection: Connection, batch: string): Promise<Reverted | Setback> {
  return act(connection, 'revert_import', { p_batch: batch }, REVERTED)
}
