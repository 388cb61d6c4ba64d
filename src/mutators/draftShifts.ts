import type { MutationArgs } from '#domain/mutations.ts'
import type { Mutator, Tx } from './tx.ts'
import { coveredShifts } from '#domain/postCover.ts'

type Args = MutationArgs['draft_shifts']

/** Shifts in one intent: 230 bytes each, and 40 for one that goes, so that it stays below the limit of one push. */
const PER_INTENT = 200

/** A list in pieces of one intent; one empty piece where it is empty. */
function pieces<T>(list: readonly T[]): T[][] {
  const count = Math.max(1, Math.ceil(list.length / PER_INTENT))
  return Array.from({ length: count }, (_, i) => list.slice(i * PER_INTENT, (i + 1) * PER_INTENT))
}

/**
 * Splits a long plan into intents that each fit one push. What goes is gone before the first shift comes. The roster's
 * columns repeat in each: any may come first.
 */
export function splitDraft(args: Args): Args[] {
  const [shifts, drops] = [pieces(args.shifts), pieces(args.drop ?? [])]
  const last = drops.pop()!
  const early = drops.map(drop => ({ ...args, shifts: [], drop }))
  return [...early, ...shifts.map((part, i) => ({ ...args, shifts: part, drop: i === 0 ? last : [] }))]
}

async function dropDrafts(tx: Tx, drop: readonly string[]): Promise<void> {
  for (const id of drop) {
    const shift = await tx.get('shift', id)
    if (!shift) continue
    if (shift.state !== 'draft') {
      tx.doubt('wrong_state')
      continue
    }
    for (const line of await tx.by('draft_assignment', 'shift_id', id)) await tx.remove('draft_assignment', line.id)
    await tx.remove('shift', id)
  }
}

/** Writes a draft roster with its shifts, and takes drafts back; only coordinators see it. */
export const draftShifts: Mutator<'draft_shifts'> = {
  v: 1,
  tables: ['roster', 'shift', 'post', 'draft_assignment'],
  async run(tx, args) {
    const { roster_id, community_id, name, starts_on, ends_on } = args
    const roster = await tx.get('roster', roster_id)
    if (roster && roster.state !== 'draft') tx.doubt('wrong_state')
    const [state, version] = [roster?.state ?? 'draft', (roster?.version ?? 1) + 1]
    await dropDrafts(tx, args.drop ?? [])
    await tx.put('roster', { id: roster_id, community_id, name, starts_on, ends_on, state, version })
    const standing = args.shifts.length > 0 ? await tx.all('shift') : []
    const here = new Set(standing.map(s => s.id))
    const fresh = args.shifts.filter(s => !here.has(s.id))
    if (coveredShifts(fresh, standing).includes(true)) tx.doubt('post_covered')
    for (const s of fresh) {
      const post = await tx.get('post', s.post_id)
      if (!post) {
        tx.doubt('invalid')
        continue
      }
      const empty = { callout_id: null, filled: 0, held: 0, to_pick: 0, state: 'draft' } as const
      const { org_unit_id, skill = null } = post
      await tx.put('shift', { ...s, community_id, org_unit_id, roster_id, skill, ...empty })
    }
  },
  entities: a => [a.roster_id],
}
