import type { ComputedRef } from 'vue'
import type { CopiedShift } from '#components/roster/plans.ts'
import type { Days, RosterData } from '#queries/rosterRows.ts'
import type { RosterOf } from './useRoster.ts'
import { computed } from 'vue'
import { buildMatrix } from '#components/roster/buildMatrix.ts'
import { copiedShifts, copyFrom } from '#components/roster/plans.ts'
import { DAY } from '#domain/time.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { rosterRows } from '#queries/rosterRows.ts'

/** The shifts of the week or month before, moved to this one; asked only while somebody looks at them. */
export function useDaysBefore(of: Readonly<RosterOf>, wanted: () => boolean): ComputedRef<CopiedShift[]> {
  const db = useDb()
  const before = computed<Days>(() => {
    const days = Math.max(...copyFrom(of.days))
    return { starts: of.starts - days * DAY, days }
  })
  async function ask(): Promise<RosterData | undefined> {
    return wanted() && of.community ? rosterRows(db, of.community, before.value) : undefined
  }
  const rows = useLiveQuery(ask, () => [of.community, before.value, wanted()])
  return computed(() => {
    if (!rows.value) return []
    const names = { placeName: () => '', personName: (name: string) => name }
    return copiedShifts(buildMatrix({ ...rows.value, ...before.value, ...names }), of.starts, of.days)
  })
}
