import type { Ports } from './ports.ts'
import { makeHandler } from './handler.ts'

declare const Deno: { env: { get: (name: string) => string | undefined }, serve: (handler: (request: Request) => Promise<Response>) => void }

/** Functions of schema `api` through the Data API, with the project's secret key, which Supabase gives to its functions. */
const rpc: Ports['rpc'] = async (name, args) => {
  const key = Deno.env.get('SUPABASE_SERVICE_ROLE_KEY') ?? ''
  const answer = await fetch(`${Deno.env.get('SUPABASE_URL')}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: { 'apikey': key, 'authorization': `Bearer ${key}`, 'content-type': 'application/json', 'content-profile': 'api' },
    body: JSON.stringify(args),
  })
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
  return answer.json()
}

Deno.serve(makeHandler({ rpc, fetch, env: name => Deno.env.get(name), now: () => Date.now() }))
