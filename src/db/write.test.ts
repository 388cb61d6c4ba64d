import { randomUUID } from 'node:crypto'
import Dexie from 'dexie'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppDb } from './db.ts'
import { dbCodeOf, steady, writing } from './write.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
beforeEach(() => { db = new AppDb(randomUUID()) })
afterEach(() => db.delete())

const post = { id: 'p', _v: {} } as never

describe('who may write synced tables', () => {
  it('rejects a write outside enqueue and apply', async () => {
    await expect(db.rows('post').put(post)).rejects.toThrow('outside enqueue and apply')
    await expect(db.outbox.clear()).rejects.toThrow('outside enqueue and apply')
    await expect(db.transaction('rw', db.undo, () => db.undo.clear())).rejects.toThrow('outside enqueue and apply')
    expect(await db.rows('post').count()).toBe(0)
  })

  it('lets a permitted transaction write, and only that one', async () => {
    await writing(db, ['post'], async () => void await db.rows('post').put(post))
    expect(await db.rows('post').count()).toBe(1)
    await expect(db.rows('post').delete('p')).rejects.toThrow()
  })

  it('leaves the phone\'s own tables open', async () => {
    await db.meta.put({ k: 'x', value: 1 })
    await db.note.put({ id: 'n', done: '', todo: '', supplies: '', risks: '', saved_at: '' })
  })
})

describe('a connection that is lost', () => {
  it('is opened again once, and the work runs again', async () => {
    let runs = 0
    const answer = await steady(db, async () => {
      if (++runs === 1) throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
      return db.outbox.count()
    })
    expect([answer, runs]).toEqual([0, 2])
  })

  it('is an error by code when it is lost again', async () => {
    const work = (): Promise<never> => Promise.reject(new Dexie.DatabaseClosedError())
    await expect(steady(db, work)).rejects.toMatchObject({ name: 'DbError', code: 'closed' })
  })

  it('works after the browser closed the database under an open page', async () => {
    await db.open()
    db.close({ disableAutoOpen: false })
    await writing(db, ['post'], async () => void await db.rows('post').put(post))
    expect(await db.rows('post').count()).toBe(1)
  })
})

describe('codes of failures', () => {
  it('names a full phone, also inside an aborted transaction', async () => {
    const full = new DOMException('', 'QuotaExceededError')
    expect(dbCodeOf(full)).toBe('quota')
    expect(dbCodeOf(Object.assign(new Error('aborted'), { name: 'AbortError', inner: full }))).toBe('quota')
    await expect(steady(db, () => Promise.reject(full))).rejects.toMatchObject({ code: 'quota' })
  })

  it('leaves other errors alone', async () => {
    expect(dbCodeOf(new TypeError('x'))).toBeNull()
    await expect(steady(db, () => Promise.reject(new TypeError('x')))).rejects.toThrow(TypeError)
  })
})
