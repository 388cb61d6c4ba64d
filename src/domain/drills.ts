import type { Callout } from './rows.ts'

/** Rows of real duty, and those of drills: a drill's shift never counts as coverage, and its gap is no gap (R35). */
export function apart<T extends { callout_id: string | null }>(
  rows: readonly T[], callouts: readonly Pick<Callout, 'id' | 'kind'>[],
): { real: T[], drill: T[] } {
  const drills = new Set(callouts.filter(c => c.kind === 'drill').map(c => c.id))
  const isDrill = (row: T): boolean => row.callout_id !== null && drills.has(row.callout_id)
  return { real: rows.filter(r => !isDrill(r)), drill: rows.filter(isDrill) }
}
