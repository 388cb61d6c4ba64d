import type { PgliteConnection } from '@supabase/lite/pglite'
import type { PostgresConnection } from '@supabase/lite/postgres'

/** A database as the local backend uses it, as a superuser: PostgreSQL or PGlite behind the same functions. */
export interface Db {
  /** One statement with `$1…` parameters; jsonb parameters are given as objects. */
  query: <Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]) => Promise<Row[]>
  /** Many statements, no parameters. */
  script: (text: string) => Promise<void>
  /** Runs `work` in one transaction on one connection. */
  transaction: <T>(work: (tx: Pick<Db, 'query' | 'script'>) => Promise<T>) => Promise<T>
  /** Sends statements together and runs them in one transaction; answers the rows of the last. */
  batch: <Row = Record<string, unknown>>(
    statements: readonly (readonly [text: string, parameters: readonly string[]])[],
  ) => Promise<Row[]>
  /** Calls `heard` for each notice, and `connected` at first and after each reconnection. */
  listen: (channel: string, heard: (payload: string) => void, connected: () => void) => Promise<void>
  close: () => Promise<void>
}

/** The database behind the backend, of any of three kinds. */
export interface StoredDatabase {
  kind: 'embedded' | 'own' | 'pglite'
  /** Connection string of the superuser; null for PGlite, which has no socket. */
  url: string | null
  db: Db
  /** A pool for calls of functions; statements end after 8 s, as for a signed-in caller on Supabase. */
  callers: Db
  /** A pool for lite's sign-in. */
  liteConnection: () => Promise<PostgresConnection | PgliteConnection>
  /** Resolves when an embedded server ended unasked; never otherwise. */
  lost: Promise<void>
  close: () => Promise<void>
}
