import type { Table } from 'dexie'
import Dexie from 'dexie'

/** Does this phone hold the data of a login? Asking makes no database; opening one would. */
export function holdsDataOf(login: string): Promise<boolean> {
  return Dexie.exists(`redwhistle-${login}`)
}

const OWN = /^redwhistle-([0-9a-f]{8}-[0-9a-f-]{27})$/

/** Logins whose data lies on this phone. */
export async function peopleHere(): Promise<string[]> {
  const names = await Dexie.getDatabaseNames()
  return names.flatMap(name => OWN.exec(name)?.[1] ?? [])
}

/**
 * Unsent intents of somebody who has left this phone. `iv` set: they are encrypted by AES-GCM with a key that the
 * server gives to that person only. `iv` null: this phone never got the key (its browser cannot encrypt, or it was
 * never online), and the intents lie open, because otherwise they would be lost.
 */
export interface SealedRow {
  i?: number, login: string, iv: Uint8Array<ArrayBuffer> | null, data: Uint8Array<ArrayBuffer>
}

/** The intents of people who have left this phone, apart from every person's own database. */
export class SealedStore extends Dexie {
  declare sealed: Table<SealedRow, number>

  constructor() {
    super('redwhistle-sealed', { chromeTransactionDurability: 'strict' })
    this.version(1).stores({ sealed: '++i, login' })
  }
}
