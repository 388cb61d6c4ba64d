import type { PGlite } from '@electric-sql/pglite'
import type { GenericSchema } from 'valibot'
import type { Failure } from '../../src/gateway/errors.ts'
import type { Answer, Gateway, Renewed } from '../../src/gateway/gateway.ts'
import type { PullAnswer, PullRequest, PushAnswer, PushRequest } from '../../src/gateway/wire.ts'
import { PULL_ANSWER, PUSH_ANSWER } from '../../src/gateway/answers.ts'
import { failureOf } from '../../src/gateway/errors.ts'
import { readAnswer } from '../../src/gateway/functions.ts'
import { call } from '../db/pglite.ts'

/** What may happen to one request. overtaken: the answer waits for the test's gate; late: nobody answers now, the server gets it later. */
export const FAULTS = [
  'ok',
  'drop_request',
  'drop_response',
  'duplicate',
  'late',
  'unauthorized',
  'unavailable',
  'busy',
  'slow_network',
  'overtaken',
] as const
export type Fault = typeof FAULTS[number]

const LOST: Failure = { kind: 'retry', code: 'network', after_s: null }

/** The real SQL behind a network that misbehaves by plan. One server, many phones. */
export class Server {
  readonly pg: PGlite
  /** pushes the server has not seen yet, though the phone gave up on them */
  readonly late: { login: string, request: PushRequest }[] = []
  /** every push the server saw, for replays */
  readonly seen: { login: string, request: PushRequest }[] = []
  /** longest page a pull gets; small values force paging */
  page = 10_000
  /** every SQL error and every answer the phone could not read, for the test to show */
  readonly defects: string[] = []
  /** set by a test to make the server refuse every push for a reason of its own */
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

  /** Delivers what was late, newest first: the network reorders. */
  async deliverLate(): Promise<void> {
    for (const { login, request } of this.late.splice(0).reverse()) await this.push(login, request)
  }
}

/** What a phone needs of a server. */
export type Reach = Pick<Server, 'push' | 'pull' | 'late'>

const sleep = (turns: number): Promise<void> =>
  turns === 0 ? Promise.resolve() : new Promise(resolve => setTimeout(resolve, turns))

/** One tab's way to the server. `plan` says what happens to its next requests; then all is well. */
export class FaultyGateway implements Gateway {
  readonly server: Reach
  signedInAs: string | null
  plan: Fault[] = []
  /** the token is out of date until a refresh */
  expired = false
  /** the refresh token is gone: only signing in helps */
  revoked = false
  /** runs around every request, so that a test can kill the tab there */
  step: () => void = () => {}
  /** holds back answers that are to be overtaken */
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

  async refresh(): Promise<Renewed> {
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
