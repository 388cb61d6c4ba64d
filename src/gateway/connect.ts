import type { RuntimeConfig } from './config.ts'
import type { Pace } from './pace.ts'
import type { Backend, Connection, SignIns } from './supabase.ts'
import { AuthClient, createClient } from '@supabase/supabase-js'
import { backoff } from '#domain/backoff.ts'
import { pageOwn } from './pace.ts'
import { Renewal } from './renewal.ts'
import { tokenSource } from './token.ts'
import { TOKEN_KEY } from './tokenKey.ts'

/** auth-js keeps what is here and forgets it in a page that has no storage. */
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

/** What a connection is given besides its configuration. */
export interface ConnectOptions { pace?: Pace, unreadable?: Connection['unreadable'] }

/** Connects by the run-time configuration. Sends nothing yet, unless a stored token is over. */
export function connect(config: RuntimeConfig, options: ConnectOptions = {}): Connection {
  const { pace = pageOwn, unreadable = () => {} } = options
  const url = (config.backend_url || globalThis.location.origin).replace(/\/+$/, '')
  const ears = new Map<string, (answer: Response) => void>()
  const heard = (send: typeof fetch): typeof fetch => async (input, init) => {
    const answer = await send(input, init)
    const name = /\/rpc\/(\w+)|\/auth\/v1\/(?:signup|token\?grant_type=password)/.exec(
      String(input instanceof Request ? input.url : input),
    )
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
