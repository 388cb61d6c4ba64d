import type { ComputedRef } from 'vue'
import type { OwnUnit } from '#domain/organisationRows.ts'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useStanding } from '#views/shell/useStanding.ts'

export interface OwnUnits {
  /** the units whose liaison the person is */
  units: ComputedRef<OwnUnit[]>
  /** the one that the page is about; null before the first sync, and when the role has ended */
  unit: ComputedRef<OwnUnit | null>
  /** shows another one */
  choose: (id: string) => void
}

/** The unit of a liaison; of several it is the one in the address (?unit=), or the first. */
export function useOwnUnit(): OwnUnits {
  const route = useRoute()
  const router = useRouter()
  const { me } = useStanding()
  const units = computed(() => me.value?.units ?? [])
  return {
    units,
    unit: computed(() => units.value.find(u => u.id === route.query.unit) ?? units.value[0] ?? null),
    choose: id => void router.replace({ query: { ...route.query, unit: id } }),
  }
}
