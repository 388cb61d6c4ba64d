import type { Connection } from '#gateway/supabase.ts'
import type { Setback } from './answer.ts'
import { act } from './answer.ts'

export type ImportKind = 'division' | 'building' | 'post' | 'responder'
export interface ImportMeta { community_id: string | null, file_name: string, demo?: boolean }
/** `row` as the file numbers it; `code` and `field` only on error (docs/protocol.md). */
export interface ImportRowResult { row: number, status: 'created' | 'updated' | 'unchanged' | 'error', code: string | null, field: string | null, id: string | null }
/** partial: broke off; the results so far are kept, and the same call with the same batch goes on from there. */
export type Imported
  = | { status: 'applied', results: ImportRowResult[] }
    | { status: 'partial', results: ImportRowResult[], because: Setback }

/** Rows per request: below the limit of 500, and within a second or so for the server. */
const CHUNK = 500

/**
 * Imports normalised rows in chunks. Safe to repeat: the server knows each (batch, row).
 * @param progress called after each chunk with rows done and rows in all
 */
export async function importRows(connection: Connection, batch: string, kind: ImportKind, rows: object[], meta: ImportMeta, progress: (done: number, all: number) => void): Promise<Imported> {
  const results: ImportRowResult[] = []
  for (let i = 0; i < rows.length; i += CHUNK) {
    const answer = await act<{ status: 'applied', results: ImportRowResult[] }>(connection, 'import_rows', { p_batch: batch, p_kind: kind, p_rows: rows.slice(i, i + CHUNK), p_meta: meta })
    if (answer.status !== 'applied') return { status: 'partial', results, because: answer }
    results.push(...answer.results)
    progress(Math.min(i + CHUNK, rows.length), rows.length)
  }
  return { status: 'applied', results }
}
