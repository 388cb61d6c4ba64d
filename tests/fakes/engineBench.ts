import type { Sync } from '../../src/sync/engine.ts'
import type { SyncPorts } from '../../src/sync/ports.ts'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { AppDb } from '../../src/db/db.ts'
import { mutate } from '../../src/mutators/mutate.ts'
import { createSync } from '../../src/sync/engine.ts'
import { Life } from './life.ts'
import { ScriptGateway } from './scriptGateway.ts'
import { FakeAir, FakeClock, FakeLocks, FakePage } from './world.ts'
import './indexeddb.ts'

/** One tab of a person on fake time. Tabs are closed after each test. */
export interface EngineTab { sync: Sync, db: AppDb, gateway: ScriptGateway, page: FakePage, life: Life }
/** The surroundings of the running test. */
export const stage = { login: '', clock: new FakeClock(), locks: new FakeLocks(), air: new FakeAir() }
const tabs: EngineTab[] = []

beforeEach(() => {
  Object.assign(stage, { login: randomUUID(), clock: new FakeClock(), locks: new FakeLocks(), air: new FakeAir() })
})
afterEach(async () => {
  for (const t of tabs) {
    t.sync.stop()
    t.db.close()
  }
  await tabs.splice(0)[0]?.db.delete()
})

/** Clock and locks of a tab that may freeze: they wait for it to thaw. Messages reach a frozen tab, as in Chromium. */
function mortal(life: Life, clock: FakeClock, locks: FakeLocks): Pick<SyncPorts, 'clock' | 'locks'> {
  return {
    clock: { now: () => clock.now(), after: (ms, run) => clock.after(ms, () => life.whenAwake(run)) },
    locks: { hold: async (name, signal, work, steal) => {
      await locks.hold(name, signal, work, steal)
      await life.awake()
    } },
  }
}

/** Freezes a tab: its timers stand still, and its requests are answered when it thaws. */
export function freeze(t: EngineTab): void {
  t.life.freeze()
  t.gateway.gate = t.life.awake()
}

/** Opens a tab and starts it. */
export function open(): EngineTab {
  const { login, clock, locks, air } = stage
  const gateway = new ScriptGateway(login)
  const db = new AppDb(login)
  const page = new FakePage()
  const life = new Life()
  const sync = createSync({
    db,
    login,
    gateway,
    page,
    channel: air.channel(),
    random: () => 0.5,
    id: () => randomUUID(),
    ...mortal(life, clock, locks),
  })
  const tab = { sync, db, gateway, page, life }
  tabs.push(tab)
  sync.start()
  return tab
}
export const tap = (t: EngineTab): Promise<string> =>
  mutate(t.db, 'set_consent', { purpose: 'location', given: true }, {
    login: stage.login,
    now: () => stage.clock.now(),
    id: randomUUID,
    kick: () => t.sync.kick(),
  })
export const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 3000, interval: 5 })
export const pulls = (t: EngineTab, n: number): Promise<void> => until(() => expect(t.gateway.pulls).toHaveLength(n))
/** Waits until the cycle is over and the tab waits so many ms; a follower has one more timer, to ask for the leader. */
export const rests = (...waits: number[]): Promise<void> => until(() => {
  stage.clock.pass(0)
  expect(stage.clock.waits()).toEqual(waits)
})
