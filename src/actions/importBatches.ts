import type { ImportKind } from '#domain/importRows.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

export interface ImportBatch { id: string, kind: ImportKind, file_name: string, state: string, created: number, updated: number, failed: number, at: string, by_name: string }

/** Lists the imports of a community, newest first; null = those of the division list. */
export function importBatches(connection: Connection, communityId: string | null): Promise<{ status: 'applied', batches: ImportBatch[] } | Setback> {
  return act(connection, 'import_batches', { p_community_id: communityId })
}
