import type { PGlite } from '@supabase/lite/pglite'
import type { Db, StoredDatabase } from './db.ts'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { firstLine, StartFailure } from '../failure.ts'

/**
 * Opens PGlite on a folder, for platforms without a PostgreSQL binary. It has one connection, so nothing runs at the
 * same time. Throws StartFailure `data_folder`.
 */
export async function openPglite(folder: string): Promise<StoredDatabase> {
  const { createPgliteConnection } = await import('@supabase/lite/pglite')
  // The extension must come from the PGlite that lite brings along.
  const near = createRequire(import.meta.resolve('@supabase/lite/pglite'))
  const { btree_gist }: typeof import('@electric-sql/pglite/contrib/btree_gist') = await import(
    pathToFileURL(near.resolve('@electric-sql/pglite/contrib/btree_gist')).href,
  )
  try {
    const connection = await createPgliteConnection({ url: folder, pgliteOptions: { extensions: { btree_gist } } })
    await connection.driver.waitReady
    const db = over(connection.driver, async () => connection.close())
    return {
      kind: 'pglite',
      url: null,
      db,
      callers: db,
      liteConnection: async () => connection,
      lost: new Promise(() => undefined),
      close: async () => connection.close(),
    }
  }
  catch (error) {
    throw new StartFailure(
      'data_folder',
      `PGlite cannot open ${folder}: ${firstLine(error)}. Put a backup back, or start with --fresh.`,
      error,
    )
  }
}

type Runner = Pick<PGlite, 'query' | 'exec'>

function verbs(runner: Runner): Pick<Db, 'query' | 'script'> {
  return {
    query: async <Row>(text: string, parameters: readonly unknown[] = []) =>
      (await runner.query<Row>(text, [...parameters])).rows,
    script: async (text) => {
      await runner.exec(text)
    },
  }
}

function over(driver: PGlite, close: () => Promise<void>): Db {
  return {
    ...verbs(driver),
    transaction: async work => driver.transaction(async tx => work(verbs(tx))),
    batch: async <Row>(statements: readonly (readonly [string, readonly string[]])[]) =>
      driver.transaction(async (tx) => {
        let rows: Row[] = []
        for (const [text, parameters] of statements) rows = (await tx.query<Row>(text, [...parameters])).rows
        return rows
      }),
    async listen(channel, heard, connected) {
      await driver.listen(channel, heard)
      connected()
    },
    close,
  }
}
