import path from 'node:path'
import { StartFailure } from './failure.ts'

/** The options of `npm start`. */
export interface StartOptions {
  /** TCP port to listen on. */
  port: number
  /** Address to listen on; undefined = this machine alone. */
  host: string | undefined
  /** Proxies in front of this server that are not on this machine: `10.0.0.0/8, 192.168.1.7`. */
  trustedProxies: string | undefined
  /** Absolute path of the data folder. */
  dataDir: string
  /** Connection string of a Postgres to use instead of starting one. */
  databaseUrl: string | undefined
  /** Rename the present data folder first. */
  fresh: boolean
  /** yes = --demo, no = --no-demo or DATABASE_URL, first = the default: only on the first start of a data folder. */
  demo: 'yes' | 'no' | 'first'
}

const FLAGS = new Set(['--fresh', '--demo', '--no-demo'])

/**
 * Reads the options of `npm start` from the command line and the environment.
 * Throws StartFailure `bad_option` for an unknown flag, a bad port or flags that contradict each other.
 */
export function readOptions(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): StartOptions {
  const unknown = argv.find(flag => !FLAGS.has(flag))
  if (unknown !== undefined) {
    const settings = 'PORT, HOST, TRUSTED_PROXIES, REDWHISTLE_DATA and DATABASE_URL in the environment'
    throw new StartFailure('bad_option', `Unknown option ${unknown}. Known: ${[...FLAGS].join(' ')}; ${settings}.`)
  }
  const databaseUrl = env.DATABASE_URL || undefined
  const fresh = argv.includes('--fresh')
  if (fresh && databaseUrl !== undefined)
    throw new StartFailure('bad_option', '--fresh puts a data folder aside and cannot be used with DATABASE_URL.')
  return {
    port: readPort(env.PORT),
    host: env.HOST || undefined,
    trustedProxies: env.TRUSTED_PROXIES || undefined,
    dataDir: path.resolve(env.REDWHISTLE_DATA || '.redwhistle'),
    databaseUrl,
    fresh,
    demo: readDemo(argv, databaseUrl !== undefined),
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 4173
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartFailure('bad_option', `PORT must be a number from 0 to 65535, not "${text}".`)
  return port
}

function readDemo(argv: readonly string[], ownDatabase: boolean): StartOptions['demo'] {
  const yes = argv.includes('--demo')
  const no = argv.includes('--no-demo')
  if (yes && no) throw new StartFailure('bad_option', '--demo and --no-demo contradict each other.')
  if (yes) return 'yes'
  return no || ownDatabase ? 'no' : 'first'
}
