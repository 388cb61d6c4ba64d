import type { GenericSchema } from 'valibot'
import type { Answer, CallOptions } from './gateway.ts'
import type { Wire } from './supabase.ts'
import type { ArgsOf, FunctionName, PullAnswer, PullRequest, PushAnswer, PushRequest } from './wire.ts'
import { serverNow } from '#clock/clock.ts'
import { failureOf, secondsOf } from './errors.ts'
import { PULL_ANSWER, PUSH_ANSWER, readAnswer, SCHEMA } from './wire.ts'

/** Every request is given up after this long. */
const TIMEOUT_MS = 15_000

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

const NO_JSON = { ok: false, field: 'all' } as const
const NOBODY = { data: null, error: { code: '', details: '' }, status: 0, after_s: null }

/** Seconds to wait as the body says them: a gateway may keep the header from a page of another origin. */
function secondsIn(details: string | null): number | null {
  return details !== null && /^\d{1,4}$/.test(details) ? Number(details) : null
}

async function send(connection: Wire, name: FunctionName, args: object, options: CallOptions): Promise<typeof NOBODY> {
  const signals = [AbortSignal.timeout(TIMEOUT_MS), ...options.signal ? [options.signal] : []]
  let after_s: number | null = null
  connection.onAnswer(name, (answer) => { after_s = secondsOf(answer.headers.get('Retry-After'), serverNow()) })
  const request = connection.client.rpc(name as never, args as never)
  const { data, error, status } = await request.abortSignal(AbortSignal.any(signals))
  return { data: data as null, error: error as typeof NOBODY['error'], status, after_s: after_s as null }
}

/**
 * Calls one function of schema `api` and reads its answer. Answers data or a failure by code; never throws.
 * An answer of another shape is `unreadable`: nothing of it is used, and the wire is told which function and where.
 */
export async function call<N extends FunctionName, T>(
  connection: Wire, name: N, args: ArgsOf<N>, shape: GenericSchema<unknown, T>, options: CallOptions = {},
): Promise<Answer<T>> {
  const { data, error, status, after_s } = await within(send(connection, name, args, options), NOBODY)
  // a success without JSON is not our server's: a network that wants a sign-in answers like this
  const foreign = error !== null && status >= 200 && status < 300
  if (error !== null && !foreign) {
    const wait = after_s ?? secondsIn(error.details)
    return { ok: false, failure: failureOf({ status, code: error.code || null, after_s: wait }) }
  }
  const found = foreign ? NO_JSON : readAnswer(shape, data)
  if (found.ok) return found
  connection.unreadable(name, found.field)
  return { ok: false, failure: { kind: 'unreadable' } }
}

function pushArgs({ client, muts }: PushRequest): ArgsOf<'push'> {
  return { p_client: client, p_schema: SCHEMA, p_muts: muts }
}

/** Sends mutations, in order. */
export function push(connection: Wire, request: PushRequest, options?: CallOptions): Promise<Answer<PushAnswer>> {
  return call(connection, 'push', pushArgs(request), PUSH_ANSWER, options)
}

/** Asks for what is new since the cursors. */
export function pull(connection: Wire, request: PullRequest, options?: CallOptions): Promise<Answer<PullAnswer>> {
  const { client, cursors, epoch, limit } = request
  const args: ArgsOf<'pull'> = {
    p_client: client, p_schema: SCHEMA, p_cursors: cursors, p_epoch: epoch, p_limit: limit,
  }
  return call(connection, 'pull', args, PULL_ANSWER, options)
}

/**
 * The same push as a request that the browser finishes after the page is gone (≤ 64 KB). Its answer is lost; the next
 * push repeats it.
 */
export function pushOnLeave({ url, key }: Wire, token: string, request: PushRequest): void {
  const headers = {
    'apikey': key,
    'authorization': `Bearer ${token}`,
    'content-type': 'application/json',
    'content-profile': 'api',
  }
  const body = JSON.stringify(pushArgs(request))
  fetch(`${url}/rest/v1/rpc/push`, { method: 'POST', keepalive: true, headers, body }).catch(() => {})
}
