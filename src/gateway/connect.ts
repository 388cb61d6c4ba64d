import type { RuntimeConfig } from './config.ts'
import type { Gateway } from './gateway.ts'
import type { Pace } from './renewal.ts'
import type { Backend, Connection, SignIns } from './supabase.ts'
import { AuthClient, createClient } from '@supabase/supabase-js'
import { correctRoughly, phoneNow } from '#clock/clock.ts'
import { backoff } from '#domain/backoff.ts'
import { onAuth } from './auth.ts'
import { listen } from './realtime.ts'
import { pageOwn, Renewal } from './renewal.ts'
import { pull, push, pushOnLeave } from './rpc.ts'
import { TOKEN_KEY, tokens } from './session.ts'
import { refresh, tokenSource } from './token.ts'

/** Where auth-js keeps the tokens; a page without storage keeps none. */
const shelf = {
  getItem: (key: string) => globalThis.localStorage?.getItem(key) ?? null,
  setItem: (key: string, value: string) => globalThis.localStorage?.setItem(key, value),
  removeItem: (key: string) => globalThis.localStorage?.removeItem(key),
}

/** The sign-in library. It never renews a token by itself: `refresh` decides when, `Renewal` how. */
function signIns(url: string, key: string, send: typeof fetch): SignIns {
  return new AuthClient({
    url: `${url}/auth/v1`,
    headers: { apikey: key, Authorization: `Bearer ${key}` },
    fetch: send,
    storage: shelf,
    storageKey: TOKEN_KEY,
    persistSession: true,
    autoRefreshToken: false,
    detectSessionInUrl: false,
  })
}

/** A network that wants a sign-in answers with a page of its own, whose clock is not the server's. */
function isJson(answer: Response): boolean {
  return answer.headers.get('Content-Type')?.includes('application/json') ?? false
}

/** What a connection is given besides its configuration. */
export interface ConnectOptions { pace?: Pace, unreadable?: Connection['unreadable'] }

/** Connects by the run-time configuration. Sends nothing yet, unless a stored token is over. */
export function connect(config: RuntimeConfig, options: ConnectOptions = {}): Connection {
  const { pace = pageOwn, unreadable = () => {} } = options
  const url = (config.backend_url || globalThis.location.origin).replace(/\/+$/, '')
  const ears = new Map<string, (answer: Response) => void>()
  const heard = (send: typeof fetch): typeof fetch => async (input, init) => {
    const sent = phoneNow()
    const answer = await send(input, init)
    if (answer.ok && isJson(answer)) correctRoughly(answer.headers.get('Date'), sent)
    const to = String(input instanceof Request ? input.url : input)
    const name = /\/rpc\/(\w+)|\/auth\/v1\/(?:signup|token\?grant_type=password)/.exec(to)
    if (name) ears.get(name[1] ?? 'sign_in')?.(answer)
    return answer
  }
  const renewal = new Renewal(pace)
  const auth = signIns(url, config.publishable_key, heard(renewal.fetch))
  const client = createClient(url, config.publishable_key, {
    db: { schema: 'api' },
    global: { fetch: heard(fetch) },
    accessToken: tokenSource({ auth, renewal }, pace.random),
    // a server that comes back is not met by everybody at once
    realtime: { reconnectAfterMs: tries => backoff(tries, pace.random()) },
  }) as unknown as Backend
  auth.onAuthStateChange(() => {
    renewal.wake()
    client.realtime.setAuth().catch(() => {})
  })
  const key = config.publishable_key
  return { client, auth, renewal, url, key, unreadable, onAnswer: (name, hear) => ears.set(name, hear) }
}

/** The gateway over a real backend. */
export function createGateway(connection: Connection): Gateway {
  return {
    login: () => tokens()?.login ?? null,
    push: (request, options) => push(connection, request, options),
    pull: (request, options) => pull(connection, request, options),
    pushOnLeave: (request) => {
      const mine = tokens()
      if (mine) pushOnLeave(connection, mine.access_token, request)
    },
    refresh: () => refresh(connection),
    listen: (topics, ear) => listen(connection, topics, ear),
    onAuth: hear => onAuth(connection, hear),
  }
}
