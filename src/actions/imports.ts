import type { ImportKind, ImportRowResult } from '#domain/importRows.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { IMPORT_KINDS, importChunks, ROW_ERROR_CODES } from '#domain/importRows.ts'
import { MOMENT } from '#gateway/wire.ts'
import { act } from './answer.ts'

/**
 * community_id null = the list of divisions; of organisations the node that keeps them, which may lie above the
 * communities; `demo`: the rows are invented, for a demo database.
 */
export interface ImportMeta { community_id: string | null, file_name: string, demo?: boolean }

const KIND = v.picklist(IMPORT_KINDS)
const ROW_RESULT: v.GenericSchema<unknown, ImportRowResult> = v.object({
  row: v.number(),
  status: v.picklist(['created', 'updated', 'unchanged', 'error']),
  code: v.nullable(v.picklist(ROW_ERROR_CODES)),
  field: v.nullable(v.string()),
  id: v.nullable(v.string()),
  unit: v.optional(v.nullable(v.string()), null),
})
/** What an import answers of each row. */
export const ROW_RESULTS = { results: v.array(ROW_RESULT) }
/** partial: broke off; the results so far are kept, and the same call with the same batch goes on from there. */
export type ImportOutcome =
  | { status: 'applied', results: ImportRowResult[] }
  | { status: 'partial', results: ImportRowResult[], because: Setback }

/**
 * Imports normalised rows in chunks. Safe to repeat: the server knows each (batch, row).
 * Refused forbidden, invalid (`detail.field`), batch_closed, demo_database or real_database.
 * @param connection the server
 * @param batch a new uuid for each file; the same one to go on after a break
 * @param kind what the rows are
 * @param rows as src/io made them, with their number in the file as `row`
 * @param meta where they belong, and the name of the file
 * @param progress called after each chunk with rows done and rows in all
 */
export async function importRows(
  connection: Connection, batch: string, kind: ImportKind, rows: object[], meta: ImportMeta,
  progress: (done: number, all: number) => void,
): Promise<ImportOutcome> {
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

/** Kinds whose rows may hang on each other. */
const TREES: readonly ImportKind[] = ['division', 'party_org']

/**
 * Asks what would become of rows, and changes nothing: results of rows that would not go in as they are. Of a tree that
 * takes several calls nothing is asked: a row may hang on one of an earlier call, which is undone.
 */
export async function checkRows(
  connection: Connection, batch: string, kind: ImportKind, rows: object[], meta: ImportMeta,
): Promise<{ status: 'applied', results: ImportRowResult[] } | Setback> {
  const results: ImportRowResult[] = []
  const chunks = importChunks(rows)
  if (TREES.includes(kind) && chunks.length > 1) return { status: 'applied', results }
  for (const chunk of chunks) {
    const args = { p_batch: batch, p_kind: kind, p_rows: chunk, p_meta: { ...meta, check: true } }
    const answer = await act(connection, 'import_rows', args, ROW_RESULTS)
    if (answer.status !== 'applied') return answer
    results.push(...answer.results)
  }
  return { status: 'applied', results: results.filter(r => r.code !== null) }
}

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
/** One file that was imported, with how many rows it made, changed and could not use. */
export type ImportBatch = v.InferOutput<typeof IMPORT_BATCH>

/** Lists the imports of a community, newest first; null = those of the division list. Refused forbidden. */
export function importBatches(
  connection: Connection, communityId: string | null,
): Promise<{ status: 'applied', batches: ImportBatch[] } | Setback> {
  return act(connection, 'import_batches', { p_community_id: communityId }, { batches: v.array(IMPORT_BATCH) })
}

const FIELD = { row: v.number(), table: v.string(), field: v.nullable(v.string()) }
const REVERSAL = {
  removed: v.number(),
  restored: v.array(v.object(FIELD)),
  kept: v.array(v.object({ ...FIELD, reason: v.string() })),
}
/**
 * `removed`: how many records went; `restored`: values of older records that are as before; `kept`: records that are in
 * use, or (with `field`) values that were changed since, and therefore stay.
 */
export type ImportReversal = AppliedAnswer<typeof REVERSAL>

/**
 * Takes back an import: removes what it created and nobody has used since, and restores what it changed.
 * Refused forbidden; gone: no such batch; batch_closed: it was taken back before.
 */
export function revertImport(connection: Connection, batch: string): Promise<ImportReversal | Setback> {
  return act(connection, 'revert_import', { p_batch: batch }, REVERSAL)
}
