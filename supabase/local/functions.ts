import type { Ports } from '../functions/deliver/ports.ts'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** A Supabase Function as this server runs it: the same web-standard handler as in production. */
export type FunctionHandler = (request: Request) => Promise<Response>

/**
 * Serves `/functions/v1/<name>`: imports `<folder>/<name>/handler.ts` at the first call and gives the ports to its
 * `makeHandler`. 404 if there is no such function.
 */
export function mountFunctions(folder: string, ports: Ports): FunctionHandler {
  const loaded = new Map<string, FunctionHandler>()
  return async (request) => {
    const name = /^\/functions\/v1\/([a-z][a-z0-9-]*)(?:\/|$)/.exec(new URL(request.url).pathname)?.[1]
    const handler = name === undefined ? null : loaded.get(name) ?? await load(folder, name, ports)
    if (name === undefined || handler === null) return Response.json({ message: 'Function not found' }, { status: 404 })
    loaded.set(name, handler)
    return handler(request)
  }
}

async function load(folder: string, name: string, ports: Ports): Promise<FunctionHandler | null> {
  const file = path.join(folder, name, 'handler.ts')
  if (!existsSync(file)) return null
  const module: { makeHandler?: (ports: Ports) => FunctionHandler } = await import(pathToFileURL(file).href)
  return module.makeHandler?.(ports) ?? null
}
