import type { WireMutation } from '#db/outbox.ts'
import type { ClockOffset } from '#domain/clockOffset.ts'
import type { Failure } from '#gateway/errors.ts'
import type { PushAnswer } from '#gateway/wire.ts'
import type { SyncPorts } from './ports.ts'
import { clientId, learnOffset, readMeta, writeMeta } from '#db/meta.ts'
import { countFailure, markPending, markSending, MAX_BATCH, nextBatch, renumber } from '#db/outbox.ts'
import { measure } from '#domain/clockOffset.ts'

/**
 * limit: how many mutations to send at once; it shrinks when the server cannot take them and grows back on success.
 * forked: the server has already asked for a new client id, and nothing went through since.
 */
export interface PushPace { limit: number, forked?: boolean }
export type PushOutcome = { kind: 'drained' } | { kind: 'held' } | Failure
type Ports = Pick<SyncPorts, 'db' | 'gateway' | 'clock' | 'id'>

/** A mutation that fails this often, alone and for its own sake, is parked. */
export const PARK_AFTER = 8

/**
 * Notes what the server consumed. Only the numbers of this batch count, because they are proved to be ours: a restored
 * copy of a phone shares its client id. gap: the server has not seen the numbers before this batch.
 */
async function note(
  { db }: Ports, client: string, batch: WireMutation[], answer: PushAnswer, offset: ClockOffset | null,
): Promise<'progress' | 'none' | 'gap'> {
  const last = Math.min(answer.lmid, batch.at(-1)!.seq)
  return db.transaction('rw', db.meta, async () => {
    const meta = await readMeta(db)
    await learnOffset(db, meta.offset, offset)
    if (meta.client_id !== client) return 'progress'
    if (last > meta.sent_lmid) await writeMeta(db, { sent_lmid: last })
    if (last >= batch[0]!.seq) return 'progress'
    return answer.lmid < batch[0]!.seq - 1 ? 'gap' : 'none'
  })
}

async function takeNewClient(ports: Ports, client: string): Promise<void> {
  await renumber(ports.db, client, ports.id())
}

/** What a failed push means for the next one; null = go on at once. */
async function afterFailure(
  ports: Ports, pace: PushPace, client: string, batch: WireMutation[], failure: Failure,
): Promise<Failure | null> {
  await markPending(ports.db, batch[0]!.seq - 1)
  if (failure.kind === 'fork' && !pace.forked) {
    pace.forked = true // a server that says so again is broken: then wait
    await takeNewClient(ports, client)
    return null
  }
  if (failure.kind === 'retry' && failure.code === 'slow') pace.limit = Math.max(1, batch.length >> 1)
  if (failure.kind !== 'too_large' && failure.kind !== 'rejected') return failure
  if (batch.length > 1) {
    pace.limit = failure.kind === 'rejected' ? 1 : batch.length >> 1
    return null
  }
  const code = failure.kind === 'rejected' ? failure.code : failure.kind
  return await countFailure(ports.db, batch[0]!.seq, code, PARK_AFTER) ? null : failure
}

async function pushOnce(ports: Ports, pace: PushPace, signal: AbortSignal): Promise<PushOutcome | null> {
  const { db, gateway, clock, id } = ports
  const client = await clientId(db, id)
  const batch = await nextBatch(db, (await readMeta(db)).sent_lmid, pace.limit)
  if (batch.length === 0) return { kind: 'drained' }
  await markSending(db, batch.map(m => m.seq))
  const sent = clock.now()
  const answer = await gateway.push({ client, muts: batch }, { signal })
  if (!answer.ok) return afterFailure(ports, pace, client, batch, answer.failure)
  const moved = await note(ports, client, batch, answer.data, measure(answer.data.now, sent, clock.now()))
  if (moved === 'gap') {
    await takeNewClient(ports, client)
    return null
  }
  if (moved === 'progress') Object.assign(pace, { limit: Math.min(MAX_BATCH, pace.limit * 2), forked: false })
  if (answer.data.hold) return { kind: 'held' }
  return moved === 'progress' ? null : { kind: 'retry', code: 'server', after_s: null }
}

/**
 * Sends the outbox in order until it is drained, held, or something fails. It drops nothing: a row leaves the outbox
 * when a pull shows its effect.
 * @param ports what a push touches
 * @param pace how much to send at once
 * @param signal breaks it off
 * @param progress called after every answer
 */
export async function pushAll(
  ports: Ports, pace: PushPace, signal: AbortSignal, progress: () => void,
): Promise<PushOutcome> {
  for (;;) {
    const outcome = await pushOnce(ports, pace, signal)
    progress()
    if (outcome) return outcome
    if (signal.aborted) return { kind: 'retry', code: 'slow', after_s: null }
  }
}

/** The page goes away: a request that outlives it takes the next batch. Its answer is lost; a later push repeats it. */
export async function leave(
  { db, gateway, id, login }: Pick<SyncPorts, 'db' | 'gateway' | 'id' | 'login'>,
): Promise<void> {
  if (gateway.login() !== login) return
  const muts = await nextBatch(db, (await readMeta(db)).sent_lmid, MAX_BATCH)
  if (muts.length > 0) gateway.pushOnLeave({ client: await clientId(db, id), muts })
}
