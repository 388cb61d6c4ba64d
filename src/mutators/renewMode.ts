import type { Mutator } from './tx.ts'
import { isModeOpen } from '#domain/mode.ts'
import { HOUR, iso, ms } from '#domain/time.ts'

/** Keeps 应急 open for `hours` from now. */
export const renewMode: Mutator<'renew_mode'> = {
  v: 1,
  tables: ['mode'],
  async run(tx, { mode_id, hours }, ctx) {
    const mode = await tx.get('mode', mode_id)
    if (!mode) return tx.doubt('gone')
    if (!isModeOpen(mode, ctx.now)) tx.doubt('not_open')
    await tx.patch('mode', mode_id, { expires_at: iso(ms(ctx.now) + hours * HOUR), renewals: mode.renewals + 1 })
  },
  entities: a => [a.mode_id],
}
