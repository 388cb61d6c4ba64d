import type { Fault } from '../../fakes/pgGateway.ts'
import type { Tab } from '../../fakes/tab.ts'
import type { Phone } from './phone.ts'
import type { Run } from './run.ts'
import fc from 'fast-check'
import { SCHEMA } from '../../../src/gateway/wire.ts'
import { forgetRows } from '../../../src/sync/apply.ts'
import { KilledError } from '../../fakes/life.ts'
import { FAULTS } from '../../fakes/pgGateway.ts'
import { tapSomething } from './taps.ts'

interface Where { who: number, tab: number }
interface Tap { what: number, target: number, flag: boolean }
/** One step of a story. Every field is data, so that a failing story shrinks. */
export type Move =
  | { kind: 'tap', at: Where, tap: Tap }
  | { kind: 'sync', at: Where, plan: Fault[] }
  | { kind: 'both_tabs', who: number, plans: [Fault[], Fault[]] }
  | { kind: 'everybody', plans: Fault[][] }
  | { kind: 'kill_in_tap', at: Where, tap: Tap, after: number }
  | { kind: 'kill_in_sync', at: Where, plan: Fault[], after: number }
  | { kind: 'deliver_late' }
  | { kind: 'revoke', who: number }
  | { kind: 'confirm', who: number }
  | { kind: 'token', who: number, state: 'expired' | 'gone' | 'good' }
  | { kind: 'dashboard', target: number, change: number }
  | { kind: 'overtake', who: number, other: number, tap: Tap, plan: Fault[] }
  | { kind: 'restored_copy', who: number, taps: [Tap, Tap, Tap], plan: Fault[] }
  | { kind: 'upgrade', who: number }

const who = fc.nat(2)
const at = fc.record({ who, tab: fc.nat(1) })
const plan = fc.array(fc.constantFrom<Fault>(...FAULTS), { maxLength: 4 })
const tap = fc.record({ what: fc.nat(24), target: fc.nat(5), flag: fc.boolean() })
const move = (kind: Move['kind'], fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Move> =>
  fc.record({ kind: fc.constant(kind), ...fields }) as fc.Arbitrary<Move>

/** A short story of taps, syncs and mishaps. */
export const story: fc.Arbitrary<Move[]> = fc.array(fc.oneof(
  { weight: 10, arbitrary: move('tap', { at, tap }) },
  { weight: 6, arbitrary: move('sync', { at, plan }) },
  { weight: 3, arbitrary: move('both_tabs', { who, plans: fc.tuple(plan, plan) }) },
  { weight: 3, arbitrary: move('everybody', { plans: fc.array(plan, { minLength: 3, maxLength: 3 }) }) },
  { weight: 4, arbitrary: move('kill_in_tap', { at, tap, after: fc.integer({ min: 3, max: 18 }) }) },
  { weight: 3, arbitrary: move('kill_in_sync', { at, plan, after: fc.nat(60) }) },
  { weight: 1, arbitrary: move('deliver_late', {}) },
  { weight: 1, arbitrary: move('revoke', { who }) },
  { weight: 1, arbitrary: move('confirm', { who }) },
  { weight: 1, arbitrary: move('token', { who, state: fc.constantFrom('expired', 'gone', 'good') }) },
  { weight: 2, arbitrary: move('dashboard', { target: fc.nat(5), change: fc.nat(4) }) },
  { weight: 2, arbitrary: move('overtake', { who, other: who, tap, plan }) },
  { weight: 2, arbitrary: move('restored_copy', { who, taps: fc.tuple(tap, tap, tap), plan }) },
  { weight: 1, arbitrary: move('upgrade', { who }) },
), { minLength: 1, maxLength: 14 })

async function doTap(run: Run, phone: Phone, tab: Tab, what: Tap): Promise<void> {
  try {
    phone.taps.push(await tapSomething(run, phone, tab, what))
  }
  catch (error) {
    if (!tab.dead || !(error instanceof KilledError)) throw error
  }
}

/** Syncs a tab. After a good cycle the phone has the person's rights as they are now. */
async function doSync(run: Run, phone: Phone, tab: Tab): Promise<void> {
  run.synced.delete(phone)
  const { health } = await tab.cycle()
  if (health === 'ok') run.synced.add(phone)
  else run.synced.delete(phone)
}

async function die(phone: Phone, tab: Tab, after: number, work: () => Promise<void>): Promise<void> {
  tab.dieAfter(after)
  await work()
  tab.dead = true
  phone.revive()
}

/** Lets an old answer arrive after the other tab has shown a newer one. */
async function overtake(run: Run, phone: Phone, other: Phone, what: Tap, plan: Fault[]): Promise<void> {
  let open = (): void => {}
  const old = phone.plan(0, [...plan, 'overtaken'])
  old.gateway.gate = new Promise((resolve) => { open = resolve })
  const slow = doSync(run, phone, old)
  await doTap(run, other, other.tab(1), what)
  await doSync(run, other, other.plan(1, []))
  await doSync(run, phone, phone.plan(1, []))
  open()
  await slow
}

/** Restores a backup on the phone: what it sent since has the client id and the numbers of what is tapped next. */
async function restoredCopy(
  run: Run,
  phone: Phone,
  [before, since, then]: [Tap, Tap, Tap],
  plan: Fault[],
): Promise<void> {
  await doTap(run, phone, phone.tab(0), before)
  await phone.backUp()
  await doTap(run, phone, phone.tab(0), since)
  await doSync(run, phone, phone.plan(0, []))
  await phone.restore()
  await doTap(run, phone, phone.tab(1), then)
  await doSync(run, phone, phone.plan(1, plan))
}

const DASHBOARD = [
  `update app.shift set capacity = capacity + 1 where id = $1`,
  `update app.post set task = coalesce(task, '') || '·' where id = (select post_id from app.shift where id = $1)`,
  `update app.post set waitlist_choice = 'community' where id = (select post_id from app.shift where id = $1)`,
  `update app.shift
  set starts_at = starts_at + interval '31 days', ends_at = ends_at + interval '31 days'
  where id = $1 and filled = 0 and held = 0`,
  `update app.responder r
  set name = r.name || '*'
  where r.id = (select a.responder_id from app.assignment a where a.shift_id = $1 order by a.id limit 1)`,
]

/** Plays one move. */
export async function play(run: Run, m: Move): Promise<void> {
  run.synced.clear()
  const phoneOf = (i: number): Phone => run.phones[i]!
  switch (m.kind) {
    case 'tap':
      return doTap(run, phoneOf(m.at.who), phoneOf(m.at.who).tab(m.at.tab), m.tap)
    case 'sync':
      return doSync(run, phoneOf(m.at.who), phoneOf(m.at.who).plan(m.at.tab, m.plan))
    case 'both_tabs':
      return void await Promise.all(m.plans.map((p, i) => doSync(run, phoneOf(m.who), phoneOf(m.who).plan(i, p))))
    case 'everybody':
      return void await Promise.all(run.phones.map((p, i) => doSync(run, p, p.plan(0, m.plans[i]!))))
    case 'kill_in_tap':
      return die(
        phoneOf(m.at.who),
        phoneOf(m.at.who).tab(m.at.tab),
        m.after,
        () => doTap(run, phoneOf(m.at.who), phoneOf(m.at.who).tab(m.at.tab), m.tap),
      )
    case 'kill_in_sync':
      return die(
        phoneOf(m.at.who),
        phoneOf(m.at.who).plan(m.at.tab, m.plan),
        m.after,
        () => doSync(run, phoneOf(m.at.who), phoneOf(m.at.who).tab(m.at.tab)),
      )
    case 'deliver_late':
      return run.server.deliverLate()
    case 'revoke':
      return run.membership(phoneOf(m.who), 'ended')
    case 'confirm':
      return run.membership(phoneOf(m.who), 'confirmed')
    case 'token':
      for (const tab of phoneOf(m.who).tabs)
        Object.assign(tab.gateway, { expired: m.state !== 'good', revoked: m.state === 'gone' })
      return
    case 'dashboard': return run.sql(DASHBOARD[m.change]!, [run.shifts[m.target % run.shifts.length]])
    case 'overtake': return overtake(run, phoneOf(m.who), phoneOf(m.other), m.tap, m.plan)
    case 'restored_copy': return restoredCopy(run, phoneOf(m.who), m.taps, m.plan)
    case 'upgrade':
      phoneOf(m.who).seenCursors = {}
      return forgetRows(phoneOf(m.who).db, phoneOf(m.who).login, SCHEMA)
  }
}
