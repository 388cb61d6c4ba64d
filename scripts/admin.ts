import type { Db } from '../supabase/local/database/db.ts'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { isServing, readPostmaster } from '../supabase/local/cluster/postmaster.ts'
import { openDataFolder } from '../supabase/local/data-folder.ts'
import { openDatabase } from '../supabase/local/database/open.ts'
import { connect } from '../supabase/local/database/postgres.ts'
import { firstLine } from '../supabase/local/failure.ts'
import { setupLink } from '../supabase/local/first-start.ts'
import { readOptions } from '../supabase/local/options.ts'

const USAGE = `npm run admin -- setup-link [--url https://where.it.is.served]
  prints a one-time link (24 hours) that makes an admin's login,
  for the database of DATABASE_URL or of the data folder REDWHISTLE_DATA.`

/** Commands for the operator of a server. They need its database, not a login. */
async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2)
  if (command !== 'setup-link') throw new Error(USAGE)
  const options = readOptions([], process.env)
  const url = rest[0] === '--url' && rest[1] !== undefined
    ? rest[1].replace(/\/$/, '')
    : `http://localhost:${options.port}`
  const db = await openAny(options.dataDir, options.databaseUrl)
  try {
    console.log(await setupLink(db, url))
  }
  finally {
    await db.close()
  }
}

/** Opens the database of DATABASE_URL, or of the data folder: of the server that runs on it, or started for this. */
async function openAny(dataDir: string, databaseUrl: string | undefined): Promise<Db> {
  if (databaseUrl !== undefined) return connect(databaseUrl, { max: 1 })
  if (!existsSync(path.join(dataDir, 'keys.json')))
    throw new Error(`There is no data in ${dataDir}: run npm start once, or set REDWHISTLE_DATA or DATABASE_URL.`)
  const folder = await openDataFolder(dataDir)
  const running = readPostmaster(path.join(dataDir, 'pg'))
  if (running !== null && isServing(running.pid, path.join(dataDir, 'pg'))) {
    const url = `postgres://postgres:${folder.keys.database_password}@127.0.0.1:${running.port}/postgres`
    return connect(url, { max: 1 })
  }
  const database = await openDatabase(folder, undefined, line => console.error(line))
  return { ...database.db, close: async () => database.close() }
}

main().then(() => process.exit(0), (error: unknown) => {
  console.error(error instanceof Error && error.message === USAGE ? USAGE : firstLine(error))
  process.exit(1)
})
