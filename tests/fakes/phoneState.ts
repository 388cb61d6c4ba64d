import type { AppDb } from '../../src/db/db.ts'
import type { Meta } from '../../src/db/meta.ts'
import { SYNCED_TABLES } from '../../src/db/db.ts'
import { readMeta } from '../../src/db/meta.ts'

/** What one phone holds, as plain data: rows by scope, table and id; its sync; before-images; intents that wait. */
export interface PhoneState {
  rows: [key: string, row: { ver: number, data: object, pending: boolean }][], meta: Meta, undo: number, outbox: number
}

/** Reads what a phone holds. Runs in a page as well as in Node. */
export async function readPhone(db: AppDb): Promise<PhoneState> {
  const rows: PhoneState['rows'] = []
  for (const tbl of SYNCED_TABLES) {
    for (const { _v, _pending, ...data } of await db.raw(tbl).toArray()) {
      for (const [scope, ver] of Object.entries(_v))
        rows.push([`${scope}/${tbl}/${data.id}`, { ver, data, pending: _pending !== undefined }])
    }
  }
  return { rows, meta: await readMeta(db), undo: await db.undo.count(), outbox: await db.outbox.count() }
}
