import type pg from 'pg'
import type { StartedProcess } from '../e2e/harness.ts'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { readPostmaster } from '../../supabase/local/cluster/postmaster.ts'
import { openPool } from '../e2e/cast.ts'
import { startProcess, tempFolder } from '../e2e/harness.ts'

/** The embedded backend as a process of its own, on a data folder that survives it. */
export class SoakServer {
  readonly folder: string
  readonly port: number
  url = ''
  /** times it was killed and came back */
  restarts = 0
  /** what its processes wrote to standard error, and lines that tell of a failed request */
  readonly complaints: string[] = []
  #process: StartedProcess | null = null
  #pool: pg.Pool | null = null
  /** Rejects when the pool ends, because pg never answers a query that waits for a connection of an ending pool. */
  #poolEnds = Promise.withResolvers<never>()

  constructor(folder: string, port: number) {
    this.folder = folder
    this.port = port
  }

  static async start(port: number): Promise<SoakServer> {
    const server = new SoakServer(await tempFolder(), port)
    await server.up()
    return server
  }

  get #data(): string {
    return path.join(this.folder, 'data')
  }

  async up(): Promise<void> {
    const env = { REDWHISTLE_DATA: this.#data, PORT: String(this.port), HOST: '127.0.0.1', DATABASE_URL: '' }
    this.#process = startProcess(['--no-demo'], env, 'tests/soak/serve.ts')
    this.url = await this.#process.ready
    this.#poolEnds = Promise.withResolvers()
    this.#poolEnds.promise.catch(() => undefined) // nobody may be waiting
    this.#pool = openPool(this.#data)
  }

  /** Rows of one statement as the superuser. Rejects while the server is down. */
  async query(text: string, params: unknown[] = []): Promise<{ rows: Record<string, unknown>[] }> {
    if (!this.#pool) throw new Error('the server is down')
    const { rows } = await Promise.race([this.#pool.query(text, params), this.#poolEnds.promise])
    return { rows: rows as Record<string, unknown>[] }
  }

  /** The same, typed by the caller. */
  async rows<T>(text: string, params: unknown[] = []): Promise<T[]> {
    return (await this.query(text, params)).rows as T[]
  }

  /** kill -9 of the backend or of its database, then a start on the same folder `pause` ms later. */
  async crash(what: 'backend' | 'database', pause: number): Promise<void> {
    const { child, ended } = this.#process!
    const postmaster = readPostmaster(path.join(this.#data, 'pg'))
    if (what === 'database' && postmaster) process.kill(postmaster.pid, 'SIGKILL')
    else child.kill('SIGKILL')
    await ended
    await this.#away()
    await sleep(pause)
    await this.up()
    this.restarts++
  }

  async #away(): Promise<void> {
    const { out, err } = this.#process!
    this.complaints.push(...err, ...out.filter(line => /failed/i.test(line)))
    const pool = this.#pool
    this.#pool = null
    this.#poolEnds.reject(new Error('the server is down'))
    await pool?.end().catch(() => undefined)
  }

  /** Ends the server as Ctrl-C does; `keep` leaves the data folder to look at. */
  async close(keep: boolean): Promise<void> {
    this.#process?.child.kill('SIGTERM')
    await this.#process?.ended
    await this.#away()
    if (!keep) await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
