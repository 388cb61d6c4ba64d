import type { AppDb, DraftRow, NoteRow, OutboxRow } from '#db/db.ts'
import type { SealedRow, SealedStore } from '#db/phone.ts'
import { readMeta, writeMeta } from '#db/meta.ts'
import { nextPlace } from '#db/outbox.ts'
import { writing } from '#db/write.ts'
import { unsentItems } from './session.ts'

/** Meta key of the sealing key. */
const SEAL_KEY = 'seal_key'

/** Keeps a person's key beside their data. It only encrypts, cannot be read out, and goes with the database. */
export async function keepSealKey(db: AppDb, raw: Uint8Array<ArrayBuffer>): Promise<void> {
  if (!globalThis.crypto.subtle) return // a page that is neither https nor localhost
  const value = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  await db.meta.put({ k: SEAL_KEY, value })
}

/** Has this phone the key of its person? */
export async function hasSealKey(db: AppDb): Promise<boolean> {
  return await db.meta.get(SEAL_KEY) !== undefined
}

/** What a person leaves behind: intents the server has not consumed, and what they typed and did not send. */
interface Left { rows: OutboxRow[], notes: NoteRow[], drafts: DraftRow[] }

async function leftIn(db: AppDb): Promise<Left> {
  const [rows, notes, drafts] = await Promise.all([unsentItems(db), db.note.toArray(), db.draft.toArray()])
  return { rows, notes, drafts }
}

/** Null = nothing is left to seal. Without a key only intents stay: they lie open, and words of a person must not. */
async function sealed(db: AppDb, login: string, left: Left): Promise<SealedRow | null> {
  const key = (await db.meta.get(SEAL_KEY))?.value as CryptoKey | undefined
  const kept = key ? left : { rows: left.rows, notes: [], drafts: [] }
  if (Object.values(kept).every(list => list.length === 0)) return null
  const data = new TextEncoder().encode(JSON.stringify(kept))
  if (!key) return { login, iv: null, data }
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const algorithm = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(login) }
  const closed = await crypto.subtle.encrypt(algorithm, key, data)
  return { login, iv, data: new Uint8Array(closed) }
}

/**
 * Moves what is unsent and what was typed out of a database that is about to be deleted. It closes the outbox in the
 * same transaction that finds it unchanged, so that a tap in another tab is either sealed too or refused while the
 * person looks at it.
 * @returns how many intents were sealed
 * @throws DbError or Dexie's error when the phone is full: then nothing may be deleted
 */
export async function sealUnsent(db: AppDb, login: string, store: SealedStore): Promise<number> {
  for (;;) {
    const left = await leftIn(db)
    const { rows } = left
    const row = await sealed(db, login, left)
    if (row) await store.sealed.add(row)
    const known = new Set(rows.map(row => row.id))
    const unchanged = await writing(db, [], async (tables) => {
      const { sent_lmid } = await readMeta(tables)
      const now = await tables.outbox.where('seq').above(sent_lmid).toArray()
      if (now.some(row => !known.has(row.id))) return false
      await writeMeta(tables, { closing: true })
      return true
    })
    if (unchanged) return rows.length
  }
}

/** Releases before this one sealed a list of intents. */
function parsed(data: ArrayBuffer | Uint8Array<ArrayBuffer>): Left {
  const found = JSON.parse(new TextDecoder().decode(data)) as Left | OutboxRow[]
  return Array.isArray(found) ? { rows: found, notes: [], drafts: [] } : found
}

async function opened(row: SealedRow, raw: Uint8Array<ArrayBuffer> | null): Promise<Left | null> {
  if (row.iv === null) return parsed(row.data)
  if (raw === null) return null
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
  const algorithm = { name: 'AES-GCM', iv: row.iv, additionalData: new TextEncoder().encode(row.login) }
  // sealed with another key, or damaged since: it must not hold up what can be opened
  const plain = await crypto.subtle.decrypt(algorithm, key, row.data).catch(() => null)
  return plain === null ? null : parsed(plain)
}

/** Is something sealed for this person on this phone? */
export async function hasSealed(login: string, store: SealedStore): Promise<boolean> {
  return await store.sealed.where('login').equals(login).count() > 0
}

/** Puts back what was typed, where nothing newer was typed at the same place since. */
async function restoreTyped(db: AppDb, all: readonly Left[]): Promise<void> {
  await db.transaction('rw', db.note, db.draft, async () => {
    const notes = await db.note.toCollection().primaryKeys()
    const drafts = await db.draft.toCollection().primaryKeys()
    await db.note.bulkPut(all.flatMap(one => one.notes).filter(row => !notes.includes(row.id)))
    await db.draft.bulkPut(all.flatMap(one => one.drafts).filter(row => !drafts.includes(row.id)))
  })
}

/**
 * Puts a person's sealed intents back into their outbox, in their order and under their own ids, and what they had
 * typed, then forgets the sealed copy. When it breaks off in between, an intent is sent twice under one id, and the
 * server answers both alike.
 * @param db the person's new database
 * @param login their login id
 * @param store where the sealed intents lie
 * @param raw the key; null = only what was never encrypted comes back
 * @returns how many came back; what this key cannot open stays
 */
export async function restoreUnsent(
  db: AppDb, login: string, store: SealedStore, raw: Uint8Array<ArrayBuffer> | null,
): Promise<number> {
  const found = await store.sealed.where('login').equals(login).toArray()
  const all = await Promise.all(found.map(async row => ({ i: row.i!, left: await opened(row, raw) })))
  const lefts = all.flatMap(one => one.left ?? [])
  if (lefts.length === 0) return 0
  await restoreTyped(db, lefts)
  const known = new Map(lefts.flatMap(one => one.rows).map(row => [row.id, row]))
  const back = await writing(db, [], async (tables) => {
    const here = new Set((await tables.outbox.toArray()).map(row => row.id))
    const { seq } = await nextPlace(tables)
    const missing = [...known.values()].filter(row => !here.has(row.id))
    const state = (row: OutboxRow): OutboxRow['state'] => row.state === 'parked' ? 'parked' : 'pending'
    const rows = missing.map((row, n) => ({ ...row, seq: seq + n, state: state(row) }))
    await tables.outbox.bulkAdd(rows)
    return rows.length
  })
  await store.sealed.bulkDelete(all.filter(one => one.left !== null).map(one => one.i))
  return back
}
