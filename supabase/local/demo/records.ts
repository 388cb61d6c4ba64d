import type { ImportKind, ImportRowResult, ImportRows } from '#domain/importRows.ts'
import type { DemoTools, Random } from './tools.ts'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { importChunks } from '#domain/importRows.ts'
import { uuidv7 } from '#domain/uuid.ts'
import { readImport } from '#io/readImport.ts'
import { actAs } from './caller.ts'

const DIVISIONS = path.join(import.meta.dirname, '../../demo/nanjing-gulou-divisions.csv')

/** Imports rows as the app does, marked as demo data. Answers the record ids in the order of the rows. */
export async function importAs<K extends ImportKind>(
  tools: DemoTools,
  random: Random,
  login: string,
  kind: K,
  community: string | null,
  rows: readonly ImportRows[K][],
  file: string,
): Promise<string[]> {
  const batch = uuidv7(tools.now.getTime(), random.bytes(10))
  const out: string[] = []
  for (const chunk of importChunks(rows)) {
    const { results } = await actAs<{ results: ImportRowResult[] }>(tools.db, login, 'import_rows', {
      p_batch: batch,
      p_kind: kind,
      p_rows: chunk,
      p_meta: { community_id: community, file_name: file, demo: true },
    })
    const bad = results.find(r => r.status === 'error' || r.id === null)
    if (bad) throw new Error(`demo ${kind} line ${bad.row}: ${bad.field} ${bad.code}`)
    const ids = new Map(results.map(r => [r.row, r.id ?? '']))
    out.push(...chunk.map(r => ids.get(r.row) ?? ''))
  }
  return out
}

/** Imports the official list of the district; answers unit ids by code. */
export async function importDivisions(tools: DemoTools, random: Random, admin: string): Promise<Map<string, string>> {
  const { rows } = await readImport(new Uint8Array(await readFile(DIVISIONS)), 'division')
  const ids = await importAs(tools, random, admin, 'division', null, rows, path.basename(DIVISIONS))
  return new Map(rows.map((row, i) => [row.code, ids[i] ?? '']))
}
