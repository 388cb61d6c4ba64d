import type { Server } from 'node:http'
import type { Auth } from './auth.ts'
import type { DataFolder } from './data-folder.ts'
import type { Db, StoredDatabase } from './database/db.ts'
import type { Doorbell } from './doorbell/doorbell.ts'
import type { DoorbellLimits } from './doorbell/limits.ts'
import type { FunctionHandler } from './functions.ts'
import type { AddressOf } from './http/caller-address.ts'
import type { Rooms } from './http/front-door.ts'
import type { Place } from './http/place.ts'
import type { Loop } from './loop.ts'
import type { Rpc } from './rpc/rpc.ts'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { NO_CONTACT, pushContact } from '../functions/deliver/contact.ts'
import { appConfig, openNotice } from './app-config.ts'
import { startAuth } from './auth.ts'
import { PROJECT_ROOT, VERSION } from './build.ts'
import { openDataFolder } from './data-folder.ts'
import { bootstrap } from './database/bootstrap.ts'
import { migrate } from './database/migrate.ts'
import { openDatabase } from './database/open.ts'
import { connect } from './database/postgres.ts'
import { startDoorbell } from './doorbell/doorbell.ts'
import { LIMITS } from './doorbell/limits.ts'
import { firstStart, readDemo } from './first-start.ts'
import { deliverPorts, mountFunctions, openDeliverKeys, startDeliveries } from './functions.ts'
import { addressReader } from './http/caller-address.ts'
import { doorPages, signsOf } from './http/door-page.ts'
import { frontDoor } from './http/front-door.ts'
import { pages } from './http/pages.ts'
import { choosePlace, listen } from './http/place.ts'
import { staticFiles } from './http/static-files.ts'
import { startTick } from './loop.ts'
import { startRpc } from './rpc/rpc.ts'
import { selfCheck } from './self-check.ts'

/** How the backend is started. */
export interface BackendOptions {
  /** Absolute path; made if it is missing. */
  dataDir: string
  /** 0 = any free port. */
  port: number
  /** Address to listen on; undefined = this machine alone (127.0.0.1 and ::1). */
  host?: string | undefined
  databaseUrl?: string | undefined
  /** yes = seed the demo community; first = only into a new data folder; no (default) = never. */
  demo?: 'yes' | 'no' | 'first'
  /** Proxies in front, beside those on this machine: addresses and networks, separated by commas. */
  trustedProxies?: string | undefined
  /** Limits that replace those of the doorbell. */
  doorbell?: Partial<DoorbellLimits>
  /** One line per call; default: silent. */
  log?: (line: string) => void
  /** Folder of SQL migrations; default: the project's own. */
  migrations?: string
  /** Answers pages and files; default: the built app in `dist`. */
  page?: (server: Server) => Promise<Rooms['page']>
}

/** A running backend. */
export interface Backend {
  /** `http://localhost:<port>` */
  url: string
  port: number
  publishableKey: string
  /** Superuser connection string, null on PGlite. */
  databaseUrl: string | null
  /** Superuser connection for tests and seeds. */
  db: Db
  /** Resolves with a line for the log when the embedded database ended unasked. */
  lost: Promise<string>
  /** Ends requests, then the database; nothing committed is lost. Safe to call twice. */
  close: () => Promise<void>
}

/** Starts everything of `npm start` except the build. Throws StartFailure, and leaves nothing running then. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const log = options.log ?? (() => undefined)
  const addressOf = addressReader(options.trustedProxies)
  const place = await choosePlace(options.port, options.host)
  const folder = await openDataFolder(options.dataDir)
  const database = await openDatabase(folder, options.databaseUrl, log)
  try {
    await bootstrap(database.db)
    const remedy = database.kind === 'own' ? 'Use the version that made it, or an empty database.' : undefined
    await migrate(database.db, options.migrations ?? path.join(PROJECT_ROOT, 'supabase/migrations'), remedy)
    // before any phone pulls: the folder may be an older copy that somebody put back
    await database.db.query('select private.mark_era(now())')
    const rpc = await startRpc(database.callers, folder.keys)
    await selfCheck(rpc, database.db, folder.keys)
    const auth = await startAuth(database, folder.keys, `http://localhost:${place.port}`)
    return await openDoors(options, place, { folder, database, auth, rpc, addressOf, log })
  }
  catch (error) {
    await database.close()
    throw error
  }
}

async function openDoors(options: BackendOptions, place: Place, parts: Parts): Promise<Backend> {
  const { folder, database, auth, log } = parts
  const { db } = database
  const url = `http://localhost:${place.port}`
  await firstStart({ db, auth, keys: folder.keys, url, demo: options.demo ?? 'no', open: place.open, log })
  const doorbell = await startDoorbell(db, folder.keys, log, parts.addressOf, { ...LIMITS, ...options.doorbell })
  const ports = deliverPorts(db, await openDeliverKeys(folder.path), process.env.APP_URL ?? url)
  if (pushContact(ports.env) === null) log(NO_CONTACT)
  const functions = mountFunctions(path.join(PROJECT_ROOT, 'supabase/functions'), ports)
  const demo = await readDemo(db)
  if (place.open) openNotice(place.hosts.join(), url, demo).forEach(log)
  const config = appConfig({
    publishableKey: folder.keys.publishable_key,
    pushKey: ports.env('VAPID_PUBLIC_KEY') ?? '',
    demo,
    open: place.open,
  })
  const server = await makeServer(options, parts, functions, config)
  server.on('upgrade', (request, socket, head) => {
    // Node handles no errors of an upgraded socket: without this, one caller that breaks off would end the process
    socket.on('error', () => socket.destroy())
    if (request.url?.startsWith('/realtime/v1/websocket')) doorbell.upgrade(request, socket, head)
    else if (options.page === undefined) socket.destroy()
  })
  const shut = await listen(server, place)
  const logFile = path.join(folder.path, 'postgres.log')
  const lost = database.lost.then(() => `The database ended unexpectedly; see ${logFile}, then start again.`)
  return {
    url,
    port: place.port,
    publishableKey: folder.keys.publishable_key,
    databaseUrl: database.url,
    db,
    lost,
    close: closer(server, shut, doorbell, parts, startDeliveries(functions, ports, parts.log)),
  }
}

/** What runs behind the doors. */
interface Parts {
  folder: DataFolder, database: StoredDatabase, auth: Auth, rpc: Rpc, addressOf: AddressOf, log: (line: string) => void
}

async function makeServer(
  options: BackendOptions,
  { folder, database, auth, rpc, addressOf, log }: Parts,
  functions: FunctionHandler,
  config: Rooms['config'],
): Promise<Server> {
  const dist = path.join(PROJECT_ROOT, 'dist')
  let page: Rooms['page'] = pages(staticFiles(dist), doorPages(dist, signsOf(database.db), log))
  const server = frontDoor({
    publishableKey: folder.keys.publishable_key,
    auth: auth.door,
    rpc,
    functions,
    config,
    health: async () => {
      const up = await Promise.race([
        database.db.query('select 1').then(() => true, () => false),
        sleep(2_000, false, { ref: false }),
      ])
      return { up, body: { version: VERSION, database: up ? 'up' : 'down' } }
    },
    page: async (request, response, urlPath) => page(request, response, urlPath),
    addressOf,
    log,
  })
  if (options.page !== undefined) page = await options.page(server)
  return server
}

/** The way to end everything: sockets and requests first (3 s for those under way), then what works for them. */
function closer(
  server: Server,
  shut: () => Promise<void>,
  doorbell: Doorbell,
  { auth, database, log }: Parts,
  deliveries: Loop,
): () => Promise<void> {
  const ticking = database.url === null ? database.db : connect(database.url, { max: 1, name: 'redwhistle tick' })
  const tick = startTick(ticking, log)
  let done: Promise<void> | undefined
  const close = async (): Promise<void> => {
    const doorbellClosed = doorbell.close()
    const requestsEnded = shut()
    server.closeIdleConnections()
    const hurry = setTimeout(() => server.closeAllConnections(), 3_000)
    await requestsEnded
    clearTimeout(hurry)
    await Promise.all([doorbellClosed, tick.stop(), deliveries.stop()])
    if (ticking !== database.db) await ticking.close()
    await auth.close()
    await database.close()
  }
  return async () => done ??= close()
}
