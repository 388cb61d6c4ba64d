import type { Quota } from './quotas.ts'
import { keepOwn, recallOwn } from '../../shell/ownMemory.ts'

const WHAT = 'roster-quotas'
function isQuota(one: Partial<Quota> | null): one is Quota {
  return typeof one?.unit === 'string' && Number.isInteger(one.least) && one.least! >= 0
}

/** What this person has entered on this phone, by community; nothing of it where it cannot be read. */
function kept(login: string | null): Record<string, Quota[]> {
  const found = recallOwn(login, WHAT) as Record<string, Quota[]> | null
  return Object.values(found ?? {}).every(list => Array.isArray(list) && list.every(isQuota)) ? found ?? {} : {}
}

/** The least turns of partner units that this person entered for a community the last time on this phone. */
export const recallQuotas = (login: string | null, community: string): Quota[] => kept(login)[community] ?? []

/** Keeps them for the next roster. */
export function keepQuotas(login: string | null, community: string, quotas: readonly Quota[]): void {
  keepOwn(login, WHAT, { ...kept(login), [community]: quotas })
}
