import type { AppDb } from '#db/db.ts'
import type { Gateway } from '#gateway/gateway.ts'

/** Time. `after` runs once, `ms` later; the answer stops it. */
export interface Clock { now: () => number, after: (ms: number, run: () => void) => () => void }
/**
 * One holder at a time among the tabs of a person. `hold` waits for the turn, runs `work`, and resolves when it ended, when the signal
 * stopped the wait, or when another tab took the lock away; in the last case, and when the signal stops it, `work` hears so by its own signal.
 * `steal` takes the lock from whoever holds it.
 */
export interface Locks {
  hold: (name: string, signal: AbortSignal, work: (turn: AbortSignal) => Promise<void>, steal: boolean) => Promise<void>
}
/** Words between tabs of a person. */
export interface Channel {
  post: (message: TabMessage) => void, hear: (on: (message: TabMessage) => void) => () => void, close: () => void
}
/** kick: an intent was written. health: how the syncing tab fares. bell: whether it hears doorbells. ask and here: is there a leader, and its answer. */
export type TabMessage = {
  kind: 'kick' | 'ask' | 'here' } | { kind: 'health', health: import('./status.ts').Health } | { kind: 'bell'
    silent: boolean
  }
/** wake: visible, focus or online. freeze and resume: the browser stops its tasks, and lets them run again. */
export type PageEvent = 'wake' | 'hide' | 'freeze' | 'resume'
/** The page and what happens to it. */
export interface Page { visible: () => boolean, hear: (on: (event: PageEvent) => void) => () => void }

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
