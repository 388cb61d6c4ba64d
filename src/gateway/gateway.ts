import type { Failure, RetryCode } from './errors.ts'
import type { PullAnswer, PullRequest, PushAnswer, PushRequest } from './wire.ts'
import { tokens } from './session.ts'

/** What a call answers: data, or why not, by code. Never throws. */
export type Answer<T> = { ok: true, data: T } | { ok: false, failure: Failure }
export interface CallOptions { signal?: AbortSignal }
export type AuthEvent = 'signed_in' | 'signed_out' | 'refreshed'

/**
 * What came of asking for a new token. refused: only the person can help, by signing in again; retry: not now, and the
 * session stays; `after_s` = how long the server asks to wait, in seconds.
 */
export type RenewalOutcome = 'ok' | 'refused' | { kind: 'retry', code: RetryCode, after_s: number | null }

/** What a listener to doorbells hears. */
export interface Ear {
  /**
   * something is new: pull at a random moment within `spread_ms` (0: at once). No other ring of this topic comes much
   * sooner than that
   */
  ring: (spread_ms: number) => void
  /** a topic was joined, or joined again: what came in between was not heard */
  joined: () => void
  /** whether bells have been silent for a while; called when that changes, and perhaps twice */
  silent: (silent: boolean) => void
}

/** The server as the sync sees it. Supabase in the app; something else in tests. */
export interface Gateway {
  /** login id whose token would be sent now; null = none. Never awaits the network. */
  login: () => string | null
  push: (request: PushRequest, options?: CallOptions) => Promise<Answer<PushAnswer>>
  pull: (request: PullRequest, options?: CallOptions) => Promise<Answer<PullAnswer>>
  /** the same push as a request that outlives the page (pagehide); nobody sees its answer */
  pushOnLeave: (request: PushRequest) => void
  /** asks for a new token */
  refresh: () => Promise<RenewalOutcome>
  /** listens to doorbells. Returns the way to stop. */
  listen: (topics: string[], ear: Ear) => () => void
  /** tells of sign-in and sign-out. Returns the way to stop. */
  onAuth: (hear: (event: AuthEvent) => void) => () => void
}

/**
 * A gateway that is there at once while the real one is still loading, so that the first screen paints before
 * supabase-js is fetched.
 * @param ready the real one; null = it could not be loaded: every call answers as without a network
 */
export function deferredGateway(ready: Promise<Gateway | null>): Gateway {
  const notNow = { kind: 'retry', code: 'network', after_s: null } as const
  const silent = { ok: false, failure: notNow } as const
  const later = (start: (real: Gateway) => () => void): (() => void) => {
    let stop: (() => void) | null = null
    let stopped = false
    void ready.then((real) => { if (real && !stopped) stop = start(real) })
    return () => {
      stopped = true
      stop?.()
    }
  }
  return {
    login: () => tokens()?.login ?? null,
    push: async (request, options) => (await ready)?.push(request, options) ?? silent,
    pull: async (request, options) => (await ready)?.pull(request, options) ?? silent,
    pushOnLeave: request => void ready.then(real => real?.pushOnLeave(request)),
    refresh: async () => (await ready)?.refresh() ?? notNow,
    listen: (topics, ear) => later(real => real.listen(topics, ear)),
    onAuth: hear => later(real => real.onAuth(hear)),
  }
}
