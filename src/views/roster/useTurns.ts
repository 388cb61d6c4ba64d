import type { ComputedRef } from 'vue'
import type { KnownTurn } from '#components/roster/judge.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import { computed } from 'vue'
import { turnsByPerson } from '#components/roster/knownTurns.ts'
import { edgeTurns } from '#queries/edgeTurns.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'

/**
 * What somebody has on the days shown, drafts included, and around them as far as the rules of rest look. Undefined
 * until the days around are read: a person who comes off a night of the week before would seem to be free.
 */
export function useTurns(
  of: Readonly<RosterOf>, roster: Pick<Roster, 'whole' | 'names'>,
): ComputedRef<((responder_id: string) => KnownTurn[]) | undefined> {
  const db = useDb()
  const rows = useLiveQuery(
    async () => of.community ? edgeTurns(db, of.community, of) : [],
    () => [of.community, of.starts, of.days],
  )
  const around = computed(() => {
    if (!rows.value) return undefined
    const turns = new Map<string, KnownTurn[]>()
    for (const { responder_id, org_unit_id, ...turn } of rows.value) {
      const known = { ...turn, place: roster.names.placeName(org_unit_id) }
      const own = turns.get(responder_id)
      if (own) own.push(known)
      else turns.set(responder_id, [known])
    }
    return turns
  })
  const shown = computed(() => turnsByPerson(roster.whole))
  return computed(() => {
    const [inside, outside] = [shown.value, around.value]
    return outside && (id => [...inside.get(id) ?? [], ...outside.get(id) ?? []])
  })
}
