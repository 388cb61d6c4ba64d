import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { MOMENT } from '#gateway/answers.ts'
import { act } from './answer.ts'
import { KIND } from './importRows.ts'

const IMPORT_BATCH = v.object({
  id: v.string(),
  kind: KIND,
  file_name: v.string(),
  state: v.string(),
  created: v.number(),
  updated: v.number(),
  failed: v.number(),
  at: MOMENT,
  by_name: v.string(),
})
export type ImportBatch = v.InferOutput<typeof IMPORT_BATCH>

/** Lists the imports of a community, newest first; null = those of the division list. */
export function importBatches(
  connection: Connection,
  communityId: string | null,
): Promise<{ status: 'applied', batches: ImportBatch[] } | Setback> {
  return act(connection, 'import_batches', { p_community_id: communityId }, { batches: v.array(IMPORT_BATCH) })
}
