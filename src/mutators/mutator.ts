import type { MutationArgs, MutationName } from '#domain/mutations.ts'
import type { SyncedTable } from '#domain/rows.ts'
import type { TapContext, Tx } from './tx.ts'

/** One intent as the phone plays it: ids and time come from the arguments and the context, so a re-run gives the same rows. */
export interface Mutator<N extends MutationName> {
  /** version of the arguments this phone sends */
  v: number
  /** every synced table `run` reads or writes; the enqueue transaction covers no other */
  tables: readonly SyncedTable[]
  run: (tx: Tx, args: MutationArgs[N], ctx: TapContext) => Promise<void>
  /** ids of the rows it touches, so that a card finds its own unsent intents */
  entities: (args: MutationArgs[N]) => string[]
}

/** The ids among some values. */
export function ids(...values: (string | null)[]): string[] {
  return values.filter(v => v !== null)
}
