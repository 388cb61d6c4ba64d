import type { AppDb, OutboxRow, StoredRow } from '#db/db.ts'
import { APPLIED_CODES } from '#domain/codes.ts'

/** What has not reached the server, and what came back refused; nothing here is ever removed by itself. */
export interface Queue { unsent: OutboxRow[], refused: StoredRow<'verdict'>[] }

const APPLIED = new Set<string>(APPLIED_CODES)

/** Reads the queue, oldest first; a verdict whose dismissal is on its way is left out. */
export async function queueRows(db: AppDb): Promise<Queue> {
  const [outbox, verdicts] = await Promise.all([db.outbox.orderBy('seq').toArray(), db.rows('verdict').toArray()])
  const dismissals = outbox.filter(o => o.name === 'dismiss_verdict')
  const dismissed = new Set(dismissals.map(o => (o.args as { mutation_id: string }).mutation_id))
  return {
    unsent: outbox.filter(o => o.name !== 'dismiss_verdict'),
    refused: verdicts.filter(v => !APPLIED.has(v.code ?? '') && !dismissed.has(v.id)),
  }
}
