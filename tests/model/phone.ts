import type fc from 'fast-check'
import type { Failure } from '../../src/gateway/errors.ts'
import type { Answer, Gateway } from '../../src/gateway/gateway.ts'
import type { PullAnswer, PullRequest, PushAnswer, PushRequest } from '../../src/gateway/wire.ts'
import type { Sync } from '../../src/sync/engine.ts'
import type { ModelServer } from './server.ts'
import { liveQuery } from 'dexie'
import { AppDb } from '../../src/db/db.ts'
import { mutate } from '../../src/mutators/mutate.ts'
import { createSync } from '../../src/sync/engine.ts'
import { Life } from '../fakes/life.ts'
import { NOW } from './server.ts'

/** What the network does to one request. */
export const FAULTS = ['ok', 'ok', 'lost_request', 'lost_answer', 'twice', 'much_later', 'expired'] as const
export type Fault = typeof FAULTS[number]
const LOST: Failure = { kind: 'retry', code: 'network', after_s: null }

/** The world of one story: a server, and a scheduler that decides in which order requests and answers travel. */
export interface ModelWorld {
  server: ModelServer, s: fc.Scheduler, page: number, late: (() => void)[], nextId: () => string
}

/** One tab of one person. It may die at any touch of disk or network. */
export class ModelTab {
  readonly login: string
  readonly db: AppDb
  readonly sync: Sync
  readonly life = new Life()
  plan: Fault[] = []
  readonly #world: ModelWorld

  constructor(world: ModelWorld, login: string) {
    this.login = login
    this.#world = world
    this.db = new AppDb(login)
    this.life.guard(this.db)
    this.sync = createSync({
      db: this.db,
      login,
      gateway: this.#gateway(),
      clock: { now: () => Date.parse(NOW), after: () => () => {} },
      locks: { hold: (_name, signal, work) => work(signal) },
      channel: { post: () => {}, hear: () => () => {}, close: () => {} },
      page: { visible: () => true, hear: () => () => {} },
      random: () => 0.5,
      id: world.nextId,
    })
  }

  #gateway(): Gateway {
    const { server } = this.#world
    return {
      login: () => this.login,
      push: async (request: PushRequest): Promise<Answer<PushAnswer>> =>
        this.#travel('push', () => {
          const answer = server.push(this.login, structuredClone(request))
          return 'kind' in answer ? { ok: false, failure: answer } : { ok: true, data: structuredClone(answer) }
        }),
      pull: async (request: PullRequest): Promise<Answer<PullAnswer>> =>
        this.#travel(
          'pull',
          () => ({ ok: true, data: structuredClone(server.pull(this.login, request, this.#world.page)) }),
        ),
      pushOnLeave: () => {},
      refresh: async () => 'ok',
      listen: () => () => {},
      onAuth: () => () => {},
    }
  }

  async #travel<T>(name: string, ask: () => Answer<T>): Promise<Answer<T>> {
    const { s, late } = this.#world
    const fault = this.plan.shift() ?? 'ok'
    this.life.step()
    await s.schedule(Promise.resolve(), `${name} of ${this.login} travels`)
    if (fault === 'lost_request') return { ok: false, failure: LOST }
    if (fault === 'expired') return { ok: false, failure: { kind: 'unauthorized' } }
    if (fault === 'much_later') {
      late.push(() => void ask())
      return { ok: false, failure: LOST }
    }
    const answer = ask()
    if (fault === 'twice') late.push(() => void ask())
    await s.schedule(Promise.resolve(), `answer to ${this.login}`)
    this.life.step()
    return fault === 'lost_answer' ? { ok: false, failure: LOST } : answer
  }

  /** Makes a tap; resolves with its id once the phone has kept it. */
  tap(place: string, consent: boolean | null): Promise<string> {
    const { nextId } = this.#world
    const context = { login: this.login, now: () => Date.parse(NOW), id: nextId }
    if (consent !== null) return mutate(this.db, 'set_consent', { purpose: 'location', given: consent }, context)
    return mutate(this.db, 'accept_shift', {
      assignment_id: nextId(),
      shift_id: place,
      offer_id: null,
      eta_min: null,
      on_full: 'refuse',
      waitlist_id: nextId(),
    }, context)
  }

  close(): void {
    this.life.dead = true
    this.sync.stop()
    this.db.close()
  }
}

/** The phone of one person: two tabs over one database, and the ids of taps it has kept. */
export class ModelPhone {
  readonly login: string
  readonly taps: string[] = []
  /** checks read through this connection, which is never killed */
  readonly disk: AppDb
  tabs: [ModelTab, ModelTab]
  /** scopes whose cursor went back while they stayed */
  readonly stepsBack: string[] = []
  readonly #world: ModelWorld
  readonly #watch: { unsubscribe: () => void }

  constructor(world: ModelWorld, login: string) {
    this.login = login
    this.#world = world
    this.disk = new AppDb(login)
    this.#watch = this.#watchCursors()
    this.tabs = [new ModelTab(world, login), new ModelTab(world, login)]
  }

  #watchCursors(): { unsubscribe: () => void } {
    let before: Record<string, number> = {}
    return liveQuery(async () => (await this.disk.meta.get('cursors'))?.value as Record<string, number> | undefined)
      .subscribe((cursors = {}) => {
        for (const [scope, at] of Object.entries(cursors)) {
          if (at < (before[scope] ?? 0)) this.stepsBack.push(`${scope} ${before[scope]} → ${at}`)
        }
        before = cursors
      })
  }

  /** Opens another tab for each killed one. */
  revive(): void {
    this.tabs = this.tabs.map((tab) => {
      if (!tab.life.dead) return tab
      tab.close()
      return new ModelTab(this.#world, this.login)
    }) as [ModelTab, ModelTab]
  }

  async close(): Promise<void> {
    this.#watch.unsubscribe()
    for (const tab of this.tabs) tab.close()
    await this.disk.delete()
  }
}
