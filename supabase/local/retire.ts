import path from 'node:path'
import { isServing, readPostmaster, stopServer } from './cluster/postmaster.ts'
import { refuseSecondServer } from './cluster/second-server.ts'
import { openDataFolder, putAside } from './data-folder.ts'

/**
 * `--fresh`: stops a database server that a killed run left behind, renames the data folder and says so.
 * Throws StartFailure `data_folder_in_use` if a running Redwhistle uses it.
 */
export async function retire(dataDir: string, log: (line: string) => void): Promise<void> {
  const cluster = path.join(dataDir, 'pg')
  const left = readPostmaster(cluster)
  if (left !== null && isServing(left.pid, cluster)) {
    const { keys } = await openDataFolder(dataDir)
    await refuseSecondServer(`postgres://postgres:${keys.database_password}@127.0.0.1:${left.port}/postgres`, dataDir)
    await stopServer(left.pid, cluster)
  }
  const aside = await putAside(dataDir, new Date())
  if (aside !== null) log(`--fresh: the data folder is now ${aside}; nothing was deleted.`)
}
