import type { Session } from './session.ts'
import { AppDb } from '#db/db.ts'
import { noteDefect } from '#db/defects.ts'
import { readMeta, writeMeta } from '#db/meta.ts'
import { peopleHere, SealedStore } from '#db/phone.ts'
import { hasSealed, hasSealKey, keepSealKey, restoreUnsent, sealUnsent } from './seal.ts'
import { clearKeys, clearShown } from './traces.ts'

/**
 * Logins whose data a page of an older release holds. A second request to the browser would wait behind the first one
 * without an answer, so these are not tried again before that page has closed.
 */
const held = new Set<string>()

/** Waits for the opening or deletion of a database; fails at once while an older page holds it. */
async function unlessHeld(login: string, db: AppDb, step: PromiseLike<unknown>): Promise<void> {
  let late = false
  held.add(login)
  const done = Promise.resolve(step).finally(() => {
    held.delete(login)
    if (late) db.close()
  })
  const blocked = new Promise<never>((_, reject) => db.on('blocked', () => {
    late = true
    reject(new Error('an older page holds the data'))
  }))
  await Promise.race([done, blocked])
}

/**
 * One person leaves: what is unsent is sealed, the rest goes. When the phone is too full to seal, or a page of an older
 * release holds the data, everything stays until the next try; the next sign-in does not wait for it.
 */
async function clearPerson(login: string, store: SealedStore): Promise<void> {
  if (held.has(login)) throw new Error('an older page holds the data')
  const db = new AppDb(login)
  try {
    await unlessHeld(login, db, db.open())
    await sealUnsent(db, login, store)
    await unlessHeld(login, db, db.delete())
  }
  finally {
    if (!held.has(login)) db.close()
  }
}

/**
 * Clears this phone of everybody but the person who uses it now. Unsent intents stay, sealed to their person. If nobody
 * uses it, all notifications are closed, because the data that would tell whose they are is deleted already.
 * @param user answers the login of the person who uses the phone, null = nobody; asked before each step, because
 * somebody may sign in meanwhile
 * @returns logins whose data could not be cleared; the next call tries again
 */
export async function clearPhone(user: () => string | null): Promise<string[]> {
  const left: string[] = []
  let gone = false
  const store = new SealedStore()
  try {
    for (const login of await peopleHere()) {
      if (login === user()) continue
      await clearPerson(login, store).then(() => { gone = true }, () => left.push(login))
    }
  }
  finally {
    store.close()
  }
  if (gone) sessionStorage.clear()
  clearKeys(user())
  // none of it is data, and a browser may lack any of these
  if (gone || user() === null) await clearShown().catch(() => undefined)
  return left
}

/** Asks the server for the person's key of 32 bytes; null when it cannot be asked now. */
type AskKey = () => Promise<Uint8Array<ArrayBuffer> | null>

/** Gets the key, keeps it, and brings back what this person left here; false when the server could not be asked. */
async function unseal({ db, login, sync }: Session, ask: AskKey): Promise<boolean> {
  const store = new SealedStore()
  try {
    // it could not be deleted when its person left: it fetches everything from the start, and takes taps again
    if ((await readMeta(db)).closing) await writeMeta(db, { closing: false, cursors: {} })
    const waiting = await hasSealed(login, store)
    if (!waiting && await hasSealKey(db)) return true
    const raw = await ask()
    if (raw === null) return false
    await keepSealKey(db, raw)
    if (waiting && await restoreUnsent(db, login, store, raw) > 0) sync.kick()
    return true
  }
  finally {
    store.close()
  }
}

/**
 * Fetches the key of the person, so that what is unsent can be sealed when they leave, and unseals what they left here
 * before. It tries again after each sync until it has the key.
 */
export function ownSeal(session: Session, ask: AskKey): void {
  let running = false
  const stop = session.sync.onStatus(({ state }) => {
    if (running || (state !== 'synced' && state !== 'sending')) return
    running = true
    unseal(session, ask).then(done => done ? stop() : (running = false), (error: unknown) => {
      running = false
      noteDefect('sync', 'unseal', error)
    })
  })
}
