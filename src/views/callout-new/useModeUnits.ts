import type { ComputedRef, Ref } from 'vue'
import type { Role } from '#domain/rows.ts'
import type { Stored } from '#queries/stored.ts'
import { computed } from 'vue'
import { isModeOpen } from '#domain/mode.ts'
import { modeRows } from '#queries/modeRows.ts'
import { useDb } from '#queries/useDb.ts'
import { useLiveQuery } from '#queries/useLiveQuery.ts'
import { useNow } from '#queries/useNow.ts'
import { useStanding } from '#views/shell/useStanding.ts'

/** A unit whose mode the person may open, with the open one on it, and the one above that already covers it. */
export interface ModeUnit { id: string, name: string, own: Stored<'mode'> | null, above: Stored<'mode'> | null }

const MAY: readonly Role[] = ['coordinator', 'street_officer', 'district_officer', 'city_officer']

/** The person's units: own community, or the node an officer holds. */
export function useModeUnits(): { units: ComputedRef<ModeUnit[]>, ready: ComputedRef<boolean>, now: Readonly<Ref<number>> } {
  const db = useDb()
  const now = useNow()
  const { me } = useStanding()
  const modes = useLiveQuery(() => modeRows(db))
  const units = computed(() => (me.value?.memberships ?? []).filter(m => m.roles.some(r => MAY.includes(r))).map((m) => {
    const open = (modes.value ?? []).filter(mode => isModeOpen(mode, now.value))
    return { id: m.org_unit_id, name: m.name, own: open.find(o => o.org_unit_id === m.org_unit_id) ?? null, above: m.level === 'community' ? open.find(o => ['street', 'district', 'city'].includes(o.level)) ?? null : null }
  }))
  return { units, ready: computed(() => me.value !== undefined && modes.value !== undefined), now }
}
