import type { SupabaseClient } from '@supabase/supabase-js'
import type { RuntimeConfig } from './config.ts'
import { createClient } from '@supabase/supabase-js'
import { TOKEN_KEY } from './tokenKey.ts'

export type Backend = SupabaseClient<never, 'api', 'api'>
/** The connection to one backend. `url` has no slash at its end. */
export interface Connection {
  client: Backend
  url: string
  key: string
  /** hears the next raw answer of one function: supabase-js does not hand headers on */
  onAnswer: (name: string, hear: (answer: Response) => void) => void
}

/** Connects by the run-time configuration. Sends nothing yet. */
export function connect(config: RuntimeConfig): Connection {
  const url = (config.backend_url || globalThis.location.origin).replace(/\/$/, '')
  const ears = new Map<string, (answer: Response) => void>()
  const heard: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init)
    const name = /\/rpc\/(\w+)/.exec(String(input instanceof Request ? input.url : input))?.[1]
    if (name) ears.get(name)?.(answer)
    return answer
  }
  const client = createClient(url, config.publishable_key, {
    db: { schema: 'api' },
    global: { fetch: heard },
    auth: { storageKey: TOKEN_KEY, persistSession: true, autoRefreshToken: true, detectSessionInUrl: false },
  }) as unknown as Backend
  return { client, url, key: config.publishable_key, onAnswer: (name, hear) => ears.set(name, hear) }
}
