import type { Mutator } from './tx.ts'

/** Forgets duty that repeats; the shifts that were made of it stay. */
export const dropRecurrence: Mutator<'drop_recurrence'> = {
  v: 1,
  tables: ['recurrence'],
  async run(tx, { recurrence_id }) {
    await tx.remove('recurrence', recurrence_id)
  },
  entities: a => [a.recurrence_id],
}
