import type { Failure, RetryCode } from '#gateway/errors.ts'
import type { Gateway } from '#gateway/gateway.ts'
import type { SyncPorts } from './ports.ts'
import type { PullOutcome } from './pull.ts'
import type { PushOutcome, PushPace } from './push.ts'
import type { Health } from './status.ts'
import { readMeta } from '#db/meta.ts'
import { steady } from '#db/write.ts'
import { assertNever } from '#domain/codes.ts'
import { SCHEMA } from '#gateway/wire.ts'
import { forgetRows } from './apply.ts'
import { pullAll } from './pull.ts'
import { pushAll } from './push.ts'

/** How a cycle ended. after_s: how long the server asked to wait, in seconds; null = it did not. */
export interface CycleResult { health: Health, after_s: number | null }

/** What one tab carries from cycle to cycle. begun: it has checked once that the rows have its own shape. */
export interface Carry extends PushPace { begun: boolean }

/** The server could not take what was pushed, but may well answer a pull. */
const READS_ON = new Set<Health>(['error', 'waiting'])

/** Applies in a row that may be lost to other tabs before the cycle gives way. */
const MAX_PULLS = 4

function isRefusal(o: PushOutcome | PullOutcome): boolean {
  return o.kind === 'unauthorized' || o.kind === 'forbidden'
}

/** There is no new token yet. The sign-in stays, and the phone goes on asking for one. */
interface NoToken { kind: 'renewing', code: RetryCode }

/** Runs the work; when the server does not take the token, asks for a new one and runs the work once more. */
async function withToken<O extends PushOutcome | PullOutcome>(
  gateway: Gateway, work: () => Promise<O>,
): Promise<O | Failure | NoToken> {
  const outcome = await work()
  if (!isRefusal(outcome)) return outcome
  const renewed = await gateway.refresh()
  if (renewed === 'ok') return work()
  return renewed === 'refused' ? outcome : { kind: 'renewing', code: renewed.code }
}

const RETRYING: Record<RetryCode, Health> = { network: 'offline', busy: 'waiting', server: 'error', slow: 'error' }

/** What a failure means for the sync line that the person reads. */
function healthOf(failure: Failure | NoToken): CycleResult {
  switch (failure.kind) {
    case 'unauthorized':
    case 'forbidden': return { health: 'signed_out', after_s: null }
    // only the request for a token was asked to wait: a tap or a ring may try again at once
    case 'renewing': return { health: failure.code === 'network' ? 'offline' : 'renewing', after_s: null }
    case 'retry': return { health: RETRYING[failure.code], after_s: failure.after_s }
    case 'outsider': return { health: 'outsider', after_s: null }
    case 'rejected':
    case 'unreadable':
    case 'too_large':
    case 'fork': return { health: 'error', after_s: null }
    default: return assertNever(failure)
  }
}

async function pullToHead(
  ports: SyncPorts, signal: AbortSignal, progress: () => void,
): Promise<PullOutcome | Failure | NoToken> {
  let outcome: PullOutcome | Failure | NoToken = { kind: 'again' }
  for (let i = 0; i < MAX_PULLS && outcome.kind === 'again' && !signal.aborted; i++) {
    outcome = await withToken(ports.gateway, () => pullAll(ports, signal, progress))
  }
  return outcome
}

/**
 * Forgets rows of another shape than this app's. A page that has just begun does so in both directions, because a
 * release may be taken back. One that finds newer rows later has been overtaken by a newer page: it leaves them alone
 * and only sends.
 * @returns whether this page may pull
 */
async function ownShape({ db, login }: SyncPorts, carry: Carry): Promise<boolean> {
  // Dexie does not repeat an open that the browser broke off: without `steady` every read would fail for ever
  const { schema } = await steady(db, () => readMeta(db))
  const foreign = schema !== null && schema !== SCHEMA
  if (foreign && carry.begun && schema > SCHEMA) return false
  if (foreign) await forgetRows(db, login, SCHEMA)
  carry.begun = true
  return true
}

/** Somebody who belongs to no community any more keeps their unsent intents, and nothing of the community. */
async function leaveOutside({ db, login }: SyncPorts): Promise<void> {
  if (Object.keys((await readMeta(db)).counts).length > 0) await forgetRows(db, login, SCHEMA)
}

/**
 * One round: push until the outbox is drained or held, then pull to the head. Safe to run in two tabs at once.
 * @param ports what the sync touches
 * @param carry what this tab remembers between rounds
 * @param signal breaks the round off
 * @param progress called after every answer of the server
 */
export async function cycle(
  ports: SyncPorts, carry: Carry, signal: AbortSignal, progress: () => void,
): Promise<CycleResult> {
  const result = await round(ports, carry, signal, progress)
  if (result.health === 'outsider') await leaveOutside(ports)
  return result
}

async function round(ports: SyncPorts, carry: Carry, signal: AbortSignal, progress: () => void): Promise<CycleResult> {
  const { gateway, login } = ports
  if (gateway.login() !== login) return { health: 'signed_out', after_s: null }
  const mine = await ownShape(ports, carry)
  const pushed = await withToken(gateway, () => pushAll(ports, carry, signal, progress))
  const mayPull = pushed.kind === 'drained' || pushed.kind === 'held' || READS_ON.has(healthOf(pushed).health)
  if (!mayPull) return healthOf(pushed)
  const pulled = mine ? await pullToHead(ports, signal, progress) : { kind: 'too_old' as const }
  if (pulled.kind !== 'at_head' && pulled.kind !== 'again' && pulled.kind !== 'too_old') return healthOf(pulled)
  if (pushed.kind === 'held') return { health: 'held', after_s: null }
  if (pushed.kind !== 'drained') return healthOf(pushed)
  return pulled.kind === 'again' ? { health: 'error', after_s: null } : { health: 'ok', after_s: null }
}
