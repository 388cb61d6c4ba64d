import type { PGlite } from '@electric-sql/pglite'
import type { GenericSchema } from 'valibot'
import type { Failure } from '../../src/gateway/errors.ts'
import type { Answer, Gateway, RenewalOutcome } from '../../src/gateway/gateway.ts'
import type { PullAnswer, PullRequest, PushAnswer, PushRequest } from '../../src/gateway/wire.ts'
import { failureOf } from '../../src/gateway/errors.ts'
import { PULL_ANSWER, PUSH_ANSWER, readAnswer } from '../../src/gateway/wire.ts'
import { call } from '../db/pglite.ts'

/** What may happen to a request. overtaken: its answer waits for a gate. late: no answer, the server gets it later. */
export const FAULTS = [
  'ok', 'drop_request', 'drop_response', 'duplicate', 'late', 'unauthorized', 'unavailable', 'busy', 'slow_network',
  'overtaken',
] as const
export type Fault = typeof FAULTS[number]

const LOST: Failure = { kind: 'retry', code: 'network', after_s: null }

/** The server of many phones: the real SQL. Requests reach it through gateways that fail as planned. */
export class Server {
  readonly pg: PGlite
  /** pushes that phones gave up on and the server has not seen yet */
  readonly late: { login: string, request: PushRequest }[] = []
  /** every push the server saw, to replay them */
  readonly seen: { login: string, request: PushRequest }[] = []
  /** most rows of one pull; small values force paging */
  page = 10_000
  /** every SQL error and every answer the phone could not read, for the test to show */
  readonly defects: string[] = []
  /** when set, the server refuses every push with it */
  sabotage: Failure | null = null

  constructor(pg: PGlite) {
    this.pg = pg
  }

  async #ask<T>(
    login: string, name: string, args: Record<string, unknown>, shape: GenericSchema<unknown, T>,
  ): Promise<Answer<T>> {
    try {
      const read = readAnswer(shape, await call(this.pg, login, name, args))
      if (read.ok) return read
      this.defects.push(`${name}: unreadable at ${read.field}`)
      return { ok: false, failure: { kind: 'unreadable' } }
    }
    catch (error) {
      const code = (error as { code?: string }).code ?? 'XX000'
      this.defects.push(`${name}: ${code} ${(error as Error).message}`)
      return { ok: false, failure: failureOf({ status: code === '42501' ? 403 : 500, code }) }
    }
  }

  push(login: string, request: PushRequest): Promise<Answer<PushAnswer>> {
    if (this.sabotage) return Promise.resolve({ ok: false, failure: this.sabotage })
    this.seen.push({ login, request })
    return this.#ask(login, 'push', { p_client: request.client, p_schema: 1, p_muts: request.muts }, PUSH_ANSWER)
  }

  pull(login: string, { client, cursors, epoch, limit }: PullRequest): Promise<Answer<PullAnswer>> {
    const p_limit = Math.min(limit, this.page)
    const args = { p_client: client, p_schema: 1, p_cursors: cursors, p_epoch: epoch, p_limit }
    return this.#ask(login, 'pull', args, PULL_ANSWER)
  }

  /** Delivers late pushes, newest first, as a network reorders them. */
  async deliverLate(): Promise<void> {
    for (const { login, request } of this.late.splice(0).reverse()) await this.push(login, request)
  }
}

/** What a gateway needs of a server. */
export type Reach = Pick<Server, 'push' | 'pull' | 'late'>

const sleep = (turns: number): Promise<void> =>
  turns === 0 ? Promise.resolve() : new Promise(resolve => setTimeout(resolve, turns))

/** One tab's way to the server. `plan` says what happens to its next requests; the ones after them succeed. */
export class FaultyGateway implements Gateway {
  readonly server: Reach
  signedInAs: string | null
  plan: Fault[] = []
  /** the access token has run out; a refresh helps */
  expired = false
  /** the refresh token is gone; only signing in helps */
  revoked = false
  /** runs before and after every request, so that a test can kill the tab there */
  step: () => void = () => {}
  /** answers that are to be overtaken wait for it */
  gate: Promise<void> = Promise.resolve()

  constructor(server: Reach, login: string) {
    this.server = server
    this.signedInAs = login
  }

  login(): string | null {
    return this.signedInAs
  }

  async #send<T>(work: () => Promise<Answer<T>>, late: () => void): Promise<Answer<T>> {
    this.step()
    const fault = this.plan.shift() ?? 'ok'
    if (fault === 'slow_network') await sleep(3)
    if (this.expired || fault === 'unauthorized') {
      this.expired = true
      return { ok: false, failure: { kind: 'unauthorized' } }
    }
    const answer = await this.#faulty(fault, work, late)
    this.step()
    return answer
  }

  async #faulty<T>(fault: Fault, work: () => Promise<Answer<T>>, late: () => void): Promise<Answer<T>> {
    switch (fault) {
      case 'drop_request': return { ok: false, failure: LOST }
      case 'late': late(); return { ok: false, failure: LOST }
      case 'unavailable': return { ok: false, failure: failureOf({ status: 502, code: null }) }
      case 'busy': return { ok: false, failure: failureOf({ status: 429, code: null, after_s: 1 }) }
      case 'drop_response': await work(); return { ok: false, failure: LOST }
      case 'duplicate': await work(); return work()
      default: {
        const answer = await work()
        if (fault === 'slow_network') await sleep(2)
        if (fault === 'overtaken') await this.gate
        return answer
      }
    }
  }

  push(request: PushRequest): Promise<Answer<PushAnswer>> {
    const login = this.signedInAs!
    return this.#send(() => this.server.push(login, request), () => this.server.late.push({ login, request }))
  }

  pull(request: PullRequest): Promise<Answer<PullAnswer>> {
    const login = this.signedInAs!
    return this.#send(() => this.server.pull(login, request), () => {})
  }

  pushOnLeave(request: PushRequest): void {
    this.server.late.push({ login: this.signedInAs!, request })
  }

  async refresh(): Promise<RenewalOutcome> {
    this.step()
    if (this.revoked) return 'refused'
    this.expired = false
    return 'ok'
  }

  listen(): () => void {
    return () => {}
  }

  onAuth(): () => void {
    return () => {}
  }
}
