import type { Failure, RetryCode } from './errors.ts'
import type { PullAnswer, PullRequest, PushAnswer, PushRequest } from './wire.ts'

/** What a call answers: data, or why not, by code. Never throws. */
export type Answer<T> = { ok: true, data: T } | { ok: false, failure: Failure }
export interface CallOptions { signal?: AbortSignal }
export type AuthEvent = 'signed_in' | 'signed_out' | 'refreshed'

/** What asking for a new token came to. refused: only the person can help, by signing in again; retry: not now, and the session stays. */
export type Renewed = 'ok' | 'refused' | { kind: 'retry', code: RetryCode, after_s: number | null }

/** Who listens to doorbells. */
export interface Ear {
  /** something is new; pull within `spread_ms`, at a moment of one's own (0: at once). No other ring of this topic comes much sooner than that. */
  ring: (spread_ms: number) => void
  /** a topic was joined, or joined again: what came in between was not heard */
  joined: () => void
  /** whether bells have been silent for a while; told when it changes, and may be told twice */
  silent: (silent: boolean) => void
}

/** The server as the sync sees it. Supabase in the app; something else in tests. */
export interface Gateway {
  /** login id whose token would be sent now; null = none. Never awaits the network. */
  login: () => string | null
  push: (request: PushRequest, options?: CallOptions) => Promise<Answer<PushAnswer>>
  pull: (request: PullRequest, options?: CallOptions) => Promise<Answer<PullAnswer>>
  /** the same push, as a request that outlives the page (pagehide); its answer is never seen */
  pushOnLeave: (request: PushRequest) => void
  /** asks for a new token */
  refresh: () => Promise<Renewed>
  /** listens to doorbells. Returns the way to stop. */
  listen: (topics: string[], ear: Ear) => () => void
  /** tells of sign-in and sign-out. Returns the way to stop. */
  onAuth: (hear: (event: AuthEvent) => void) => () => void
}
