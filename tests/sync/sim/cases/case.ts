import type { MutationArgs, MutationName } from '../../../../src/domain/mutations.ts'
import type { SyncedTable } from '../../../../src/domain/rows.ts'
import type { Phone } from '../phone.ts'
import type { Stage } from '../stages.ts'

/** One tap, the rows it shows at once, and the answer that comes back. */
export interface Case<N extends MutationName = MutationName> {
  name: N
  title: string
  /** makes the world in which the tap makes sense; answers who taps, and the arguments */
  given: (s: Stage) => Promise<{ who: Phone, args: MutationArgs[N] }>
  /** rows the tap shows at once */
  shows: SyncedTable[]
  /** null: applied without a code; else the code of the verdict */
  answer: string | null
}

export const c = <N extends MutationName>(one: Case<N>): Case => one as unknown as Case
