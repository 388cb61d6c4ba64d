import type { Db } from '../database/db.ts'
import { connect } from '../database/postgres.ts'
import { StartFailure } from '../failure.ts'

const LOCK = 7_294_173

/** Holds the folder for this process: the lock goes with its connection, however the process ends. False = somebody else holds it. */
export async function holdFolder(db: Db): Promise<boolean> {
  const [row] = await db.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK])
  return row?.held === true
}

/** A database server already runs on this folder: fine if its Redwhistle was killed, StartFailure `data_folder_in_use` if it is alive. */
export async function refuseSecondServer(url: string, dataDir: string): Promise<void> {
  const db = connect(url, { max: 1, connectTimeout: 5 })
  try {
    if (await holdFolder(db)) return
  }
  catch {
    return // it does not answer us: not a running Redwhistle, so it may be stopped
  }
  finally {
    await db.close()
  }
  throw new StartFailure(
    'data_folder_in_use',
    `Redwhistle already runs on ${dataDir}. Stop it first, or set REDWHISTLE_DATA to another folder.`,
  )
}
