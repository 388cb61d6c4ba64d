import type { Mutator } from './tx.ts'
import { openModeOf, putMode } from './modeRow.ts'

/**
 * 继续召集: a call-out that was left undecided goes on, under the mode that is open or under a new one with the same
 * ground and document.
 */
export const resumeCallout: Mutator<'resume_callout'> = {
  v: 1,
  tables: ['me', 'mode', 'callout', 'org_unit'],
  async run(tx, { callout_id, mode_id, mode_hours }, ctx) {
    const callout = await tx.get('callout', callout_id)
    if (!callout) return tx.doubt('gone')
    if (callout.state !== 'open' && callout.state !== 'filled') return tx.doubt('not_open')
    if (callout.attention !== 'undecided') return
    const open = await openModeOf(tx, callout.community_id, ctx.now)
    if (!open) {
      const [ground, document_no] = [callout.ground ?? '', callout.document_no ?? '']
      const mode = { mode_id, org_unit_id: callout.community_id, ground, document_no, hours: mode_hours }
      await putMode(tx, mode, ctx)
    }
    await tx.patch('callout', callout_id, { attention: 'none', mode_id: open?.id ?? mode_id })
  },
  entities: a => [a.callout_id],
}
