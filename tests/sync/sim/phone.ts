import type { AppDb } from '../../../src/db/db.ts'
import type { Fault, Server } from '../../fakes/pgGateway.ts'
import { SYNCED_TABLES } from '../../../src/db/db.ts'
import { writing } from '../../../src/db/write.ts'
import { Tab } from '../../fakes/tab.ts'

const TABLES = [...SYNCED_TABLES, 'outbox', 'undo', 'meta', 'note'] as const
type Dump = Map<string, unknown[]>

/** The phone of one person: two tabs over one database, and the taps it has kept. */
export class Phone {
  readonly server: Server
  readonly login: string
  readonly responder: string
  readonly coordinator: boolean
  tabs: [Tab, Tab]
  /** ids of the taps it has kept, in order */
  taps: string[] = []
  /** this phone was restored from a backup, so its numbers start over */
  copied = false
  seenCursors: Record<string, number> = {}
  #backup: Dump | null = null

  constructor(server: Server, person: { login: string, responder: string }, coordinator: boolean) {
    this.server = server
    this.login = person.login
    this.responder = person.responder
    this.coordinator = coordinator
    this.tabs = [new Tab(server, this.login), new Tab(server, this.login)]
  }

  get db(): AppDb {
    return this.tabs[0].db
  }

  tab(i: number): Tab {
    return this.tabs[i % 2]!
  }

  /** Reopens killed tabs, with the token and the clock of the phone. */
  revive(): void {
    this.tabs = this.tabs.map((tab) => {
      if (!tab.dead) return tab
      tab.close()
      const fresh = new Tab(this.server, this.login)
      fresh.skew = tab.skew
      Object.assign(fresh.gateway, {
        signedInAs: tab.gateway.signedInAs,
        expired: tab.gateway.expired,
        revoked: tab.gateway.revoked,
      })
      return fresh
    }) as [Tab, Tab]
  }

  plan(i: number, faults: Fault[]): Tab {
    const tab = this.tab(i)
    tab.gateway.plan = [...faults]
    return tab
  }

  async dump(): Promise<Dump> {
    const dump: Dump = new Map()
    for (const t of TABLES) dump.set(t, await this.db.table(t).toArray())
    return dump
  }

  /** Makes a backup of the phone, as a vendor's cloud would. */
  async backUp(): Promise<void> {
    this.#backup = await this.dump()
  }

  /** Restores the backup. Taps made since then are gone with the old phone, unless the server has them. */
  async restore(): Promise<void> {
    const backup = this.#backup
    if (!backup) return
    await writing(this.db, TABLES, async () => {
      for (const t of TABLES) {
        await this.db.table(t).clear()
        await this.db.table(t).bulkAdd(backup.get(t)!)
      }
    })
    const kept = new Set((backup.get('outbox') as { id: string }[]).map(o => o.id))
    const decided = await this.server.pg.query<{ id: string }>(
      'select mutation_id as id from sync.result where login_id = $1',
      [this.login],
    )
    const known = new Set(decided.rows.map(r => r.id))
    this.taps = this.taps.filter(id => kept.has(id) || known.has(id))
    this.copied = true
    this.seenCursors = {}
  }

  close(): Promise<void> {
    for (const tab of this.tabs) tab.close()
    return this.tabs[0].db.delete()
  }
}
