import type { ComputedRef } from 'vue'
import type { StoredRow } from '#queries/live.ts'
import type { ProxyTurn } from '#queries/proxyRows.ts'
import { computed } from 'vue'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { personRow } from '#queries/people.ts'
import { proxyTurns } from '#queries/proxyRows.ts'
import { useStanding } from '#views/shell/useStanding.ts'

/** The person that a coordinator acts for, and their turns from yesterday to a week ahead. */
export interface ProxyPerson {
  /** undefined while the phone reads; null where the community's list has no such person */
  person: ComputedRef<StoredRow<'responder_lead'> | null | undefined>
  turns: ComputedRef<ProxyTurn[]>
}

/** The person `id` of the community now chosen, with their turns. */
export function useProxyTurns(id: () => string): ProxyPerson {
  const db = useDb()
  const now = useNow()
  const { community } = useStanding()
  const minute = computed(() => Math.floor(now.value / 60_000))
  const found = useLiveQuery(async () => community.value
    ? { row: await personRow(db, id()), turns: await proxyTurns(db, community.value, id(), now.value) }
    : undefined, () => [community.value, id(), minute.value])
  const person = computed(() => {
    if (!found.value) return undefined
    const { row } = found.value
    return row && community.value && row.community_ids.includes(community.value) ? row : null
  })
  return { person, turns: computed(() => found.value?.turns ?? []) }
}
