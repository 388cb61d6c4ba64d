import type { Failure } from '../../src/gateway/errors.ts'
import type { Answer, AuthEvent, CallOptions, Ear, Gateway, RenewalOutcome } from '../../src/gateway/gateway.ts'
import type { PullAnswer, PullRequest, PushAnswer, PushRequest } from '../../src/gateway/wire.ts'

const NOW = '2026-11-23T02:00:00.000Z'

/** A server that consumes every push and has no rows, unless a test scripts its answers. */
export class ScriptGateway implements Gateway {
  pushes: PushRequest[] = []
  pulls: PullRequest[] = []
  left: PushRequest[] = []
  refreshes = 0
  /** last number it consumed */
  lmid = 0
  topics: string[] = []
  /** scripted answers, used in order; then the server is as described above */
  onPush: (Partial<PushAnswer> | Failure)[] = []
  onPull: (Partial<PullAnswer> | Failure)[] = []
  refreshAnswer: RenewalOutcome = 'ok'
  signedInAs: string | null
  /** requests wait for it */
  gate: Promise<void> = Promise.resolve()
  ear: Ear = { ring: () => {}, joined: () => {}, silent: () => {} }
  auth: (event: AuthEvent) => void = () => {}

  constructor(login: string) {
    this.signedInAs = login
  }

  login(): string | null {
    return this.signedInAs
  }

  async push(request: PushRequest, _options?: CallOptions): Promise<Answer<PushAnswer>> {
    this.pushes.push(structuredClone(request))
    await this.gate
    const next = this.onPush.shift() ?? {}
    if ('kind' in next) return { ok: false, failure: next }
    const data = { now: NOW, lmid: request.muts.at(-1)!.seq, hold: false, results: [], heads: {}, ...next }
    this.lmid = data.lmid
    return { ok: true, data }
  }

  async pull(request: PullRequest, _options?: CallOptions): Promise<Answer<PullAnswer>> {
    this.pulls.push(structuredClone(request))
    await this.gate
    const next = this.onPull.shift() ?? {}
    if ('kind' in next) return { ok: false, failure: next }
    return {
      ok: true,
      data: { now: NOW, epoch: 'e1', min_client: 1, lmid: this.lmid, scopes: {}, entries: [], more: false, ...next },
    }
  }

  pushOnLeave(request: PushRequest): void {
    this.left.push(request)
  }

  async refresh(): Promise<RenewalOutcome> {
    this.refreshes++
    return this.refreshAnswer
  }

  listen(topics: string[], ear: Ear): () => void {
    this.topics = topics
    this.ear = ear
    return () => { this.topics = [] }
  }

  onAuth(hear: (event: AuthEvent) => void): () => void {
    this.auth = hear
    return () => {}
  }
}
