import type { UndoRow } from '#db/db.ts'
import type { RefusalCode } from '#domain/codes.ts'
import type { MutationName } from '#domain/mutations.ts'
import type { Mutator } from './mutator.ts'
import type { TapContext } from './tx.ts'
import { noteDefect } from '#db/defects.ts'
import { Overlay } from '#db/overlay.ts'
import { MUTATORS } from './index.ts'
import { txOn } from './tx.ts'

/** A mutator failed in itself; the intent stays and the server decides. */
export const LOCAL_ERROR = 'local_error'

/** What one run of a mutator did: how its rows were before, and the refusal it expects. */
export interface Run { images: UndoRow[], doubt: RefusalCode | typeof LOCAL_ERROR | null }

/**
 * Plays one intent onto the rows of an enqueue or apply. A name this phone does not know, and a mutator that throws,
 * leave no rows but a doubt: the intent is kept and still sent. One that throws is in the log of defects. Errors of the
 * database itself pass through, so the whole transaction fails.
 */
export async function play(rows: Overlay, name: string, args: unknown, ctx: TapContext): Promise<Run> {
  const mutator = MUTATORS[name as MutationName] as Mutator<MutationName> | undefined
  if (!mutator) return { images: [], doubt: LOCAL_ERROR }
  const own = new Overlay(rows)
  let doubt: RefusalCode | null = null
  const tx = txOn(own, ctx.mutation, (code) => { doubt ??= code })
  try {
    await mutator.run(tx, args as never, ctx)
  }
  catch (error) {
    if (own.failure) throw own.failure.error
    noteDefect('mutator', name, error)
    return { images: [], doubt: LOCAL_ERROR }
  }
  const images = await own.beforeImages()
  await own.flush()
  return { images, doubt }
}
