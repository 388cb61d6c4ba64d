import type { Mutator } from './tx.ts'

/** Ends 应急 for its unit. */
export const closeMode: Mutator<'close_mode'> = {
  v: 1,
  tables: ['mode'],
  async run(tx, { mode_id }) {
    const mode = await tx.get('mode', mode_id)
    if (!mode) return tx.doubt('gone')
    if (mode.state !== 'open') tx.doubt('not_open')
    await tx.patch('mode', mode_id, { state: 'closed' })
  },
  entities: a => [a.mode_id],
}
