import type { ObjectEntries } from 'valibot'
import type { Failure } from '#gateway/errors.ts'
import type { Answer } from '#gateway/gateway.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer, ArgsOf, FunctionName, RefusedAnswer } from '#gateway/wire.ts'
import { assertNever } from '#domain/codes.ts'
import { call } from '#gateway/rpc.ts'
import { refresh } from '#gateway/token.ts'
import { actionAnswer } from '#gateway/wire.ts'

/** Too many at once. `after_s` = how long the server asks to wait, in seconds; null = it did not say. */
export interface Wait { status: 'wait', after_s: number | null }

/**
 * What every online-only action may answer besides success. offline: needs the network, nothing happened;
 * refused: by rule, with a code; signed_out: sign in first; wait: too many at once; failed: the server is broken or
 * its answer cannot be read, try later.
 */
export type Setback =
  | { status: 'offline' }
  | RefusedAnswer
  | { status: 'signed_out' }
  | Wait
  | { status: 'failed' }

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
    case 'rejected':
    case 'unreadable': return { status: 'failed' }
    default: return assertNever(failure)
  }
}

/**
 * Calls an action of the server now or not at all; a token that is over is renewed first.
 * @param connection the server
 * @param name of the SQL function
 * @param args its arguments
 * @param entries what an applied answer carries besides `status`; an answer of another shape is `failed`
 */
export async function act<N extends FunctionName, E extends ObjectEntries>(
  connection: Connection, name: N, args: ArgsOf<N>, entries: E,
): Promise<AppliedAnswer<E> | Setback> {
  const shape = actionAnswer(entries)
  const ask = (): Promise<Answer<AppliedAnswer<E> | RefusedAnswer>> => call(connection, name, args, shape)
  const answer = await ask()
  if (answer.ok) return answer.data
  if (answer.failure.kind !== 'unauthorized') return setback(answer.failure)
  const renewed = await refresh(connection)
  if (renewed !== 'ok') return setback(renewed === 'refused' ? answer.failure : renewed)
  const again = await ask()
  return again.ok ? again.data : setback(again.failure)
}
