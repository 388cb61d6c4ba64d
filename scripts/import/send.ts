import type { ActionCode } from '#domain/codes.ts'
import type { ImportRowResult } from '#domain/importRows.ts'
import type { ImportPreview } from '#io/readImport.ts'
import type { Client } from './session.ts'
import { randomBytes } from 'node:crypto'
import { ROW_RESULTS } from '#actions/imports.ts'
import { importChunks } from '#domain/importRows.ts'
import { uuidv7 } from '#domain/uuid.ts'
import { actionAnswer } from '#gateway/wire.ts'
import { call, ImportFailure } from './session.ts'

interface Meta { community_id: string | null, file_name: string, demo: boolean }
const IMPORTED = actionAnswer(ROW_RESULTS)

const REASONS: Partial<Record<ActionCode, string>> = {
  forbidden: 'This login may not import here. Divisions need an admin; the rest needs the coordinator of the community '
    + 'or an admin.',
  demo_database: 'This database holds demo data, and real data never mixes with it. '
    + 'Start with an empty one: npm start -- --fresh --no-demo',
  real_database: 'This database holds real data, and demo data never mixes with it. Leave out --demo.',
  batch_closed: 'This import was already closed or reverted. Run it again.',
}

/**
 * Sends the good rows in chunks of one batch; a chunk sent twice changes nothing. Answers the result of each row.
 * Throws ImportFailure if the server refuses.
 */
export async function sendRows(client: Client, preview: ImportPreview, meta: Meta): Promise<ImportRowResult[]> {
  const batch = uuidv7(Date.now(), randomBytes(10))
  const out: ImportRowResult[] = []
  for (const rows of importChunks<ImportPreview['rows'][number]>(preview.rows)) {
    const args = { p_batch: batch, p_kind: preview.kind, p_rows: rows, p_meta: meta }
    const answer = await call(client, 'import_rows', args, IMPORTED)
    if (answer.status === 'refused') {
      const { code, detail = {} } = answer
      throw new ImportFailure(REASONS[code] ?? `The server refused: ${code} ${JSON.stringify(detail)}`)
    }
    out.push(...answer.results)
  }
  return out
}
