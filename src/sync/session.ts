import type { OutboxRow } from '#db/db.ts'
import type { MutationArgs, MutationName } from '#domain/mutations.ts'
import type { Gateway } from '#gateway/gateway.ts'
import type { Sync } from './engine.ts'
import { correct, phoneNow, serverNow } from '#clock/clock.ts'
import { AppDb } from '#db/db.ts'
import { readMeta, writeMeta } from '#db/meta.ts'
import { uuidv7 } from '#domain/uuid.ts'
import { mutate } from '#mutators/mutate.ts'
import { createSync } from './engine.ts'
import { browserChannel, browserClock, browserLocks, browserPage } from './ports.ts'

/** One person's data and sync in this tab. */
export interface Session {
  login: string
  db: AppDb
  sync: Sync
  /** writes an intent and wakes the sync; resolves with the mutation id when the tap is safe on this phone */
  mutate: <N extends MutationName>(name: N, args: MutationArgs[N]) => Promise<string>
  /** a new id for the arguments of an intent */
  id: () => string
  /** fetches every scope from the start; rows stay until their replacement has come, unsent intents stay anyway */
  refetch: () => Promise<void>
  /** hears whether an older page keeps the database from being opened, and when it no longer does */
  onBlocked: (hear: (blocked: boolean) => void) => void
  /** stops the sync of this tab; the data stays */
  close: () => void
}

/** A new uuid from the clock and random bytes. */
export function newId(): string {
  return uuidv7(serverNow(), crypto.getRandomValues(new Uint8Array(10)))
}

/**
 * Opens the database of a login and starts its sync. It awaits nothing, so that the first screen paints from the disk.
 * @param login login id; the database is `redwhistle-<login>`
 * @param gateway the server
 */
export function openSession(login: string, gateway: Gateway): Session {
  const db = new AppDb(login)
  const ports = {
    db,
    login,
    gateway,
    clock: browserClock,
    locks: browserLocks,
    channel: browserChannel(`sync:${db.name}`),
    page: browserPage,
    random: Math.random,
    id: newId,
  }
  const sync = createSync(ports)
  // what any tab measured reaches this one as a row; the clock of this tab follows it
  sync.onStatus(({ offset }) => correct(offset))
  sync.start()
  return {
    login,
    db,
    sync,
    id: newId,
    mutate: (name, args) => mutate(db, name, args, { login, now: phoneNow, id: newId, kick: () => sync.kick() }),
    async refetch() {
      await writeMeta(db, { cursors: {} })
      sync.kick()
    },
    onBlocked(hear) {
      db.on('blocked', () => hear(true))
      db.on('ready', () => hear(false))
    },
    close() {
      sync.stop()
      db.close()
    },
  }
}

/** What signing out would lose: intents the server has not consumed, in the order they were made. */
export async function unsentItems(db: AppDb): Promise<OutboxRow[]> {
  return db.outbox.where('seq').above((await readMeta(db)).sent_lmid).toArray()
}

/** unsent: nothing was done, show the list and ask; gone: the data of this person has left this phone. */
export type LeaveOutcome = { status: 'unsent', items: OutboxRow[] } | { status: 'gone' }

/**
 * Deletes a person's data from this phone, after a last try to send. With unsent intents it stops and lists them,
 * unless the person has read the list and chosen to delete. A sign-out by the server never comes here.
 * @param session the person's
 * @param unsent 'keep' stops at unsent intents; 'delete' was chosen with the list in sight
 */
export async function leavePhone(session: Session, unsent: 'keep' | 'delete'): Promise<LeaveOutcome> {
  if ((await unsentItems(session.db)).length > 0) await session.sync.cycle()
  const items = await unsentItems(session.db)
  if (items.length > 0 && unsent === 'keep') return { status: 'unsent', items }
  session.close()
  await session.db.delete()
  return { status: 'gone' }
}

/**
 * Asks the browser to keep this app's data when room gets short. Chromium and Safari decide without a question to the
 * person, and asking again costs nothing.
 */
export async function keepData(): Promise<void> {
  await navigator.storage?.persist?.().catch(() => false)
}
