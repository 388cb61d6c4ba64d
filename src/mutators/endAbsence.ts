import type { Mutator } from './tx.ts'

/** 销假: an absence is taken back, or ends before its time. */
export const endAbsence: Mutator<'end_absence'> = {
  v: 1,
  tables: ['absence'],
  async run(tx, { absence_id }) {
    if (!await tx.get('absence', absence_id)) tx.doubt('gone')
    await tx.remove('absence', absence_id)
  },
  entities: a => [a.absence_id],
}
