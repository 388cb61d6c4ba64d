import type { AppDb, OutboxRow, Tables, UndoRow } from '#db/db.ts'
import { SYNCED_TABLES } from '#db/db.ts'
import { writeMeta } from '#db/meta.ts'
import { Overlay } from '#db/overlay.ts'
import { remember } from '#db/undo.ts'
import { writing } from '#db/write.ts'
import { play } from '#mutators/run.ts'

/** Re-runs what the server has not consumed, in order, on top of its rows. A mutator that fails leaves a doubt; the intent stays. */
export async function rebase(db: Tables, overlay: Overlay, login: string, pending: OutboxRow[]): Promise<void> {
  const images: UndoRow[] = []
  for (const row of pending) {
    if (row.state === 'parked') continue
    const run = await play(overlay, row.name, row.args, { now: row.device_at, login, mutation: row.id })
    images.push(...run.images)
    if (run.doubt !== row.doubt) await db.outbox.update(row.seq, { doubt: run.doubt })
  }
  await remember(db, images)
}

/** The server's rows are a cache: a new shape of rows starts without them. Intents, their numbers and the client id stay, and show on what is left. */
export async function forgetRows(db: AppDb, login: string, schema: number): Promise<void> {
  await writing(db, SYNCED_TABLES, async (tables) => {
    for (const tbl of SYNCED_TABLES) await tables.raw(tbl).clear()
    await Promise.all([tables.undo.clear(), tables.aside.clear()])
    await writeMeta(tables, { cursors: {}, counts: {}, last_sync_at: null, data_as_of: null, schema, min_client: 0 })
    const overlay = new Overlay(tables)
    await rebase(tables, overlay, login, await tables.outbox.orderBy('seq').toArray())
    await overlay.flush()
  })
}
