import type { Staging } from '#db/staging.ts'
import type { MutationName } from '#domain/mutations.ts'
import type { Mutator } from './mutator.ts'
import type { Run, TapContext } from './tx.ts'
import { MUTATORS } from './index.ts'
import { Recorder } from './tx.ts'

/** A mutator failed in itself; the intent stays and the server decides. */
export const LOCAL_ERROR = 'local_error'

/**
 * Plays one intent onto the staged rows. A name this phone does not know, and a mutator that throws, leave no rows but a doubt:
 * the intent is kept and still sent. Errors of the database itself pass through, so the whole transaction fails.
 */
export async function play(staging: Staging, name: string, args: unknown, ctx: TapContext): Promise<Run> {
  const mutator = MUTATORS[name as MutationName] as Mutator<MutationName> | undefined
  if (!mutator) return { images: [], doubt: LOCAL_ERROR }
  const tx = new Recorder(staging, ctx.mutation)
  try {
    await mutator.run(tx, args as never, ctx)
  }
  catch {
    if (tx.failure) throw tx.failure.error
    return { images: [], doubt: LOCAL_ERROR }
  }
  return tx.commit()
}
