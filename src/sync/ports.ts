import type { AppDb } from '#db/db.ts'
import type { Gateway } from '#gateway/gateway.ts'
import type { Health } from './status.ts'
import { phoneNow } from '#clock/clock.ts'

/** Time in ms. `after` calls `run` once, `ms` later; what it returns stops it. */
export interface Clock { now: () => number, after: (ms: number, run: () => void) => () => void }
/**
 * One holder at a time among the tabs of a person. `hold` waits for the turn, runs `work`, and resolves when the work
 * has ended, when the signal stopped the wait, or when another tab took the lock away; `work` hears of both by its own
 * signal. `steal` takes the lock away from the tab that holds it.
 */
export interface Locks {
  hold: (name: string, signal: AbortSignal, work: (turn: AbortSignal) => Promise<void>, steal: boolean) => Promise<void>
}
/** Messages between the tabs of a person. */
export interface Channel {
  post: (message: TabMessage) => void, hear: (on: (message: TabMessage) => void) => () => void, close: () => void
}
/**
 * kick: an intent was written. health: how the last cycle of the leading tab ended. bell: whether it hears doorbells.
 * ask: is there a leader? here: its answer.
 */
export type TabMessage =
  | { kind: 'kick' | 'ask' | 'here' }
  | { kind: 'health', health: Health }
  | { kind: 'bell', silent: boolean }
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

/** Time of this browser, uncorrected: the sync measures lengths of time and the clock itself by it. */
export const browserClock: Clock = {
  now: phoneNow,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Web Locks. Where there are none, every tab leads at once, which is harmless and only makes more traffic. */
export const browserLocks: Locks = {
  async hold(name, signal, work, steal) {
    if (!('locks' in navigator)) return work(signal)
    const robbed = new AbortController()
    try {
      // who steals does not wait, so the browser refuses a signal beside `steal`
      const turn = AbortSignal.any([signal, robbed.signal])
      await navigator.locks.request(name, steal ? { steal } : { signal }, () => work(turn))
    }
    catch (error) {
      if ((error as Error | null)?.name !== 'AbortError') throw error
    }
    finally {
      robbed.abort()
    }
  },
}

/** Messages between the tabs that have this database open. */
export function browserChannel(name: string): Channel {
  const channel = new BroadcastChannel(name)
  return {
    post: message => channel.postMessage(message),
    hear(on) {
      const listener = (event: MessageEvent<TabMessage>): void => on(event.data)
      channel.addEventListener('message', listener)
      return () => channel.removeEventListener('message', listener)
    },
    close: () => channel.close(),
  }
}

/**
 * This page. It wakes when it becomes visible, gets the focus or the network back, and hides when it goes away;
 * Chromium says when it freezes.
 */
export const browserPage: Page = {
  visible: () => document.visibilityState === 'visible',
  hear(on) {
    const end = new AbortController()
    const when = (target: EventTarget, name: string, run: () => void): void =>
      target.addEventListener(name, run, { signal: end.signal })
    when(document, 'visibilitychange', () => on(document.visibilityState === 'visible' ? 'wake' : 'hide'))
    when(document, 'freeze', () => on('freeze'))
    when(document, 'resume', () => on('resume'))
    when(globalThis, 'online', () => on('wake'))
    when(globalThis, 'focus', () => on('wake'))
    when(globalThis, 'pagehide', () => on('hide'))
    return () => end.abort()
  },
}
