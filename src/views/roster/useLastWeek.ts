import type { ComputedRef, Ref } from 'vue'
import type { CopiedShift } from '#components/roster/copyWeek.ts'
import type { Matrix } from '#components/roster/matrix.ts'
import { computed } from 'vue'
import { buildMatrix } from '#components/roster/buildMatrix.ts'
import { copyWeek } from '#components/roster/copyWeek.ts'
import { DAY } from '#domain/time.ts'
import { useDb } from '#queries/useDb.ts'
import { useLiveQuery } from '#queries/useLiveQuery.ts'
import { weekRows } from '#queries/weekRows.ts'

export interface LastWeek { copied: ComputedRef<CopiedShift[]> }

/** The week before as this week's draft; read only while somebody asks for it. */
export function useLastWeek(community: Readonly<Ref<string>>, starts: Readonly<Ref<number>>, current: Readonly<Ref<Matrix>>, wanted: () => boolean): LastWeek {
  const db = useDb()
  const before = computed(() => starts.value - 7 * DAY)
  const rows = useLiveQuery(async () => wanted() ? weekRows(db, community.value, before.value) : undefined, () => [community.value, before.value, wanted()])
  return { copied: computed(() => rows.value ? copyWeek(buildMatrix({ ...rows.value, starts: before.value, placeName: () => '' }), current.value) : []) }
}
