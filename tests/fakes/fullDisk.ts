import type { AppDb } from '../../src/db/db.ts'
import Dexie from 'dexie'
import { vi } from 'vitest'

/**
 * Makes every write of one kind to one table fail as on a full phone, in transactions too; answers how to end it.
 * `room` = how many writes still succeed.
 */
export function fullFor(db: AppDb, table: string, write: 'add' | 'bulkPut', room = 0): () => void {
  const proto = db.Table.prototype as unknown as Record<string, (...args: unknown[]) => unknown>
  const real = proto[write]!
  const spy = vi.spyOn(proto, write).mockImplementation(function (this: { name: string }, ...args: unknown[]) {
    return this.name === table && room-- <= 0
      ? Dexie.Promise.reject(new DOMException('', 'QuotaExceededError'))
      : real.apply(this, args)
  })
  return () => spy.mockRestore()
}

/** Starts to watch `bulkPut`, in transactions too; the answer ends the watch and lists the written tables in order. */
export function writtenTables(db: AppDb): () => string[] {
  const spy = vi.spyOn(db.Table.prototype, 'bulkPut')
  return () => {
    const names = spy.mock.contexts.map(table => (table as unknown as { name: string }).name)
    spy.mockRestore()
    return names
  }
}
