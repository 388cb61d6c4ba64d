import type { SyncPorts } from './ports.ts'
import { clientId, readMeta } from '#db/meta.ts'
import { MAX_BATCH, nextBatch } from '#db/outbox.ts'

/** The page goes away: hands the next batch to a request that outlives it. Its answer is lost; the next push repeats it. */
export async function leave(
  { db, gateway, id, login }: Pick<SyncPorts, 'db' | 'gateway' | 'id' | 'login'>,
): Promise<void> {
  if (gateway.login() !== login) return
  const muts = await nextBatch(db, (await readMeta(db)).sent_lmid, MAX_BATCH)
  if (muts.length > 0) gateway.pushOnLeave({ client: await clientId(db, id), muts })
}
