import type { Ref } from 'vue'
import type { GapLine, StateCount } from '#components/board/place.ts'
import type { CoverInput, CoverWindow, UnitCover } from '#domain/coverage.ts'
import type { OrgTree } from '#domain/orgTree.ts'
import type { BoardData } from '#queries/boardRows.ts'
import { computed, reactive, ref } from 'vue'
import { apart, coverage } from '#domain/coverage.ts'
import { demandsCheckIn, modeOf } from '#domain/mode.ts'
import { orgTree } from '#domain/orgTree.ts'
import { boardRows } from '#queries/boardRows.ts'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { useBoardGaps } from './useBoardGaps.ts'

export interface Board {
  readonly data: BoardData | undefined
  readonly tree: OrgTree
  readonly now: number
  window: CoverWindow
  /** of real duty */
  readonly covers: Map<string, UnitCover>
  /** of drills, which count in no sum (R35) */
  readonly drills: Map<string, UnitCover>
  readonly counts: StateCount[]
  readonly gaps: GapLine[]
  /** 平时: an accepted shift counts as on duty (R15) */
  readonly calm: boolean
  /** the same of one unit, whose estate may have a mode of its own */
  calmAt: (unit: string) => boolean
  readonly unitIds: string[]
}

const TEN_MINUTES = 600_000
const NOTHING: BoardData = {
  units: [],
  posts: [],
  shifts: [],
  assignments: [],
  callouts: [],
  offers: [],
  ladders: [],
  reinforcements: [],
  neighbours: [],
  waitlist: [],
  modes: [],
}

/**
 * The coverage of a community, computed on the phone; it moves with the clock, offline too.
 * `asks` = this phone knows who was asked.
 */
export function useBoard(community: Readonly<Ref<string | null>>, asks: Readonly<Ref<boolean>>): Board {
  const db = useDb()
  const now = useNow()
  const window = ref<CoverWindow>('now')
  const around = computed(() => Math.floor(now.value / TEN_MINUTES) * TEN_MINUTES)
  const data = useLiveQuery(
    async () => community.value ? boardRows(db, community.value, around.value + TEN_MINUTES) : NOTHING,
    () => [community.value, around.value],
  )
  const rows = computed(() => data.value ?? NOTHING)
  const tree = computed(() => orgTree(rows.value.units))
  const unitIds = computed(() => boardUnits(rows.value))
  const shifts = computed(() => apart(rows.value.shifts, rows.value.callouts))
  const calmAt = (unit: string): boolean => !demandsCheckIn(modeOf(rows.value.modes, tree.value, unit, now.value))
  const input = computed(() => ({
    unitIds: unitIds.value,
    shifts: shifts.value.real,
    assignments: rows.value.assignments,
    checkIn: (unit: string) => !calmAt(unit),
    now: now.value,
  }))
  const drill = computed(() => ({ ...input.value, shifts: shifts.value.drill, checkIn: () => true }))
  const byUnit = (of: CoverInput): Map<string, UnitCover> =>
    new Map(coverage(of, window.value).map(c => [c.org_unit_id, c]))
  const covers = computed(() => byUnit(input.value))
  const soon = (of: CoverInput): UnitCover[] => [...coverage(of, 'now'), ...coverage(of, '24h')]
  const all = computed(() => ({ real: soon(input.value), drill: soon(drill.value) }))
  return reactive({
    data,
    tree,
    now,
    window,
    covers,
    drills: computed(() => byUnit(drill.value)),
    counts: computed(() => countStates([...covers.value.values()])),
    gaps: useBoardGaps(rows, all, tree, now, asks),
    calm: computed(() => calmAt(community.value ?? '')),
    calmAt,
    unitIds,
  })
}

/** Every building, and other units that have a post or a shift. */
function boardUnits(data: BoardData): string[] {
  const used = new Set([...data.posts, ...data.shifts].map(r => r.org_unit_id))
  return data.units.filter(u => u.level === 'building' || used.has(u.id)).map(u => u.id)
}

/** People and sites by state, in the fixed order of the board. */
function countStates(covers: readonly UnitCover[]): StateCount[] {
  const states = ['on', 'acc', 'hand', 'vac'] as const
  return states.map((state) => {
    const n = (c: UnitCover): number => state === 'vac' ? c.missing : c[state]
    return { state, people: covers.reduce((sum, c) => sum + n(c), 0), buildings: covers.filter(c => n(c) > 0).length }
  })
}
