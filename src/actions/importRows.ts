import type { ImportKind, ImportRowResult } from '#domain/importRows.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { IMPORT_KINDS, importChunks, ROW_ERROR_CODES } from '#domain/importRows.ts'
import { act } from './answer.ts'

export interface ImportMeta { community_id: string | null, file_name: string, demo?: boolean }
export const KIND = v.picklist(IMPORT_KINDS)
const ROW_RESULT: v.GenericSchema<unknown, ImportRowResult> = v.object({
  row: v.number(),
  status: v.picklist(['created', 'updated', 'unchanged', 'error']),
  code: v.nullable(v.picklist(ROW_ERROR_CODES)),
  field: v.nullable(v.string()),
  id: v.nullable(v.string()),
})
/** What an import answers of each row. */
export const ROW_RESULTS = { results: v.array(ROW_RESULT) }
/** partial: broke off; the results so far are kept, and the same call with the same batch goes on from there. */
export type Imported
  = | { status: 'applied', results: ImportRowResult[] }
    | { status: 'partial', results: ImportRowResult[], because: Setback }

/**
 * Imports normalised rows in chunks. Safe to repeat: the server knows each (batch, row).
 * @param progress called after each chunk with rows done and rows in all
 */
export async function importRows(
  connection: Connection, batch: string, kind: ImportKind, rows: object[], meta: ImportMeta,
  progress: (done: number, all: number) => void,
): Promise<Imported> {
  const results: ImportRowResult[] = []
  let done = 0
  for (const chunk of importChunks(rows)) {
    const args = { p_batch: batch, p_kind: kind, p_rows: chunk, p_meta: meta }
    const answer = await act(connection, 'import_rows', args, ROW_RESULTS)
    if (answer.status !== 'applied') return { status: 'partial', results, because: answer }
    results.push(...answer.results)
    done += chunk.length
    progress(done, rows.length)
  }
  return { status: 'applied', results }
}
