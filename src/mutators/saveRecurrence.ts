import type { Mutator } from './tx.ts'

/** 固定排班: keeps duty that repeats, or changes it. */
export const saveRecurrence: Mutator<'save_recurrence'> = {
  v: 1,
  tables: ['recurrence'],
  async run(tx, { recurrence_id: id, ...recurrence }) {
    await tx.put('recurrence', { id, ...recurrence })
  },
  entities: a => [a.recurrence_id],
}
