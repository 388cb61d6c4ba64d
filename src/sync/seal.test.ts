import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { readMeta, writeMeta } from '#db/meta.ts'
import { SealedStore } from '#db/phone.ts'
import { mutate } from '#mutators/mutate.ts'
import { keepDraft, readDraft } from '#queries/draftRows.ts'
import { readNote, saveNote } from '#queries/handoverNote.ts'
import { clock } from '../../tests/clock.ts'
import { fullFor } from '../../tests/fakes/fullDisk.ts'
import { hasSealed, keepSealKey, restoreUnsent, sealUnsent } from './seal.ts'
import '../../tests/fakes/indexeddb.ts'

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i)
let login: string
let db: AppDb
let store: SealedStore
beforeEach(() => {
  login = randomUUID()
  db = new AppDb(login)
  store = new SealedStore()
})
afterEach(async () => {
  await db.delete()
  await store.delete()
})

const tap = async (given: boolean): Promise<string> => {
  const id = randomUUID()
  return mutate(db, 'set_consent', { purpose: 'public_display', given }, {
    login,
    now: () => Date.parse('2026-11-28T02:00:00Z'),
    id: () => id,
  })
}

it('gives back every intent under its own id and in its order, and nothing can be read meanwhile', async () => {
  await keepSealKey(db, KEY)
  const made = [await tap(true), await tap(false), await tap(true)]
  expect(await sealUnsent(db, login, store)).toBe(3)
  const [row] = await store.sealed.toArray()
  const seen = new TextDecoder('latin1').decode(row!.data)
  expect(seen).not.toMatch(/set_consent|public_display/)
  expect(seen).not.toContain(made[0])
  await db.delete()
  db = new AppDb(login)
  await tap(true)
  expect(await restoreUnsent(db, login, store, KEY)).toBe(3)
  expect((await db.outbox.toArray()).map(r => [r.seq, r.id, r.state])).toEqual([
    [1, expect.any(String), 'pending'],
    ...made.map((id, i) => [i + 2, id, 'pending']),
  ])
  expect(await hasSealed(login, store)).toBe(false)
})

it('opens for nobody else, and keeps what it cannot open', async () => {
  await keepSealKey(db, KEY)
  await tap(true)
  await sealUnsent(db, login, store)
  expect(await restoreUnsent(db, login, store, KEY.map(b => b + 1))).toBe(0)
  await writeMeta(db, { closing: false })
  expect(await restoreUnsent(db, login, store, null)).toBe(0)
  expect(await hasSealed(login, store)).toBe(true)
})

it('gives back what can be opened beside what was harmed', async () => {
  await keepSealKey(db, KEY)
  await tap(true)
  await sealUnsent(db, login, store)
  const [good] = await store.sealed.toArray()
  await store.sealed.add({ login, iv: good!.iv, data: good!.data.map(b => b ^ 1) })
  await db.delete()
  db = new AppDb(login)
  expect(await restoreUnsent(db, login, store, KEY)).toBe(1)
  expect(await store.sealed.count()).toBe(1)
})

it('leaves what the server has consumed, and takes no tap while its person is leaving', async () => {
  await tap(true)
  await writeMeta(db, { sent_lmid: 1 })
  expect(await sealUnsent(db, login, store)).toBe(0)
  await expect(tap(false)).rejects.toMatchObject({ code: 'closed' })
  expect((await readMeta(db)).closing).toBe(true)
})

it('without a key the intents lie open, so that they are not lost; a second time brings no double', async () => {
  const id = await tap(true)
  await sealUnsent(db, login, store)
  await writeMeta(db, { closing: false })
  await sealUnsent(db, login, store)
  await db.delete()
  db = new AppDb(login)
  expect(await restoreUnsent(db, login, store, null)).toBe(1)
  expect((await db.outbox.toArray()).map(r => r.id)).toEqual([id])
})

it('on a full phone nothing is closed and nothing is lost', async () => {
  await tap(true)
  await store.open()
  const room = fullFor(store as never, 'sealed', 'add')
  await expect(sealUnsent(db, login, store)).rejects.toThrow()
  room()
  expect((await readMeta(db)).closing).toBe(false)
  expect(await db.outbox.count()).toBe(1)
})

/** What is typed on this phone and not sent. */
async function type(text: string): Promise<void> {
  await keepDraft(db, 'feedback', { text }, clock.now())
  await saveNote(db, 'shift', { done: text, todo: '', supplies: '', risks: '' }, clock.stamp())
}
const typed = async (): Promise<unknown[]> =>
  [await readDraft(db, 'feedback'), (await readNote(db, 'shift')).done]

it('gives back what was typed, and nothing of it can be read meanwhile', async () => {
  await keepSealKey(db, KEY)
  await type('路灯坏了')
  expect(await sealUnsent(db, login, store)).toBe(0)
  const [row] = await store.sealed.toArray()
  expect(new TextDecoder().decode(row!.data)).not.toContain('路灯')
  await db.delete()
  db = new AppDb(login)
  await restoreUnsent(db, login, store, KEY)
  expect(await typed()).toEqual([{ text: '路灯坏了' }, '路灯坏了'])
  expect(await hasSealed(login, store)).toBe(false)
})

it('keeps what was typed since, and lets no words lie open where the phone has no key', async () => {
  await keepSealKey(db, KEY)
  await type('旧')
  await sealUnsent(db, login, store)
  await db.delete()
  db = new AppDb(login)
  await type('新')
  await restoreUnsent(db, login, store, KEY)
  expect(await typed()).toEqual([{ text: '新' }, '新'])
  await sealUnsent(db, login, store)
  expect(await store.sealed.count()).toBe(0)
})

it('opens what an older release sealed', async () => {
  await tap(true)
  const data = new TextEncoder().encode(JSON.stringify(await db.outbox.toArray()))
  await store.sealed.add({ login, iv: null, data })
  await db.delete()
  db = new AppDb(login)
  expect(await restoreUnsent(db, login, store, null)).toBe(1)
})
