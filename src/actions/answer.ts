import type { ActionCode } from '#domain/codes.ts'
import type { Answer } from '#gateway/gateway.ts'
import type { Connection } from '#gateway/supabase.ts'
import { assertNever } from '#domain/codes.ts'
import { call } from '#gateway/rpc.ts'

/**
 * What every online-only action may answer besides success. offline: needs the network, nothing happened;
 * refused: by rule, with a code; signed_out: sign in first; failed: the server is broken, try later.
 */
export type Setback
  = | { status: 'offline' }
    | { status: 'refused', code: ActionCode, detail: Record<string, unknown> | null }
    | { status: 'signed_out' }
    | { status: 'failed' }

interface Refused { status: 'refused', code: ActionCode, detail: Record<string, unknown> | null }

function setback(answer: Answer<unknown> & { ok: false }): Setback {
  const { failure } = answer
  switch (failure.kind) {
    case 'unauthorized':
    case 'forbidden': return { status: 'signed_out' }
    case 'retry': return failure.code === 'network' ? { status: 'offline' } : { status: 'failed' }
    case 'fork':
    case 'too_large':
    case 'rejected': return { status: 'failed' }
    default: return assertNever(failure)
  }
}

/** Calls an action of the server now or not at all. `T` is what it answers when applied, `status` included. */
export async function act<T extends { status: string }>(connection: Connection, name: string, args: object): Promise<T | Setback> {
  const answer = await call<T | Refused>(connection, name, args)
  return answer.ok ? answer.data : setback(answer)
}
