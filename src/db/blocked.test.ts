import { randomUUID } from 'node:crypto'
import { indexedDB } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { AppDb } from './db.ts'
import '../../tests/fakes/indexeddb.ts'

/** A page of an older release that does not let go. */
async function olderPage(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 5)
    request.onupgradeneeded = () =>
      request.result.createObjectStore('meta', { keyPath: 'k' }).put({ k: 'client_id', value: 'kept' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error('not opened', { cause: request.error }))
  })
}

it('says that an older page holds the data, and goes on with what was there when that page has closed', async () => {
  const login = randomUUID()
  const old = await olderPage(`redwhistle-${login}`)
  const db = new AppDb(login)
  const heard: boolean[] = []
  const blocked = new Promise<void>((resolve) => {
    db.on('blocked', () => {
      heard.push(true)
      resolve()
    })
  })
  db.on('ready', () => void heard.push(false))
  const read = db.meta.get('client_id')
  await blocked
  expect(heard).toEqual([true])
  old.close()
  expect(await read).toEqual({ k: 'client_id', value: 'kept' })
  expect(heard).toEqual([true, false])
  await db.delete()
})

it('lets a newer page have the data, and can still read and write its own tables afterwards', async () => {
  const db = new AppDb(randomUUID())
  await db.meta.put({ k: 'client_id', value: 'mine' })
  const newer = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(db.name, db.verno * 10 + 10)
    request.onupgradeneeded = () => request.result.createObjectStore('a_new_table', { keyPath: 'id' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error('not opened', { cause: request.error }))
  })
  await db.meta.put({ k: 'schema', value: 1 })
  expect(await db.meta.get('client_id')).toEqual({ k: 'client_id', value: 'mine' })
  newer.close()
  await db.delete()
})
