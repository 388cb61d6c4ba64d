import type { ComputedRef } from 'vue'
import type { OrgLevel } from '#domain/words.ts'
import { computed } from 'vue'
import { coordinates, holdsAny, OFFICER_ROLES } from '#domain/roles.ts'
import { useStanding } from '#views/shell/useStanding.ts'

/** A node that keeps organisations: a community, or a street or district above. */
export interface Keeper { id: string, name: string, level: OrgLevel }

/**
 * The node whose organisations the pages show: for a coordinator the chosen community, for an officer their own node.
 * Undefined before the first sync; null: the person keeps none.
 */
export function useKeeper(): ComputedRef<Keeper | null | undefined> {
  const { me, community } = useStanding()
  return computed(() => {
    if (!me.value) return undefined
    const { memberships } = me.value
    const kept = coordinates(memberships, community.value)
      ? memberships.find(m => m.org_unit_id === community.value)
      : memberships.find(m => holdsAny(m, OFFICER_ROLES))
    return kept ? { id: kept.org_unit_id, name: kept.name, level: kept.level } : null
  })
}
