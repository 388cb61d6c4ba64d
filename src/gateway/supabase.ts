import type { SupabaseClient } from '@supabase/supabase-js'
import type { RuntimeConfig } from './config.ts'
import type { Pace } from './pace.ts'
import { AuthClient, createClient } from '@supabase/supabase-js'
import { backoff } from '#domain/backoff.ts'
import { pageOwn } from './pace.ts'
import { Renewal } from './renewal.ts'
import { tokenSource } from './token.ts'
import { TOKEN_KEY } from './tokenKey.ts'

/** Signing in and out is not its business: it asks for the token it sends. */
export type Backend = Omit<SupabaseClient<never, 'api', 'api'>, 'auth'>
export type SignIns = InstanceType<typeof AuthClient>
/** The way to one backend. `url` has no slash at its end. */
export interface Wire {
  client: Backend
  url: string
  key: string
  /** hears the raw answers of one function, or of `sign_in`: supabase-js does not hand headers on */
  onAnswer: (name: string, hear: (answer: Response) => void) => void
}
/** The way to one backend, and who is signed in there. */
export interface Connection extends Wire { auth: SignIns, renewal: Renewal }

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

/** Connects by the run-time configuration. Sends nothing yet, unless a stored token is over. */
export function connect(config: RuntimeConfig, pace: Pace = pageOwn): Connection {
  const url = (config.backend_url || globalThis.location.origin).replace(/\/+$/, '')
  const ears = new Map<string, (answer: Response) => void>()
  const heard = (send: typeof fetch): typeof fetch => async (input, init) => {
    const answer = await send(input, init)
    const name = /\/rpc\/(\w+)|\/auth\/v1\/(?:signup|token\?grant_type=password)/.exec(String(input instanceof Request ? input.url : input))
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
  return { client, auth, renewal, url, key: config.publishable_key, onAnswer: (name, hear) => ears.set(name, hear) }
}
