import type { ComputedRef, Ref } from 'vue'
import type { GridSelection, Matrix, MatrixShift } from '#components/roster/matrix.ts'
import { computed, ref } from 'vue'
import { keepInside } from '#components/roster/gridKeys.ts'
import { dayMatrix, flatRows, selectedShifts } from '#components/roster/matrix.ts'

export interface Selecting {
  /** the matrix as it is shown: all of it, or the rows of one day */
  shown: ComputedRef<Matrix>
  selection: ComputedRef<GridSelection>
  day: Ref<number>
  /** the day shown alone, or null for the whole week */
  onlyDay: ComputedRef<number | null>
  select: (selection: GridSelection) => void
  shift: ComputedRef<MatrixShift | null>
  where: ComputedRef<{ place: string, post_name: string, row: ReturnType<typeof flatRows>[number]['row'], day: number } | null>
  chosen: ComputedRef<MatrixShift[]>
}

/** What is selected in the matrix; kept inside it when a sync, another day or another estate changes its size. */
export function useSelection(matrix: Readonly<Ref<Matrix>>, oneDay: Readonly<Ref<boolean>>, firstDay: number): Selecting {
  const day = ref(firstDay)
  const byHand = ref<GridSelection | null>(null)
  const shown = computed(() => oneDay.value ? dayMatrix(matrix.value, day.value) : matrix.value)
  const rows = computed(() => flatRows(shown.value))
  const selection = computed<GridSelection>(() => {
    const size = { rows: Math.max(1, rows.value.length), cols: 7 }
    const first = { row: Math.max(0, rows.value.findIndex(({ row }) => row.cells[day.value])), col: day.value }
    const { at, anchor } = byHand.value ?? { at: first, anchor: first }
    const col = (place: { col: number }): number => oneDay.value ? day.value : place.col
    return { at: keepInside({ row: at.row, col: col(at) }, size), anchor: keepInside({ row: anchor.row, col: col(anchor) }, size) }
  })
  const here = computed(() => rows.value[selection.value.at.row])
  return {
    shown,
    selection,
    day,
    onlyDay: computed(() => oneDay.value ? day.value : null),
    select: (next) => { byHand.value = next },
    shift: computed(() => here.value?.row.cells[selection.value.at.col] ?? null),
    where: computed(() => here.value ? { place: here.value.group.place, post_name: here.value.group.post_name, row: here.value.row, day: selection.value.at.col } : null),
    chosen: computed(() => selectedShifts(shown.value, selection.value).flat().filter(s => s !== null)),
  }
}
