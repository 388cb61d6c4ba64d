import type { Ports } from './ports.ts'
import { NO_CONTACT, pushContact } from './contact.ts'
import { makeHandler } from './handler.ts'
import { keyHeaders, secretKey } from './secretKey.ts'

declare const Deno: {
  env: { get: (name: string) => string | undefined },
  serve: (handler: (request: Request) => Promise<Response>) => void,
}

const env = (name: string): string | undefined => Deno.env.get(name)

/** Calls functions of schema `api` through the Data API, with the secret key that Supabase gives to its functions. */
const rpc: Ports['rpc'] = async (name, args) => {
  const key = secretKey(env)
  if (key === null) throw new Error('no secret key: SUPABASE_SECRET_KEYS is not set')
  const answer = await fetch(`${env('SUPABASE_URL')}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: { ...keyHeaders(key), 'content-type': 'application/json', 'content-profile': 'api' },
    body: JSON.stringify(args),
  })
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
  return answer.json()
}

if (pushContact(env) === null) console.warn(NO_CONTACT)

Deno.serve(makeHandler({ rpc, fetch, env, now: () => Date.now() }))
