import type { MutationArgs } from '#domain/mutations.ts'
import type { Mode } from '#domain/rows.ts'
import type { Mutator, TapContext, Tx } from './tx.ts'
import { DEFAULT_POLICY } from '#domain/policy.ts'
import { notOver } from '#domain/span.ts'
import { openModeOf, putMode } from './modeRow.ts'

type Args = MutationArgs['open_callout']
type ModeFacts = Pick<Mode, 'id' | 'ground' | 'document_no'>

/** The mode the call-out stands on: the open one at the community or above, else a new one; a drill opens none. */
async function modeFor(tx: Tx, args: Args, ctx: TapContext): Promise<ModeFacts | null> {
  if (args.kind === 'drill') return null
  const open = await openModeOf(tx, args.community_id, ctx.now)
  if (open) return open
  const { mode_id, community_id, ground, document_no, mode_hours } = args
  await putMode(tx, { mode_id, org_unit_id: community_id, ground, document_no, hours: mode_hours }, ctx)
  return { id: mode_id, ground, document_no }
}

/** 启动红色防线. The phone shows the call-out; the server makes its shifts, waves and requests. */
export const openCallout: Mutator<'open_callout'> = {
  v: 1,
  tables: ['me', 'mode', 'callout', 'org_unit'],
  async run(tx, args, ctx) {
    const { callout_id: id, community_id, kind, title } = args
    // a phone that was offline for long may send it when all is over; the server would refuse it
    if (notOver(args.slots, ctx.now).length === 0) return tx.doubt('slots_over')
    const mode = await modeFor(tx, args, ctx)
    const [mode_id, ground, document_no] = [mode?.id ?? null, mode?.ground ?? null, mode?.document_no ?? null]
    const opened_by_name = (await tx.get('me', ctx.login))?.name ?? ''
    const policy = { ...args.policy ?? DEFAULT_POLICY }
    const facts = { id, community_id, kind, title, mode_id, ground, document_no, opened_by_name, policy }
    await tx.put('callout', { ...facts, state: 'open', attention: 'none', opened_at: ctx.now, stood_down_at: null })
  },
  entities: a => [a.callout_id, a.community_id],
}
