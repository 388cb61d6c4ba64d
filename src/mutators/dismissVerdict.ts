import type { Mutator } from './tx.ts'

/** The author has read a verdict; it leaves each of their phones. */
export const dismissVerdict: Mutator<'dismiss_verdict'> = {
  v: 1,
  tables: ['verdict'],
  async run(tx, { mutation_id }) {
    await tx.remove('verdict', mutation_id)
  },
  entities: a => [a.mutation_id],
}
