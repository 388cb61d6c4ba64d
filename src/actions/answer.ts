import type { ActionCode } from '#domain/codes.ts'
import type { Failure } from '#gateway/errors.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Wait } from './queued.ts'
import { assertNever } from '#domain/codes.ts'
import { call } from '#gateway/rpc.ts'
import { refresh } from '#gateway/token.ts'

/**
 * What every online-only action may answer besides success. offline: needs the network, nothing happened;
 * refused: by rule, with a code; signed_out: sign in first; wait: too many at once; failed: the server is broken, try later.
 */
export type Setback
  = | { status: 'offline' }
    | { status: 'refused', code: ActionCode, detail: Record<string, unknown> | null }
    | { status: 'signed_out' }
    | Wait
    | { status: 'failed' }

interface Refused { status: 'refused', code: ActionCode, detail: Record<string, unknown> | null }

function setback(failure: Failure): Setback {
  switch (failure.kind) {
    case 'unauthorized':
    case 'forbidden':
    case 'outsider': return { status: 'signed_out' }
    case 'retry':
      if (failure.code === 'busy') return { status: 'wait', after_s: failure.after_s }
      return failure.code === 'network' ? { status: 'offline' } : { status: 'failed' }
    case 'fork':
    case 'too_large':
    case 'rejected': return { status: 'failed' }
    default: return assertNever(failure)
  }
}

/**
 * Calls an action of the server now or not at all; a token that is over is renewed first. `T` is what it answers when applied,
 * `status` included.
 */
export async function act<T extends { status: string }>(connection: Connection, name: string, args: object): Promise<T | Setback> {
  const answer = await call<T | Refused>(connection, name, args)
  if (answer.ok) return answer.data
  if (answer.failure.kind !== 'unauthorized') return setback(answer.failure)
  const renewed = await refresh(connection)
  if (renewed !== 'ok') return setback(renewed === 'refused' ? answer.failure : renewed)
  const again = await call<T | Refused>(connection, name, args)
  return again.ok ? again.data : setback(again.failure)
}
