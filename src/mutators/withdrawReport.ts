import type { Mutator } from './tx.ts'

/** The person takes back a report that nobody has answered yet. */
export const withdrawReport: Mutator<'withdraw_report'> = {
  v: 1,
  tables: ['my_report'],
  async run(tx, { report_id }) {
    const report = await tx.get('my_report', report_id)
    if (report && report.state !== 'requested') return tx.doubt('wrong_state')
    await tx.remove('my_report', report_id)
  },
  entities: a => [a.report_id],
}
