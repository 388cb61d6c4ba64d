import { atShanghai, DAY } from './time.ts'

/** Without a promise to keep it, a browser may clear an app's data this long after the last use (WebKit: 7 days). */
const UNPROMISED = 7 * DAY

/** ms of the end of the last month ('202612') among names of scopes like `org:<community>:202612`; null without one. */
function endOfRosters(scopes: string[]): number | null {
  const months = scopes.map(s => /^org:[^:]+:(\d{4})(\d{2})$/.exec(s)).filter(m => m !== null)
  if (months.length === 0) return null
  const ends = months.map(([, year, month]) => {
    const [y, m] = [Number(year), Number(month)]
    return atShanghai(`${m === 12 ? y + 1 : y}-${String(m % 12 + 1).padStart(2, '0')}-01`)
  })
  return Math.max(...ends)
}

/** Why the data on this phone serves no longer. rosters: no later month is here. storage: the browser may clear it. */
export interface OfflineUntil { at: number, because: 'rosters' | 'storage' }

/**
 * Until when this phone can do without a network, from the scopes it holds; null when it holds no roster.
 * @param scopes names of the scopes on this phone
 * @param lastUse ms; the app is in use now
 * @param persisted the browser's promise; null = it does not say
 */
export function offlineUntil(scopes: string[], lastUse: number, persisted: boolean | null): OfflineUntil | null {
  const end = endOfRosters(scopes)
  if (end === null) return null
  const kept = persisted === true ? Infinity : lastUse + UNPROMISED
  return kept < end ? { at: kept, because: 'storage' } : { at: end, because: 'rosters' }
}
