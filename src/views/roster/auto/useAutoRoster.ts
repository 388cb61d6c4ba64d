import type { AutoRows } from '#queries/autoRows.ts'
import type { Solving } from '#solver/inWorker.ts'
import type { AutoAsk, AutoProgress, Fill } from './autoAsk.ts'
import type { AutoResult } from './autoResult.ts'
import type { Lifts } from './lifts.ts'
import type { Quota } from './quotas.ts'
import type { Seat } from './seats.ts'
import { reactive, ref, shallowRef } from 'vue'
import { calendarOf, NO_HOLIDAYS } from '#domain/restDays.ts'
import { atShanghai, DAY } from '#domain/time.ts'
import { autoRows } from '#queries/autoRows.ts'
import { useDb } from '#queries/live.ts'
import { useHolidays } from '../useRestDays.ts'
import { budgetOf } from './budget.ts'
import { stillOpen } from './stillOpen.ts'

/** The part of the work of a roster that is put into looking at one rule. */
const PER_RULE = 0.2
/** The same rows make the same roster again. */
const SEED = 1

/** What is known of the rules, and whether it is still looked. */
export interface LiftsLook extends Lifts { looking: boolean }

/** Filling drafts by itself, as a screen shows it. */
export interface AutoRosterRun {
  readonly state: 'asking' | 'running' | 'done' | 'failed'
  readonly progress: AutoProgress
  readonly result: AutoResult | null
  /** `quotas` = what partner units are to serve in these days */
  start: (quotas: readonly Quota[]) => Promise<void>
  /** which rules keep places empty, as far as it is known; null = not asked yet */
  readonly lifts: LiftsLook | null
  /** asks which rules keep places empty */
  lookAtRules: () => Promise<void>
  /** the seats that can still be taken: others may have changed the drafts since */
  stillOpen: () => Promise<Seat[]>
  /** ends what runs at once, with the best so far */
  stop: () => void
}

/** Problem after problem in a worker, until it is stopped; `part` = of the work of a whole roster. */
function useWorker(): { begin: () => void, fillIn: (part: number) => Fill, stop: () => void } {
  let solving: Solving | null = null
  let stopped = false
  return {
    begin: () => { stopped = false },
    fillIn: part => async (problem, share, tell, warmStart) => {
      const { solveInWorker } = await import('#solver/inWorker.ts')
      if (stopped) return null
      const budget = budgetOf(problem, part * share)
      solving = solveInWorker(problem, { seed: SEED, budget, ...warmStart && { warmStart } }, tell)
      return solving.answer
    },
    stop: () => {
      stopped = true
      solving?.cancel()
    },
  }
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
  const worker = useWorker()
  let asked: AutoAsk | null = null
  const lifts = shallowRef<AutoRosterRun['lifts']>(null)
  async function rowsNow(): Promise<AutoRows> {
    const { days, community, now } = of
    return autoRows(db, community, atShanghai(days[0]!), atShanghai(days.at(-1)!) + DAY, now)
  }
  async function start(quotas: readonly Quota[]): Promise<void> {
    worker.begin()
    lifts.value = null
    state.value = 'running'
    try {
      const rows = await rowsNow()
      progress.value = { filled: 0, places: rows.shifts.reduce((sum, s) => sum + s.missing, 0) }
      const { autoRoster } = await import('./autoRoster.ts')
      const calendar = calendarOf(holidays.value ?? NO_HOLIDAYS)
      asked = { ...rows, days: of.days, calendar, quotas }
      result.value = await autoRoster(asked, worker.fillIn(1), (soFar) => { progress.value = soFar })
      state.value = result.value ? 'done' : 'asking'
    }
    catch (error) {
      reportError(error) // the log of defects hears it
      state.value = 'failed'
    }
  }
  async function lookAtRules(): Promise<void> {
    if (!asked || !result.value) return
    worker.begin()
    const show = (known: Lifts, looking: boolean): void => { lifts.value = { ...known, looking } }
    try {
      const { liftsOf, NOTHING_TRIED } = await import('./lifts.ts')
      show(NOTHING_TRIED, true)
      show(await liftsOf(asked, result.value, worker.fillIn(PER_RULE), soFar => show(soFar, true)), false)
    }
    catch (error) {
      reportError(error)
      lifts.value = null // it may be asked again
    }
  }
  const open = async (): Promise<Seat[]> => stillOpen(result.value?.seats ?? [], await rowsNow())
  return reactive({ state, progress, result, lifts, lookAtRules, start, stillOpen: open, stop: worker.stop })
}
