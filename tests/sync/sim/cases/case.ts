import type { MutationArgs, MutationName } from '../../../../src/domain/mutations.ts'
import type { SyncedTable } from '../../../../src/domain/rows.ts'
import type { Phone } from '../phone.ts'
import type { Stage } from '../stages.ts'

/** One tap, what it shows at once and what comes back. */
export interface Case<N extends MutationName = MutationName> {
  name: N
  title: string
  /** brings the world to where the tap makes sense; answers who taps, and what */
  given: (s: Stage) => Promise<{ who: Phone, args: MutationArgs[N] }>
  /** rows the tap shows at once */
  shows: SyncedTable[]
  /** null: applied without a word. Else the code of the verdict that comes back. */
  answer: string | null
}

export const c = <N extends MutationName>(one: Case<N>): Case => one as unknown as Case
