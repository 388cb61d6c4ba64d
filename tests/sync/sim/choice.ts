import { randomUUID } from 'node:crypto'

/** Chooses a tap and one of the rows that fit; every number is a valid choice. */
export interface Choice { what: number, target: number, flag: boolean }

/** The id of one of the rows; a new one where there is none. */
export function pick<T extends { id: string }>(rows: T[], n: number): string {
  return [...rows].sort((a, b) => a.id < b.id ? -1 : 1)[n % Math.max(rows.length, 1)]?.id ?? randomUUID()
}
