import type { Mutator } from './tx.ts'

/** A coordinator has dealt with what the server could not handle; it leaves the list of every lead of the community. */
export const settleDeadLetter: Mutator<'settle_dead_letter'> = {
  v: 1,
  tables: ['dead_letter'],
  async run(tx, { mutation_id }) {
    await tx.remove('dead_letter', mutation_id)
  },
  entities: a => [a.mutation_id],
}
