import type { ComputedRef, Ref } from 'vue'
import type { Candidate } from '#components/roster/candidate.ts'
import type { Matrix, MatrixShift } from '#components/roster/matrix.ts'
import { computed, ref } from 'vue'
import { atShanghai, DAY, dayKey } from '#domain/time.ts'
import { peopleRows } from '#queries/peopleRows.ts'
import { useDb } from '#queries/useDb.ts'
import { useLiveQuery } from '#queries/useLiveQuery.ts'
import { hoursByPerson } from '#queries/weekRows.ts'
import { useCandidates } from './useCandidates.ts'

export interface Picking { query: Ref<string>, candidates: ComputedRef<Candidate[]> }

/** The person picker: everybody of the community with the hours of the month the week starts in. */
export function usePicker(community: Readonly<Ref<string>>, starts: Readonly<Ref<number>>, matrix: Readonly<Ref<Matrix>>, shift: Readonly<Ref<MatrixShift | null>>): Picking {
  const db = useDb()
  const people = useLiveQuery(() => peopleRows(db, community.value), () => community.value)
  const hours = useLiveQuery(() => {
    const first = atShanghai(`${dayKey(starts.value).slice(0, 8)}01`)
    const next = atShanghai(`${dayKey(first + 32 * DAY).slice(0, 8)}01`)
    return hoursByPerson(db, community.value, first, next)
  }, () => [community.value, starts.value])
  const query = ref('')
  const active = computed(() => (people.value ?? []).filter(p => p.state !== 'closed'))
  return { query, candidates: useCandidates(active, matrix, shift, computed(() => hours.value ?? new Map<string, number>()), query) }
}
