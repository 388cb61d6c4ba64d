import type { DBCore, DBCoreTable } from 'dexie'
import { randomUUID } from 'node:crypto'
import Dexie from 'dexie'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { mutate } from '#mutators/mutate.ts'
import { dropOldNotes, EMPTY_NOTE, NOTE_KEPT, readNote, saveNote } from './handoverNote.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
let login: string
beforeEach(() => {
  login = randomUUID()
  db = new AppDb(login)
})
afterEach(() => db.delete())

const NOW = Date.parse('2026-11-28T02:00:00.000Z')
const iso = (ms: number): string => new Date(ms).toISOString()
const NOTE = { done: '送药 3 户', todo: '502 回访', supplies: '盐 4 袋', risks: '北坡结冰' }

/** Everything read from the disk from now on, by any table. */
function reads(): unknown[] {
  const seen: unknown[] = []
  const kept = <R>(work: PromiseLike<R>): Promise<R> => Promise.resolve(work).then((r) => {
    seen.push(r)
    return r
  })
  const watched = (table: DBCoreTable): DBCoreTable => ({
    ...table,
    get: req => kept(table.get(req)) as never,
    getMany: req => kept(table.getMany(req)) as never,
    query: req => kept(table.query(req)) as never,
  })
  const create = (down: DBCore): DBCore => ({ ...down, table: name => watched(down.table(name)) })
  db.use({ stack: 'dbcore', name: 'reads', create })
  return seen
}

describe('a note of a handover', () => {
  it('is read back as it was saved, and is empty before', async () => {
    expect(await readNote(db, 'a')).toEqual(EMPTY_NOTE)
    await saveNote(db, 'a', NOTE, iso(NOW))
    expect(await readNote(db, 'a')).toEqual({ ...NOTE, saved_at: iso(NOW) })
    expect(await readNote(db, 'b')).toEqual(EMPTY_NOTE)
  })

  it('is read by no enqueue', async () => {
    for (const id of ['a', 'b', 'c']) await saveNote(db, id, NOTE, iso(NOW))
    db.close()
    const seen = reads()
    await db.open()
    const args = { assignment_id: 'a', reason: 'work' } as const
    await mutate(db, 'withdraw', args, { login, now: () => NOW, id: randomUUID })
    expect(await db.outbox.count()).toBe(1)
    expect(seen.length, 'an enqueue reads something').toBeGreaterThan(0)
    expect(JSON.stringify(seen)).not.toContain(NOTE.todo)
    await readNote(db, 'a')
    expect(JSON.stringify(seen), 'and this is how a read is seen').toContain(NOTE.todo)
  })

  it('is gone a week after it was last saved, by the round at the start and by the next note', async () => {
    await saveNote(db, 'old', NOTE, iso(NOW - NOTE_KEPT - 1))
    await saveNote(db, 'young', NOTE, iso(NOW - NOTE_KEPT))
    expect(await dropOldNotes(db, NOW)).toBe(1)
    expect((await db.note.toArray()).map(n => n.id)).toEqual(['young'])
    await saveNote(db, 'new', NOTE, iso(NOW + 1))
    expect((await db.note.toArray()).map(n => n.id)).toEqual(['new'])
  })

  it('moves out of the phone\'s own record when an older database is opened', async () => {
    const older = new Dexie(db.name)
    older.version(4).stores({ meta: 'k', notice: 'id' })
    const kept = { ...NOTE, saved_at: iso(NOW) }
    await older.table('meta').bulkPut([{ k: 'handover:a', value: kept }, { k: 'lmid', value: 3 }])
    older.close()
    expect(await readNote(db, 'a')).toEqual(kept)
    expect(await db.meta.toArray()).toEqual([{ k: 'lmid', value: 3 }])
  })
})
