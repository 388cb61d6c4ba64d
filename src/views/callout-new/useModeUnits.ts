import type { ComputedRef, Ref } from 'vue'
import type { OrgLevel } from '#domain/words.ts'
import type { StoredRow } from '#queries/live.ts'
import { computed } from 'vue'
import { isModeOpen } from '#domain/mode.ts'
import { holdsAny, isOfficeLevel, MODE_ROLES } from '#domain/roles.ts'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { modeRows, modesIn } from '#queries/modeRows.ts'
import { useStanding } from '#views/shell/useStanding.ts'

/** A unit whose mode the person may open: `own` = the mode open on it, `above` = one of a level above it. */
export interface ModeUnit {
  id: string, name: string, level: OrgLevel, own: StoredRow<'mode'> | null, above: StoredRow<'mode'> | null
}

/** The person's units: own community, or the node an officer holds. */
export function useModeUnits(): {
  units: ComputedRef<ModeUnit[]>,
  ready: ComputedRef<boolean>,
  now: Readonly<Ref<number>>,
} {
  const db = useDb()
  const now = useNow()
  const { me } = useStanding()
  const modes = useLiveQuery(() => modeRows(db))
  const open = computed(() => (modes.value ?? []).filter(mode => isModeOpen(mode, now.value)))
  const units = computed(() => (me.value?.memberships ?? []).filter(m => holdsAny(m, MODE_ROLES)).map((m) => {
    const own = open.value.find(o => o.org_unit_id === m.org_unit_id) ?? null
    const reaching = m.level === 'community' ? modesIn(open.value, [], m.org_unit_id) : []
    const above = reaching.find(o => isOfficeLevel(o.level)) ?? null
    return { id: m.org_unit_id, name: m.name, level: m.level, own, above }
  }))
  return { units, ready: computed(() => me.value !== undefined && modes.value !== undefined), now }
}
