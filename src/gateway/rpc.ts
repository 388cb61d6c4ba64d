import type { Answer, CallOptions } from './gateway.ts'
import type { Wire } from './supabase.ts'
import type { PullAnswer, PullRequest, PushAnswer, PushRequest } from './wire.ts'
import { failureOf, secondsOf } from './errors.ts'
import { SCHEMA } from './wire.ts'

/** Every request is given up after this long. */
export const TIMEOUT_MS = 15_000

/** Waits for `work` at most 15 s: supabase-js may refresh a token before it sends, and that wait hears no signal. */
function within<T>(work: PromiseLike<T>, late: T): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, TIMEOUT_MS + 1000, late)
    const done = (value: T): void => {
      clearTimeout(timer)
      resolve(value)
    }
    work.then(done, () => done(late))
  })
}

const NOBODY = { data: null, error: { code: '', details: '' }, status: 0, after_s: null }

/** Seconds to wait as the body says them: a gateway may keep the header from a page of another origin. */
function secondsIn(details: string | null): number | null {
  return details !== null && /^\d{1,4}$/.test(details) ? Number(details) : null
}

async function send(connection: Wire, name: string, args: object, options: CallOptions): Promise<typeof NOBODY> {
  const signals = [AbortSignal.timeout(TIMEOUT_MS), ...options.signal ? [options.signal] : []]
  let after_s: number | null = null
  connection.onAnswer(name, (answer) => { after_s = secondsOf(answer.headers.get('Retry-After'), Date.now()) })
  const { data, error, status } = await connection.client.rpc(name as never, args as never).abortSignal(AbortSignal.any(signals))
  return { data: data as null, error: error as typeof NOBODY['error'], status, after_s: after_s as null }
}

/** Calls one function of schema `api`. Answers data or a failure by code; never throws. */
export async function call<T>(connection: Wire, name: string, args: object, options: CallOptions = {}): Promise<Answer<T>> {
  const { data, error, status, after_s } = await within(send(connection, name, args, options), NOBODY)
  if (error === null) return { ok: true, data: data as T }
  return { ok: false, failure: failureOf({ status, code: error.code || null, after_s: after_s ?? secondsIn(error.details) }) }
}

/** Sends mutations, in order. */
export function push(connection: Wire, { client, muts }: PushRequest, options?: CallOptions): Promise<Answer<PushAnswer>> {
  return call(connection, 'push', { p_client: client, p_schema: SCHEMA, p_muts: muts }, options)
}

/** Asks for what is new since the cursors. */
export function pull(connection: Wire, { client, cursors, epoch, limit }: PullRequest, options?: CallOptions): Promise<Answer<PullAnswer>> {
  return call(connection, 'pull', { p_client: client, p_schema: SCHEMA, p_cursors: cursors, p_epoch: epoch, p_limit: limit }, options)
}

/** The same push as a request the browser finishes after the page is gone (≤ 64 KB). Its answer is lost; the next push repeats it. */
export function pushOnLeave({ url, key }: Wire, token: string, { client, muts }: PushRequest): void {
  const headers = { 'apikey': key, 'authorization': `Bearer ${token}`, 'content-type': 'application/json', 'content-profile': 'api' }
  const body = JSON.stringify({ p_client: client, p_schema: SCHEMA, p_muts: muts })
  fetch(`${url}/rest/v1/rpc/push`, { method: 'POST', keepalive: true, headers, body }).catch(() => {})
}
