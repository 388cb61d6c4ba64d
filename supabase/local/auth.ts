import type { Keys } from './data-folder.ts'
import type { StoredDatabase } from './database/db.ts'
import { AsyncLocalStorage } from 'node:async_hooks'
import process from 'node:process'
import { App } from '@supabase/lite'
import { authDoor } from './auth-door.ts'
import { connect } from './database/postgres.ts'
import { refreshTurns } from './refresh-turns.ts'

/** Sign-in as Supabase's GoTrue does it, by `@supabase/lite`. */
export interface Auth {
  /** Lite without the door, for the server's own work: the demonstration's sign-ups. */
  fetch: (request: Request) => Promise<Response>
  /** `/auth/v1` as callers reach it (`auth-door.ts`). */
  door: (request: Request) => Promise<Response>
  close: () => Promise<void>
}

/** Sends no mail: nobody has a mailbox here, and lite's own driver would print links and codes. */
const NO_MAIL = { send: async (): Promise<void> => undefined }
/** How many passwords are hashed at once; each takes a core for about 60 ms. */
const PASSWORD_CONNECTIONS = 2

// Lite prints every refused request with its stack. The caller gets the error, and the front door logs the defects.
const inRequest = new AsyncLocalStorage<boolean>()
const printError = console.error
console.error = (...what: unknown[]) => {
  if (inRequest.getStore() !== true) printError(...what)
}

/**
 * Starts lite on a prepared database, for `/auth/v1` only; `rpc/` calls the functions.
 * The publishable key is the only key: there is no admin mode, and nobody is service_role over HTTP.
 */
export async function startAuth(database: StoredDatabase, keys: Keys, siteUrl: string): Promise<Auth> {
  process.env.LITE_TELEMETRY = '0'
  process.env.DO_NOT_TRACK = '1'
  const connection = await database.liteConnection()
  const app = new App({
    connection,
    api: { enabled: false, schemas: ['api'] },
    auth: {
      enabled: true,
      site_url: siteUrl,
      jwt_secret: keys.jwt_secret,
      jwt_expiry: 3600,
      publishable_key: keys.publishable_key,
      minimum_password_length: 8,
      enable_signup: true,
      email: { enable_signup: true, enable_confirmations: false },
    },
    studio: { enabled: false },
    storage: { enabled: false },
    options: { server: { admin: false, disableStudio: true }, drivers: { email: NO_MAIL } },
  })
  await app.init()
  await app.ensureSystemSchema()
  const fetch = async (request: Request): Promise<Response> => inRequest.run(true, async () => app.fetch(request))
  const passwords = database.url === null
    ? database.db
    : connect(database.url, { max: PASSWORD_CONNECTIONS, name: 'redwhistle passwords' })
  const close = async (): Promise<void> => {
    if (passwords !== database.db) await passwords.close()
    await connection.close()
  }
  return { fetch, door: authDoor(fetch, passwords, refreshTurns(database.db)), close }
}
