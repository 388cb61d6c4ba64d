import type { Failure } from '../../src/gateway/errors.ts'
import type { Answer } from '../../src/gateway/gateway.ts'
import type { PullAnswer, PullRequest, PushAnswer, PushRequest } from '../../src/gateway/wire.ts'
import type { Reach } from '../fakes/pgGateway.ts'
import type { Postgres17 } from './postgres17.ts'
import { readMeta } from '../../src/db/meta.ts'
import { failureOf } from '../../src/gateway/errors.ts'
import { differences } from '../fakes/mirror.ts'
import { Tab } from '../fakes/tab.ts'
import '../fakes/indexeddb.ts'

/** Phones with the app's own database, outbox and sync on a real Postgres; `at` may be moved to another cluster. */
export class Phones implements Reach {
  at: Postgres17
  readonly late: Reach['late'] = []
  /** failures as the phones understood them */
  readonly failures: Failure[] = []
  /** most ms of a statement on this server; 0: no limit */
  statementTimeout = 0
  readonly #open: Tab[] = []

  constructor(at: Postgres17) {
    this.at = at
  }

  /** Opens a phone of this login with nothing on it. */
  open(login: string): Tab {
    const tab = new Tab(this, login)
    this.#open.push(tab)
    return tab
  }

  async #ask<T>(login: string, name: string, args: Record<string, unknown>): Promise<Answer<T>> {
    try {
      return { ok: true, data: await this.at.call<T>(login, name, args, this.statementTimeout) }
    }
    catch (error) {
      const code = (error as { code?: string }).code ?? 'XX000'
      const failure = failureOf({ status: code === '42501' ? 403 : 500, code })
      this.failures.push(failure)
      return { ok: false, failure }
    }
  }

  push(login: string, request: PushRequest): Promise<Answer<PushAnswer>> {
    return this.#ask(login, 'push', { p_client: request.client, p_schema: 1, p_muts: request.muts })
  }

  pull(login: string, { client, cursors, epoch, limit }: PullRequest): Promise<Answer<PullAnswer>> {
    return this.#ask(login, 'pull', {
      p_client: client,
      p_schema: 1,
      p_cursors: cursors,
      p_epoch: epoch,
      p_limit: limit,
    })
  }

  /** Faults of a phone that has nothing to send: rows unlike the server's, or pulls that did not add up. */
  async wrongOn(tab: Tab): Promise<string[]> {
    const mismatches = await this.mismatchesOn(tab)
    return mismatches === 0
      ? this.unlikeServer(tab)
      : [...await this.unlikeServer(tab), `${mismatches} pulls did not add up`]
  }

  /** Rows, heads and sums of a phone that are not the server's. */
  unlikeServer(tab: Tab): Promise<string[]> {
    return differences(
      tab.db,
      tab.login,
      async (text, params) => (await this.at.pool.query(text, params)).rows as never,
    )
  }

  /** How often a checksum made the phone read a scope again. */
  async mismatchesOn(tab: Tab): Promise<number> {
    return (await readMeta(tab.db)).mismatches
  }

  /** Closes every phone and forgets what was on it. */
  async close(): Promise<void> {
    for (const tab of this.#open) tab.close()
    const names = new Set(this.#open.map(tab => tab.login))
    for (const login of names) await new Tab(this, login).db.delete()
  }
}
