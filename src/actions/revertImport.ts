import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

/** `kept`: rows that are in use and therefore stay. */
export interface Reverted { status: 'applied', removed: number, kept: { row: number, table: string, reason: string }[] }

/** Takes back an import: removes what it created and nobody has used since. */
export function revertImport(connection: Connection, batch: string): Promise<Reverted | Setback> {
  return act(connection, 'revert_import', { p_batch: batch })
}
