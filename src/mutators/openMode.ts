import type { Mutator } from './tx.ts'
import { modeOn, putMode } from './modeRow.ts'

/** Opens 应急 for a unit. */
export const openMode: Mutator<'open_mode'> = {
  v: 1,
  tables: ['me', 'mode', 'org_unit'],
  async run(tx, args, ctx) {
    const open = await modeOn(tx, args.org_unit_id, ctx.now)
    if (open && open.id !== args.mode_id) tx.doubt('mode_open')
    await putMode(tx, args, ctx)
  },
  entities: a => [a.mode_id, a.org_unit_id],
}
