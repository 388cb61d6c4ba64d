import { workerRpc } from '../_shared/workers.ts'
import { NO_CONTACT, pushContact } from './contact.ts'
import { makeHandler } from './handler.ts'

declare const Deno: {
  env: { get: (name: string) => string | undefined },
  serve: (handler: (request: Request) => Promise<Response>) => void,
}

const env = (name: string): string | undefined => Deno.env.get(name)

if (pushContact(env) === null) console.warn(NO_CONTACT)

Deno.serve(makeHandler({ rpc: workerRpc(env), fetch, env, now: () => Date.now() }))
