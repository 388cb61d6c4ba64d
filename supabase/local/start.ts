import type { Backend } from './backend.ts'
import type { StartOptions } from './options.ts'
import process from 'node:process'
import { ensureBuilt, PROJECT_ROOT } from './build.ts'
import { retire } from './data-folder.ts'
import { firstLine, StartFailure } from './failure.ts'
import { readOptions } from './options.ts'

/** What `npm start` and `npm run dev` share: options, `--fresh`, signals, and one line for a failure. */
export async function runServer(open: (options: StartOptions) => Promise<Backend>): Promise<void> {
  const stopped = stopSignal()
  try {
    const options = readOptions(process.argv.slice(2), process.env)
    if (options.fresh) await retire(options.dataDir, line => console.log(line))
    const backend = await open(options)
    console.log(`Redwhistle ready: ${backend.url}`)
    const failure = await Promise.race([stopped, backend.lost])
    await backend.close()
    if (failure !== '') throw new StartFailure('database', failure)
    process.exit(0)
  }
  catch (error) {
    console.error(error instanceof StartFailure ? error.message : `Redwhistle cannot start: ${firstLine(error)}`)
    if (process.env.REDWHISTLE_DEBUG) console.error(error)
    process.exit(1)
  }
}

/**
 * Resolves with '' at Ctrl-C, SIGTERM or a closed terminal. A start under way is finished first; a second signal ends
 * the process at once.
 */
async function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    let signalled = false
    const stop = (): void => {
      if (signalled) process.exit(1)
      signalled = true
      resolve('')
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}

if (import.meta.main) {
  void runServer(async (options) => {
    const { startBackend } = await import('./backend.ts')
    await ensureBuilt(PROJECT_ROOT, line => console.log(line))
    return startBackend({ ...options, log: line => console.log(line) })
  })
}
