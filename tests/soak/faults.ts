import type { SoakPhone, SoakTab } from './clients.ts'
import type { SoakServer } from './server.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { Chance } from './chance.ts'

const CUTS = ['cut_out', 'cut_in', 'cut_both'] as const
const KINDS = [
  ...CUTS, ...CUTS, 'lag', 'doubles', 'cracks', 'freeze', 'kill', 'kill', 'hide', 'bell', 'token', 'revoke',
] as const
export type FaultKind = typeof KINDS[number] | 'crash_backend' | 'crash_database'
/** at, for: ms since the start of the soak. who: index of the phone. nth: decides what the kind leaves open. */
export interface Fault { kind: FaultKind, at: number, for: number, who: number, nth: number }

/** Every phone is cut off for the last 10 s of the run, so that healing has something to heal. */
const LAST_MS = 10_000

/** The faults of a run, from the seed alone: about one per phone in 8 s; a server dies every 45 s, at least once. */
export function planFaults(seed: number, clients: number, ms: number): Fault[] {
  const chance = new Chance(seed)
  const one = (kind: FaultKind, from: number, to: number): Fault => ({
    kind,
    at: chance.between(from, to),
    for: chance.between(200, 10_000),
    who: chance.below(clients),
    nth: chance.below(1000),
  })
  const plan = Array.from({ length: Math.ceil(ms / 8000 * clients) }, () => one(chance.of(KINDS), 0, ms))
  for (let who = 0; who < clients; who++)
    plan.push({ ...one(chance.of(CUTS), Math.max(0, ms - LAST_MS), ms), for: LAST_MS, who })
  const crashes = Math.max(1, Math.floor(ms / 45_000))
  for (let i = 0; i < crashes; i++)
    plan.push(one(i % 2 === 0 ? 'crash_backend' : 'crash_database', ms * (i + 0.3) / crashes, ms * (i + 0.7) / crashes))
  return plan.sort((a, b) => a.at - b.at)
}

/** Makes the faults happen, heals them, and counts what has been done. */
export class Havoc {
  readonly done = new Map<FaultKind, number>()
  readonly #server: SoakServer
  readonly #phones: SoakPhone[]
  readonly #end = new AbortController()
  #down = false

  constructor(server: SoakServer, phones: SoakPhone[]) {
    this.#server = server
    this.#phones = phones
  }

  /** Waits for the time of a fault, then makes it happen and end. The end of a network fault ends all of that phone. */
  async strike(fault: Fault): Promise<void> {
    await this.#sleep(fault.at)
    if (this.#end.signal.aborted || (this.#down && fault.kind.startsWith('crash'))) return
    this.done.set(fault.kind, (this.done.get(fault.kind) ?? 0) + 1)
    const phone = this.#phones[fault.who]!
    const tab = phone.tabs[fault.nth % phone.tabs.length]!
    switch (fault.kind) {
      case 'cut_out': return this.#weather(phone, { cut: 'out' }, fault)
      case 'cut_in': return this.#weather(phone, { cut: 'in' }, fault)
      case 'cut_both': return this.#weather(phone, { cut: 'both' }, fault)
      case 'lag': return this.#weather(phone, { lag: 100 + fault.nth * 2 }, fault)
      case 'doubles': return this.#weather(phone, { doubles: 0.5 }, fault)
      case 'cracks': return this.#weather(phone, { cracks: 0.4 }, fault)
      case 'bell': return this.#weather(phone, { bell: false }, fault)
      case 'freeze': return this.#freeze(tab, fault)
      case 'kill': return this.#kill(phone, tab, fault)
      case 'hide': return tab.life.whenAwake(() => tab.page.say('hide'))
      case 'token':
        phone.account.token = `${phone.account.token.slice(0, -4)}AAAA`
        return
      case 'revoke': return this.#revoke(phone, fault)
      case 'crash_backend': return this.#crash('backend', fault)
      case 'crash_database': return this.#crash('database', fault)
    }
  }

  /** Waits `ms`, or until everything is healed. */
  async #sleep(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#end.signal }).catch(() => undefined)
  }

  async #weather(phone: SoakPhone, change: object, fault: Fault): Promise<void> {
    Object.assign(phone.weather, change)
    await this.#sleep(fault.for)
    phone.weather.clear()
  }

  async #freeze(tab: SoakTab, fault: Fault): Promise<void> {
    tab.life.freeze()
    await this.#sleep(fault.for)
    tab.life.thaw()
  }

  /** Kills a page at the n-th touch of disk or network, at the latest after 2 s, and opens it again a little later. */
  async #kill(phone: SoakPhone, tab: SoakTab, fault: Fault): Promise<void> {
    if (!phone.tabs.includes(tab) || tab.life.dead) return
    tab.life.dieAfter(fault.nth % 80)
    await this.#sleep(Math.min(2000, fault.for))
    tab.life.dead = true
    await this.#sleep(fault.for / 4)
    phone.reopen(tab)
  }

  /** Ends a report-in and confirms it again; it stays ended where the server is down by then. */
  async #revoke(phone: SoakPhone, fault: Fault): Promise<void> {
    if (phone.account.leads) return
    const set = (state: string): Promise<unknown> =>
      this.#server.query(`
        update app.report_in
        set state = $2::app.report_in_state
        where responder_id = $1 and community_id = $3 and state <> $2::app.report_in_state`,
      [phone.account.responder, state, phone.account.ground.community],
      ).catch(() => {})
    await set('ended')
    await this.#sleep(fault.for)
    await set('confirmed')
  }

  async #crash(what: 'backend' | 'database', fault: Fault): Promise<void> {
    this.#down = true
    await this.#server.crash(what, fault.for / 2)
    this.#down = false
  }

  /** Ends every fault at once; `strikes` are those that still run. */
  async heal(strikes: Promise<void>[]): Promise<void> {
    this.#end.abort()
    await Promise.all(strikes)
    for (const phone of this.#phones) {
      phone.weather.clear()
      for (const tab of phone.tabs) {
        if (tab.life.dead) phone.reopen(tab)
        else tab.life.thaw()
      }
    }
  }
}
