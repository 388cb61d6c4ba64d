import type { AutoRows } from '#queries/autoRows.ts'
import type { Solving } from '#solver/inWorker.ts'
import type { AutoAsk, AutoProgress, AutoResult, Fill, Lift } from './autoRoster.ts'
import type { Quota } from './quotas.ts'
import type { Seat } from './seats.ts'
import { reactive, ref, shallowRef } from 'vue'
import { calendarOf, NO_HOLIDAYS } from '#domain/restDays.ts'
import { atShanghai, DAY } from '#domain/time.ts'
import { autoRows } from '#queries/autoRows.ts'
import { useDb } from '#queries/live.ts'
import { useHolidays } from '../useRestDays.ts'
import { stillOpen } from './stillOpen.ts'

/** How long a roster is searched for at most, ms: with a proof it ends before. For one rule it is less. */
const [LONGEST, PER_RULE] = [40_000, 8000]
/** The same rows make the same roster again. */
const SEED = 1

/** Filling drafts by itself, as a screen shows it. */
export interface AutoRosterRun {
  readonly state: 'asking' | 'running' | 'done' | 'failed'
  readonly progress: AutoProgress
  readonly result: AutoResult | null
  /** `quotas` = what partner units are to serve in these days */
  start: (quotas: readonly Quota[]) => Promise<void>
  /** which rules keep places empty; null = not asked yet */
  readonly lifts: Lift[] | 'looking' | null
  /** asks which rules keep places empty */
  lookAtRules: () => Promise<void>
  /** the seats that can still be taken: others may have changed the drafts since */
  stillOpen: () => Promise<Seat[]>
  /** ends the search at once, with the best so far */
  stop: () => void
}

/** Fills the drafts of some days in a worker; nothing of the search is loaded before it is asked. */
export function useAutoRoster(
  of: Readonly<{ community: string, days: readonly string[], now: number }>,
): AutoRosterRun {
  const db = useDb()
  const holidays = useHolidays()
  const state = ref<AutoRosterRun['state']>('asking')
  const progress = ref<AutoProgress>({ filled: 0, places: 0 })
  const result = shallowRef<AutoResult | null>(null)
  let solving: Solving | null = null
  let stopped = false
  let asked: AutoAsk | null = null
  const lifts = shallowRef<AutoRosterRun['lifts']>(null)
  const fillIn = (longest: number): Fill => async (problem, share, tell) => {
    const { solveInWorker } = await import('#solver/inWorker.ts')
    if (stopped) return null
    solving = solveInWorker(problem, { seed: SEED, budget: { ms: longest * share } }, tell)
    return solving.answer
  }
  async function rowsNow(): Promise<AutoRows> {
    const { days, community, now } = of
    return autoRows(db, community, atShanghai(days[0]!), atShanghai(days.at(-1)!) + DAY, now)
  }
  async function start(quotas: readonly Quota[]): Promise<void> {
    stopped = false
    state.value = 'running'
    try {
      const rows = await rowsNow()
      progress.value = { filled: 0, places: rows.shifts.reduce((sum, s) => sum + s.missing, 0) }
      const { autoRoster } = await import('./autoRoster.ts')
      const calendar = calendarOf(holidays.value ?? NO_HOLIDAYS)
      asked = { ...rows, days: of.days, calendar, quotas }
      result.value = await autoRoster(asked, fillIn(LONGEST), (soFar) => { progress.value = soFar })
      state.value = result.value ? 'done' : 'asking'
    }
    catch (error) {
      reportError(error) // the log of defects hears it
      state.value = 'failed'
    }
  }
  async function lookAtRules(): Promise<void> {
    if (!asked || !result.value) return
    stopped = false
    lifts.value = 'looking'
    try {
      const { liftsOf } = await import('./autoRoster.ts')
      lifts.value = await liftsOf(asked, result.value, fillIn(PER_RULE))
    }
    catch (error) {
      reportError(error)
      lifts.value = null // it may be asked again
    }
  }
  function stop(): void {
    stopped = true
    solving?.cancel()
  }
  const open = async (): Promise<Seat[]> => stillOpen(result.value?.seats ?? [], await rowsNow())
  return reactive({ state, progress, result, lifts, lookAtRules, start, stillOpen: open, stop })
}
