import type { Table } from 'dexie'
import Dexie from 'dexie'

/**
 * Unsent intents of somebody who has left this phone. `iv` set: encrypted by AES-GCM with a key only the server gives, and only to them;
 * null: this phone never got the key (its browser has none, or it was never online), and the intents lie open rather than be lost.
 */
export interface SealedRow {
  i?: number, login: string, iv: Uint8Array<ArrayBuffer> | null, data: Uint8Array<ArrayBuffer>
}

/** What is kept for people who have left, apart from anybody's own database. */
export class SealedStore extends Dexie {
  declare sealed: Table<SealedRow, number>

  constructor() {
    super('redwhistle-sealed', { chromeTransactionDurability: 'strict' })
    this.version(1).stores({ sealed: '++i, login' })
  }
}
