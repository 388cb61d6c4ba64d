import type { AppDb } from '#db/db.ts'
import type { Gateway } from '#gateway/gateway.ts'

/** Time. `after` runs once, `ms` later; the answer stops it. */
export interface Clock { now: () => number, after: (ms: number, run: () => void) => () => void }
/** One holder at a time among the tabs of a person. `hold` waits for the turn, runs, and lets go when `work` ends or the signal stops it. */
export interface Locks { hold: (name: string, signal: AbortSignal, work: () => Promise<void>) => Promise<void> }
/** Words between tabs of a person. */
export interface Channel { post: (message: TabMessage) => void, hear: (on: (message: TabMessage) => void) => () => void, close: () => void }
/** kick: an intent was written. health: how the syncing tab fares. */
export type TabMessage = { kind: 'kick' } | { kind: 'health', health: import('./status.ts').Health }
/** The page: `hear` reports visible, online, focus and hide. */
export interface Page { visible: () => boolean, hear: (on: (event: 'wake' | 'hide') => void) => () => void }

/** Everything the sync touches, so that a test can play all of it. */
export interface SyncPorts {
  db: AppDb
  /** login id this database belongs to */
  login: string
  gateway: Gateway
  clock: Clock
  locks: Locks
  channel: Channel
  page: Page
  /** 0 ≤ x < 1 */
  random: () => number
  /** a new uuid */
  id: () => string
}
