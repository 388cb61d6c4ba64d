import type { Quota } from './quotas.ts'
import * as v from 'valibot'

const KEY = 'redwhistle-roster-quotas'
const Kept = v.record(v.string(), v.array(v.object({
  unit: v.string(), least: v.pipe(v.number(), v.integer(), v.minValue(0)),
})))

/** What coordinators have entered on this device, by community; nothing of it where it cannot be read. */
function kept(): Record<string, Quota[]> {
  try {
    const found = v.safeParse(Kept, JSON.parse(localStorage.getItem(KEY) ?? '{}'))
    return found.success ? found.output : {}
  }
  catch {
    return {}
  }
}

/** The least turns of partner units that were entered for a community the last time on this device. */
export const recallQuotas = (community: string): Quota[] => kept()[community] ?? []

/** Keeps them for the next roster. */
export function keepQuotas(community: string, quotas: readonly Quota[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...kept(), [community]: quotas }))
  }
  catch {
    // a full or closed storage: the next roster is asked about again
  }
}
