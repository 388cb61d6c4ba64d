import type { Db } from './db.ts'
import postgres from 'postgres'

/** How connections to PostgreSQL are made. */
export interface ConnectOptions {
  /** The most connections it may open. */
  max: number
  /** Seconds to wait for a connection. */
  connectTimeout?: number
  /** Name shown in pg_stat_activity. */
  name?: string
  /** Milliseconds a statement may take; default: no limit. */
  statementTimeout?: number
}

/** A Db over a PostgreSQL connection string. It connects at the first use, and again when the connection is lost. */
export function connect(url: string, options: ConnectOptions): Db {
  const sql = postgres(url, {
    max: options.max,
    connect_timeout: options.connectTimeout ?? 10,
    onnotice: () => undefined,
    connection: {
      TimeZone: 'UTC',
      application_name: options.name ?? 'redwhistle',
      ...(options.statementTimeout === undefined ? {} : { statement_timeout: options.statementTimeout }),
    },
  })
  return over(sql, async () => sql.end({ timeout: 5 }))
}

type Runner = Pick<postgres.Sql, 'unsafe'>

function verbs(runner: Runner): Pick<Db, 'query' | 'script'> {
  return {
    async query<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
      const rows = await runner.unsafe<Row[] & Record<string, unknown>[]>(
        text,
        [...parameters] as postgres.ParameterOrJSON<never>[],
      )
      return [...rows]
    },
    async script(text) {
      await runner.unsafe(text).simple()
    },
  }
}

function over(sql: postgres.Sql, close: () => Promise<void>): Db {
  return {
    ...verbs(sql),
    async transaction<T>(work: (tx: Pick<Db, 'query' | 'script'>) => Promise<T>): Promise<T> {
      return await sql.begin(async tx => work(verbs(tx))) as T
    },
    async batch<Row>(statements: readonly (readonly [string, readonly string[]])[]): Promise<Row[]> {
      const answers = await sql.begin(tx =>
        statements.map(([text, parameters]) => tx.unsafe(text, [...parameters], { prepare: true })),
      )
      return [...answers.at(-1) ?? []] as Row[]
    },
    async listen(channel, heard, connected) {
      await sql.listen(channel, heard, connected)
    },
    close,
  }
}
