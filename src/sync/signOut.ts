import type { AppDb, OutboxRow } from '#db/db.ts'
import type { Session } from './session.ts'
import { readMeta } from '#db/meta.ts'

/** What signing out would lose: intents the server has not consumed, in the order they were made. */
export async function unsentItems(db: AppDb): Promise<OutboxRow[]> {
  return db.outbox.where('seq').above((await readMeta(db)).sent_lmid).toArray()
}

/** unsent: nothing was done, show the list and ask; gone: the data of this person has left this phone. */
export type Leaving = { status: 'unsent', items: OutboxRow[] } | { status: 'gone' }

/**
 * Deletes a person's data from this phone, after a last try to send. With unsent intents it stops and lists them,
 * unless the person has read the list and said so. A sign-out by the server never comes here.
 * @param unsent 'keep' stops at unsent intents; 'delete' was chosen with the list in sight
 */
export async function leavePhone(session: Session, unsent: 'keep' | 'delete'): Promise<Leaving> {
  if ((await unsentItems(session.db)).length > 0) await session.sync.cycle()
  const items = await unsentItems(session.db)
  if (items.length > 0 && unsent === 'keep') return { status: 'unsent', items }
  session.close()
  await session.db.delete()
  return { status: 'gone' }
}
