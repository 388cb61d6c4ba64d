import type { Mutator } from './tx.ts'

/** A coordinator says no to a report. */
export const declineReport: Mutator<'decline_report'> = {
  v: 1,
  tables: ['report_lead'],
  async run(tx, { report_id, reason }, ctx) {
    const report = await tx.get('report_lead', report_id)
    if (!report) return tx.doubt('gone')
    if (report.state === 'confirmed') return tx.doubt('wrong_state')
    if (report.state === 'ended') return
    await tx.patch('report_lead', report_id, { state: 'ended', declined: reason, settled_at: ctx.now })
  },
  entities: a => [a.report_id],
}
