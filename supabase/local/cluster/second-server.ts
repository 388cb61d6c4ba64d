import type { Db } from '../database/db.ts'
import { connect } from '../database/postgres.ts'
import { StartFailure } from '../failure.ts'

/** The advisory lock of a Redwhistle that runs on a data folder. */
const LOCK = 7_294_173

/**
 * Takes the data folder for this process; false if another process holds it. The lock ends with the connection, and so
 * however the process ends.
 */
export async function holdFolder(db: Db): Promise<boolean> {
  const [row] = await db.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK])
  return row?.held === true
}

/**
 * Decides about a database server that already runs on a data folder. Returns if its Redwhistle was killed; throws
 * StartFailure `data_folder_in_use` if that one still runs.
 */
export async function refuseSecondServer(url: string, dataDir: string): Promise<void> {
  const db = connect(url, { max: 1, connectTimeout: 5 })
  try {
    if (await holdFolder(db)) return
  }
  catch {
    return // it refuses our connection: no Redwhistle runs on it, so it may be stopped
  }
  finally {
    await db.close()
  }
  throw folderInUse(dataDir)
}

/** The failure of a start on a data folder that a running Redwhistle uses. */
export function folderInUse(dataDir: string): StartFailure {
  return new StartFailure(
    'data_folder_in_use',
    `Redwhistle already runs on ${dataDir}. Stop it first, or set REDWHISTLE_DATA to another folder.`,
  )
}
