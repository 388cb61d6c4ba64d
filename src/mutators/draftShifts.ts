import type { MutationArgs } from '#domain/mutations.ts'
import type { Mutator } from './tx.ts'

type Args = MutationArgs['draft_shifts']

/** Shifts in one intent: some 230 bytes each, so that the intent stays below the limit of one push. */
const PER_INTENT = 200

/** Splits a long plan into intents that each fit one push. The roster's columns repeat in each: any may come first. */
export function splitDraft(args: Args): Args[] {
  const parts: Args[] = []
  for (let i = 0; i < Math.max(1, args.shifts.length); i += PER_INTENT)
    parts.push({ ...args, shifts: args.shifts.slice(i, i + PER_INTENT) })
  return parts
}

/** Writes a draft roster with its shifts; only coordinators see it. */
export const draftShifts: Mutator<'draft_shifts'> = {
  v: 1,
  tables: ['roster', 'shift', 'post'],
  async run(tx, args) {
    const { roster_id, community_id, name, starts_on, ends_on } = args
    const roster = await tx.get('roster', roster_id)
    if (roster && roster.state !== 'draft') tx.doubt('wrong_state')
    const [state, version] = [roster?.state ?? 'draft', (roster?.version ?? 1) + 1]
    await tx.put('roster', { id: roster_id, community_id, name, starts_on, ends_on, state, version })
    for (const s of args.shifts) {
      if (await tx.get('shift', s.id)) continue
      const post = await tx.get('post', s.post_id)
      if (!post) {
        tx.doubt('invalid')
        continue
      }
      const empty = { callout_id: null, filled: 0, held: 0, state: 'draft' } as const
      await tx.put('shift', { ...s, community_id, org_unit_id: post.org_unit_id, roster_id, ...empty })
    }
  },
  entities: a => [a.roster_id],
}
