import type { AppDb, OutboxRow, StoredRow } from '#db/db.ts'
import type { IntentAbout } from './intentAbout.ts'
import { APPLIED_CODES } from '#domain/codes.ts'
import { intentAbout } from './intentAbout.ts'

/** What has not reached the server, and what came back refused; nothing here is ever removed by itself. */
export interface Queue {
  unsent: OutboxRow[]
  refused: StoredRow<'verdict'>[]
  /** which place and shift, or which call-out or roster, by the id of the line */
  about: Map<string, IntentAbout>
}

const APPLIED = new Set<string>(APPLIED_CODES)

/** Reads the queue, oldest first; a verdict whose dismissal is on its way is left out. */
export async function queueRows(db: AppDb): Promise<Queue> {
  const [outbox, verdicts] = await Promise.all([db.outbox.orderBy('seq').toArray(), db.rows('verdict').toArray()])
  const dismissals = outbox.filter(o => o.name === 'dismiss_verdict')
  const dismissed = new Set(dismissals.map(o => (o.args as { mutation_id: string }).mutation_id))
  const unsent = outbox.filter(o => o.name !== 'dismiss_verdict')
  const refused = verdicts.filter(v => !APPLIED.has(v.code ?? '') && !dismissed.has(v.id))
  const lines = [...unsent, ...refused]
  const about = await Promise.all(lines.map(line => intentAbout(db, line.args as Record<string, unknown> | null)))
  return { unsent, refused, about: new Map(lines.map((line, i) => [line.id, about[i]!])) }
}
