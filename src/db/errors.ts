import Dexie from 'dexie'

/** quota: the phone is full. closed: the connection is lost and did not come back. broken: the database cannot be read. */
export type DbCode = 'quota' | 'closed' | 'broken'

/** A failure of the phone's own database, by code. */
export class DbError extends Error {
  readonly code: DbCode
  constructor(code: DbCode, cause: unknown) {
    super(`database: ${code}`, { cause })
    this.name = 'DbError'
    this.code = code
  }
}

const LOST = new Set([
  'DatabaseClosedError',
  'InvalidStateError',
  'UnknownError',
  'DatabaseClosed',
  'InvalidState',
  'Unknown',
])

function namesOf(error: unknown): string[] {
  const names: string[] = []
  for (let e = error; e instanceof Error || e instanceof DOMException; e = (e as { inner?: unknown }).inner)
    names.push(e.name)
  return names
}

/** The code of a database failure; null when the error is not the database's. */
export function dbCodeOf(error: unknown): DbCode | null {
  if (error instanceof DbError) return error.code
  const names = namesOf(error)
  if (names.some(n => n === Dexie.errnames.QuotaExceeded || n === 'QuotaExceededError')) return 'quota'
  if (names.some(n => LOST.has(n))) return 'closed'
  return names.some(n => n === Dexie.errnames.OpenFailed || n === 'VersionError') ? 'broken' : null
}
