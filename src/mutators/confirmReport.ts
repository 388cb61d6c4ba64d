import type { Mutator } from './tx.ts'
import { orgTree } from '#domain/orgTree.ts'

/** 报到确认: the person is on the community's list, in this grid. */
export const confirmReport: Mutator<'confirm_report'> = {
  v: 1,
  tables: ['report_lead', 'org_unit'],
  async run(tx, { report_id, grid_id }, ctx) {
    const report = await tx.get('report_lead', report_id)
    if (!report) return tx.doubt('gone')
    if (report.state === 'confirmed') return
    if (report.state === 'ended') return tx.doubt('wrong_state')
    const tree = orgTree(await tx.all('org_unit'))
    const own = report.building_id === null ? undefined : tree.at(report.building_id, 'grid')
    const grid = grid_id ?? own?.id ?? null
    await tx.patch('report_lead', report_id, {
      state: 'confirmed', settled_at: ctx.now, grid_id: report.unit_kind === null ? grid : null,
    })
  },
  entities: a => [a.report_id],
}
