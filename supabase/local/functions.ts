import type { Ports } from '../functions/deliver/ports.ts'
import type { Db } from './database/db.ts'
import type { Loop } from './loop.ts'
import { Buffer } from 'node:buffer'
import { createECDH, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { StartFailure } from './failure.ts'
import { every } from './loop.ts'
import { outwardFetch } from './outward.ts'

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

/** Keys of the sender of deliveries: made at the first start of a data folder, stored in `deliver.json` (mode 600). */
export interface DeliverKeys { vapid_public_key: string, vapid_private_key: string, secret: string }

/** Milliseconds between two runs of the sender. */
const PACE = 5_000

function makeKeys(): DeliverKeys {
  const pair = createECDH('prime256v1')
  const vapid_public_key = pair.generateKeys().toString('base64url')
  // Node drops leading zeros of the scalar; on the wire it always has 32 bytes (RFC 7518 §6.2.2)
  const scalar = pair.getPrivateKey('hex').padStart(64, '0')
  return {
    vapid_public_key,
    vapid_private_key: Buffer.from(scalar, 'hex').toString('base64url'),
    secret: randomBytes(24).toString('base64url'),
  }
}

/**
 * Reads the keys of a data folder, and makes them at its first start.
 * Throws StartFailure `data_folder` for a damaged file: new keys would silence every phone that allowed notifications.
 */
export async function openDeliverKeys(folder: string): Promise<DeliverKeys> {
  const file = path.join(folder, 'deliver.json')
  if (!existsSync(file)) {
    const keys = makeKeys()
    await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
    return keys
  }
  try {
    const keys: Partial<DeliverKeys> = JSON.parse(await readFile(file, 'utf8'))
    const { vapid_public_key, vapid_private_key, secret } = keys
    if (vapid_public_key && vapid_private_key && secret) return { vapid_public_key, vapid_private_key, secret }
  }
  catch {}
  throw new StartFailure(
    'data_folder',
    `${file} is damaged. Put a good copy back, or remove it: phones then have to switch notifications on again.`,
  )
}

/** What each call of a worker is in SQL; its one argument travels as text. */
const WORKER_CALLS: Record<Parameters<Ports['rpc']>[0], string> = {
  worker_claim_deliveries: 'select api.worker_claim_deliveries($1::int)::text as answer',
  worker_settle_deliveries: 'select api.worker_settle_deliveries($1::text::jsonb)::text as answer',
  worker_calendar_feed: 'select api.worker_calendar_feed($1::text)::text as answer',
}

/** What the functions reach in this process. The environment's settings win over the folder's keys. */
export function deliverPorts(db: Db, keys: DeliverKeys, url: string): Ports {
  const own: Record<string, string> = {
    DELIVER_SECRET: keys.secret,
    VAPID_PUBLIC_KEY: keys.vapid_public_key,
    VAPID_PRIVATE_KEY: keys.vapid_private_key,
    APP_URL: url,
  }
  return {
    fetch: outwardFetch(),
    env: name => process.env[name] ?? own[name],
    now: () => Date.now(),
    async rpc(name, args) {
      const [value] = Object.values(args)
      const [row] = await db.batch<{ answer: string }>([
        [`select set_config('role', 'service_role', true)`, []],
        [WORKER_CALLS[name], [typeof value === 'object' ? JSON.stringify(value) : String(value)]],
      ])
      return JSON.parse(row?.answer ?? 'null')
    },
  }
}

/** Calls the function `deliver` every 5 s, one run at a time. */
export function startDeliveries(functions: FunctionHandler, ports: Ports, log: (line: string) => void): Loop {
  const run = async (): Promise<void> => {
    const headers = { authorization: `Bearer ${ports.env('DELIVER_SECRET')}` }
    const answer = await functions(new Request('http://localhost/functions/v1/deliver', { method: 'POST', headers }))
    if (!answer.ok) throw Object.assign(new Error('deliver did not run'), { code: answer.status })
  }
  return every(PACE, run, what => log(`Deliveries failed, trying again in ${PACE / 1000} s: ${what}`))
}
