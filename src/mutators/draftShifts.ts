import type { MutationArgs } from '#domain/mutations.ts'
import type { Mutator, Tx } from './tx.ts'
import { coveredShifts } from '#domain/postCover.ts'

type Args = MutationArgs['draft_shifts']

/** Bytes that the lists of one intent may take, so that it stays below the limit of one push (`MAX_ARGS`). */
const PER_INTENT = 46_000
/** Bytes of a shift, of one that goes, of one that goes with people on it, and of each of them. */
const [SHIFT, DROP, SEEN, PERSON] = [230, 40, 70, 40]

/**
 * Splits a long plan into intents that each fit one push. What goes is gone before the first shift comes, and is named
 * with the people seen on it. The roster's columns repeat in each: any may come first.
 */
export function splitDraft(args: Args): Args[] {
  const { shifts, drop = [], seen, ...head } = args
  const people = new Map((seen ?? []).map(one => [one.shift_id, one]))
  const parts: { drop: string[], shifts: Args['shifts'] }[] = []
  let room = 0
  /** The part that has room for so many bytes. */
  const part = (bytes: number): typeof parts[number] => {
    if (parts.length === 0 || bytes > room) {
      parts.push({ drop: [], shifts: [] })
      room = PER_INTENT
    }
    room -= bytes
    return parts.at(-1)!
  }
  for (const id of drop) {
    const on = people.get(id)
    part(DROP + (on ? SEEN + PERSON * on.people.length : 0)).drop.push(id)
  }
  for (const shift of shifts) part(SHIFT).shifts.push(shift)
  return (parts.length > 0 ? parts : [{ drop, shifts }]).map(({ drop, shifts }) =>
    ({ ...head, shifts, drop, ...seen && { seen: drop.flatMap(id => people.get(id) ?? []) } }))
}

/** Takes drafts away with their people. Other rosters that lose one become other versions, as that of the plan does. */
async function dropDrafts(tx: Tx, { drop, seen, roster_id: own }: Args): Promise<void> {
  const rosters = new Set<string>()
  const known = seen && new Map(seen.map(one => [one.shift_id, one.people]))
  for (const id of drop ?? []) {
    const shift = await tx.get('shift', id)
    if (!shift) continue
    if (shift.state !== 'draft') {
      tx.doubt('wrong_state')
      continue
    }
    if (shift.roster_id !== null && shift.roster_id !== own) rosters.add(shift.roster_id)
    const gone = await removeDraft(tx, id)
    if (known && gone.some(person => !known.get(id)?.includes(person))) tx.doubt('roster_changed')
  }
  for (const id of rosters) await nextVersion(tx, id)
}

/** Takes one draft away with the people planned on it, and answers who they were. */
export async function removeDraft(tx: Tx, id: string): Promise<string[]> {
  const lines = await tx.by('draft_assignment', 'shift_id', id)
  for (const line of lines) await tx.remove('draft_assignment', line.id)
  await tx.remove('shift', id)
  return lines.map(line => line.responder_id)
}

/** Counts one change of a roster's drafts, as the server does, so that it can be published right after. */
export async function nextVersion(tx: Tx, roster_id: string | null): Promise<void> {
  const roster = roster_id === null ? undefined : await tx.get('roster', roster_id)
  if (roster) await tx.patch('roster', roster.id, { version: roster.version + 1 })
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
    await dropDrafts(tx, args)
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
