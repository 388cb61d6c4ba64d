import type { MutationArgs } from '#domain/mutations.ts'
import type { Mode } from '#domain/rows.ts'
import type { Mutator, TapContext, Tx } from './mutator.ts'
import { DEFAULT_POLICY } from '#domain/policy.ts'
import { openModeOf, putMode } from './modeRow.ts'

type Args = MutationArgs['open_callout']

/** The mode the call-out stands on: the open one at the community or above, else a new one; a drill opens none. */
async function modeFor(
  tx: Tx,
  args: Args,
  ctx: TapContext,
): Promise<Pick<Mode, 'id' | 'ground' | 'document_no'> | null> {
  if (args.kind === 'drill') return null
  const open = await openModeOf(tx, args.community_id, ctx.now)
  if (open) return open
  const { mode_id, community_id, ground, document_no, mode_hours } = args
  await putMode(tx, { mode_id, org_unit_id: community_id, ground, document_no, hours: mode_hours }, ctx)
  return { id: mode_id, ground, document_no }
}

/** 启动红色防线. The phone shows the call-out; shifts, waves and requests are the server's to make. */
export const openCallout: Mutator<'open_callout'> = {
  v: 1,
  tables: ['me', 'mode', 'callout', 'org_unit'],
  async run(tx, args, ctx) {
    const { callout_id: id, community_id, kind, title } = args
    const mode = await modeFor(tx, args, ctx)
    const [mode_id, ground, document_no] = [mode?.id ?? null, mode?.ground ?? null, mode?.document_no ?? null]
    const opened_by_name = (await tx.get('me', ctx.login))?.name ?? ''
    await tx.put('callout', {
      id,
      community_id,
      kind,
      title,
      state: 'open',
      attention: 'none',
      mode_id,
      ground,
      document_no,
      opened_by_name,
      opened_at: ctx.now,
      stood_down_at: null,
      policy: { ...args.policy ?? DEFAULT_POLICY },
    })
  },
  entities: a => [a.callout_id, a.community_id],
}
