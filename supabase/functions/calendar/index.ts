import { workerRpc } from '../_shared/workers.ts'
import { makeHandler } from './handler.ts'

declare const Deno: {
  env: { get: (name: string) => string | undefined },
  serve: (handler: (request: Request) => Promise<Response>) => void,
}

Deno.serve(makeHandler({ rpc: workerRpc(name => Deno.env.get(name)) }))
