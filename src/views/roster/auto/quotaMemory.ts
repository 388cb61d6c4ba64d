import type { Quota } from './quotas.ts'

const KEY = 'redwhistle-roster-quotas'
function isQuota(one: Partial<Quota> | null): one is Quota {
  return typeof one?.unit === 'string' && Number.isInteger(one.least) && one.least! >= 0
}

/** What coordinators have entered on this device, by community; nothing of it where it cannot be read. */
function kept(): Record<string, Quota[]> {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, Quota[]> | null
    return Object.values(found ?? {}).every(list => Array.isArray(list) && list.every(isQuota)) ? found ?? {} : {}
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
