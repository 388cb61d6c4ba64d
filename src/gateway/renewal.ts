import type { Failure } from './errors.ts'
import type { RenewalOutcome } from './gateway.ts'
import { serverNow } from '#clock/clock.ts'
import { backoffAfter } from '#domain/backoff.ts'
import { failureOf, secondsOf } from './errors.ts'
import { storedSession } from './session.ts'

/** Time and chance of one page. `after` calls `run` once, `ms` later; what it returns stops it. */
export interface Pace { after: (ms: number, run: () => void) => () => void, random: () => number }

/** Time and chance of this page. */
export const pageOwn: Pace = {
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Why there is no new token yet, and how long the server asked to be left alone, in seconds. */
export type Setback = Exclude<RenewalOutcome, string>

/** The codes by which GoTrue says that a refresh token is dead. After any other code the session may well be alive. */
const DEAD = new Set([
  'refresh_token_not_found', 'refresh_token_already_used', 'session_not_found', 'session_expired',
  'user_banned', 'user_not_found', 'validation_failed', 'invalid_grant',
])
const TIMEOUT_MS = 15_000

/** auth-js takes this answer for the end of the session; it gets it only while the person is signing out. */
function gone(): Response {
  const code = 'refresh_token_not_found'
  return Response.json({ code, error_code: code, msg: 'signing out' }, { status: 400 })
}

async function bodyOf(answer: Response): Promise<Record<string, unknown>> {
  const body: unknown = await answer.clone().json().catch(() => null)
  return typeof body === 'object' && body !== null ? body as Record<string, unknown> : {}
}

/** Why to ask again; null = the server gave tokens, or said that the refresh token is dead. */
async function setbackOf(answer: Response): Promise<Setback | null> {
  const body = await bodyOf(answer)
  // a captive portal answers 200 to everything
  if (answer.ok) {
    return typeof body.access_token === 'string' && typeof body.refresh_token === 'string'
      ? null
      : { kind: 'retry', code: 'network', after_s: null }
  }
  const code = [body.error_code, body.code, body.error].find(c => typeof c === 'string') ?? null
  if (answer.status < 500 && code !== null && DEAD.has(code)) return null
  const after_s = secondsOf(answer.headers.get('Retry-After'), serverNow())
  const failure: Failure = failureOf({ status: answer.status, code: null, after_s })
  return failure.kind === 'retry' ? failure : { kind: 'retry', code: 'server', after_s }
}

/** The refresh token of a request by which auth-js asks for new tokens; null for any other request. */
function refreshTokenOf(input: RequestInfo | URL, init: RequestInit | undefined): string | null {
  if (!/\/token\?(?:.*&)?grant_type=refresh_token(?:&|$)/.test(String(input instanceof Request ? input.url : input)))
    return null
  return (JSON.parse(String(init?.body)) as { refresh_token?: string }).refresh_token ?? ''
}

/**
 * The fetch of the sign-in library. auth-js deletes the session when a refresh is answered with anything but success or
 * an outage, and behind one address the 31st phone that wakes in a call-out is answered 429. So for auth-js a refresh
 * is one request, which lasts until the server has given tokens or said that the refresh token is dead. In between the
 * server is asked again, with backoff and jitter, and nothing else waits for it.
 */
export class Renewal {
  readonly #pace: Pace
  #attempt = 0
  #setback: Setback | null = null
  #leaving = false
  /** the refresh token that is being traded */
  #token: string | null = null
  #wake: () => void = () => {}
  readonly #ears = new Set<(setback: Setback) => void>()

  constructor(pace: Pace) {
    this.#pace = pace
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const token = refreshTokenOf(input, init)
    return token === null ? fetch(input, init) : this.#converse(token, input, init)
  }

  /** Why there is no new token at the moment; null = nothing failed lately. */
  get setback(): Setback | null {
    return this.#setback
  }

  /** Hears the next setback. Returns the way to stop listening. */
  onSetback(hear: (setback: Setback) => void): () => void {
    this.#ears.add(hear)
    return () => this.#ears.delete(hear)
  }

  /** The network may be back, or other tokens are stored: asks again now, unless the server asked to be left alone. */
  wake(): void {
    if (this.#setback?.code === 'network' || storedSession()?.refresh_token !== this.#token) this.#wake()
  }

  /** While `work` runs a refresh is tried once and not waited for: the person is signing out. */
  async hurry<T>(work: () => Promise<T>): Promise<T> {
    this.#leaving = true
    this.#wake()
    try {
      return await work()
    }
    finally {
      this.#leaving = false
    }
  }

  async #converse(token: string, input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> {
    this.#token = token
    for (;;) {
      const answer = await this.#ask(input, init)
      const setback = answer ? await setbackOf(answer) : { kind: 'retry', code: 'network', after_s: null } as const
      if (answer && !setback) return this.#over(answer)
      if (this.#leaving) return this.#over(gone())
      await this.#rest(setback!)
      const now = storedSession()
      if (this.#leaving || !now) return this.#over(gone())
      // another tab, or a new sign-in: auth-js discards what it is given and reads what is stored
      if (now.refresh_token !== token) return this.#over(Response.json(now))
    }
  }

  async #ask(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response | null> {
    try {
      return await fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
    }
    catch {
      return null
    }
  }

  #over(answer: Response): Response {
    this.#attempt = 0
    this.#setback = null
    return answer
  }

  #rest(setback: Setback): Promise<void> {
    const ms = backoffAfter(++this.#attempt, setback.after_s, this.#pace.random())
    this.#setback = setback
    return new Promise((resolve) => {
      const stop = this.#pace.after(ms, resolve)
      this.#wake = () => {
        stop()
        resolve()
      }
      for (const ear of this.#ears) ear(setback)
      this.#ears.clear()
    })
  }
}
