import type { Tab as OpenTab } from '../../fakes/tab.ts'
import type { Choice } from './choice.ts'
import type { Run as Story } from './run.ts'
import { randomUUID } from 'node:crypto'
import { isBinding } from '../../../src/domain/assignment.ts'
import { standInCode, standInStep } from '../../../src/domain/standInCode.ts'
import { DAY, dayKey } from '../../../src/domain/time.ts'
import { clock } from '../../clock.ts'
import { pick } from './choice.ts'
import { neighbourTap, reportTap } from './neighbourTaps.ts'

/** The days of a roster that begins with the story. */
export function fortnight(start: number): { starts_on: string, ends_on: string } {
  return { starts_on: dayKey(start), ends_on: dayKey(start + 13 * DAY) }
}

/** The page that is tapped and the world around it, as far as a tap needs them. */
type Tab = Pick<OpenTab, 'db' | 'tap'>
type Run = Pick<Story, 'shifts' | 'community' | 'post' | 'building' | 'start' | 'roster'> & {
  phones: { responder: string, db?: OpenTab['db'] }[],
}

/** The code on a person's phone now; six zeros if the phone has not synced yet. */
async function codeOn(phone: Run['phones'][number]): Promise<string> {
  const me = (await phone.db?.rows('me').toArray())?.[0]
  return (me && await standInCode(me.stand_in_key, standInStep(clock.now()))) ?? '000000'
}

/** A request for cover that this phone shows, with the yes that was said to it. */
async function coverOn(tab: Tab, target: number): Promise<{ id: string, yes: string }> {
  const rows = await tab.db.rows('cover_request').toArray()
  const id = pick(rows, target)
  return { id, yes: rows.find(c => c.id === id)?.taker_assignment_id ?? randomUUID() }
}

const wish = (tab: Tab, fewer: boolean): Promise<string> =>
  tab.tap('save_wishes', { turns: fewer ? 'fewer' : 'as_usual', nights: 'yes' })

async function coverTap(tab: Tab, what: number, target: number, mine: string): Promise<string> {
  if (what === 12) return tab.tap('ask_cover', { cover_id: randomUUID(), assignment_id: mine, reason: 'other' })
  const { id: cover_id } = await coverOn(tab, target)
  if (what === 15 && target % 2 === 1) {
    const with_assignment_id = pick(await tab.db.rows('assignment').toArray(), target)
    return tab.tap('offer_swap', { cover_id: randomUUID(), assignment_id: mine, with_assignment_id })
  }
  if (what === 14 && target % 2 === 1) {
    return tab.tap('take_swap', { cover_id, assignment_id: randomUUID(), back_assignment_id: randomUUID() })
  }
  if (what === 13) return tab.tap('take_cover', { cover_id, assignment_id: randomUUID() })
  return tab.tap(what === 14 ? 'untake_cover' : 'withdraw_cover', { cover_id })
}

/** What a person says of themselves. */
async function sayTap(tab: Tab, target: number, flag: boolean): Promise<string> {
  if (target % 3 === 0) return wish(tab, flag)
  return target % 3 === 1
    ? tab.tap('set_consent', { purpose: 'public_display', given: flag })
    : tab.tap('say_today', { absence_id: randomUUID(), answer: flag ? 'can' : 'cannot' })
}

async function responderTap(run: Run, tab: Tab, { what, target, flag }: Choice): Promise<string> {
  const shift_id = run.shifts[target % run.shifts.length]!
  const mine = async (): Promise<string> =>
    pick((await tab.db.rows('my_assignment').toArray()).filter(a => isBinding(a.state)), target)
  const waiting = async (): Promise<string> => pick(await tab.db.rows('my_waitlist').toArray(), target)
  const at = clock.stamp()
  switch (what) {
    case 0:
      return tab.tap('withdraw', { assignment_id: await mine(), reason: 'work' })
    case 1:
      return tab.tap('join_waitlist', { waitlist_id: randomUUID(), shift_id })
    case 2:
      return tab.tap('leave_waitlist', { waitlist_id: await waiting() })
    case 3:
      return tab.tap('take_held_place', { waitlist_id: await waiting(), assignment_id: randomUUID(), eta_min: null })
    case 4:
      return tab.tap('check_in', { assignment_id: await mine(), at, way: 'manual' })
    case 5:
      return tab.tap('check_out', { assignment_id: await mine(), at, relief_assignment_id: null, must_leave: null })
    case 6:
      return sayTap(tab, target, flag)
    case 7:
      return tab.tap('dismiss_verdict', { mutation_id: pick(await tab.db.rows('verdict').toArray(), target) })
    case 9:
      return tab.tap('give_handover', {
        assignment_id: await mine(),
        at,
        to_assignment_id: null,
        note: { done: String(target), todo: '', supplies: '', risks: '' },
      })
    case 10:
      return tab.tap('take_handover', {
        assignment_id: await mine(),
        from_assignment_id: pick(await tab.db.rows('assignment').toArray(), target),
        at,
        note: null,
      })
    case 11: {
      const other = run.phones[target % run.phones.length]!
      const args = { assignment_id: await mine(), new_assignment_id: randomUUID(), responder_id: other.responder, at }
      return tab.tap('take_over', { ...args, code: flag ? await codeOn(other) : '000000' })
    }
    case 12:
    case 13:
    case 14:
    case 15:
      return coverTap(tab, what, target, await mine())
    case 8:
      return tab.tap('decline_shift', { offer_id: null, assignment_id: await mine(), reason: null })
    default:
      return tab.tap('accept_shift', {
        assignment_id: randomUUID(),
        shift_id,
        offer_id: null,
        eta_min: null,
        on_full: flag ? 'waitlist' : 'refuse',
        waitlist_id: randomUUID(),
      })
  }
}

async function coordinatorTap(run: Run, tab: Tab, choice: Choice): Promise<string> {
  const { what, target, flag } = choice
  const community_id = run.community
  const shift_id = run.shifts[target % run.shifts.length]!
  switch (what) {
    case 0:
      return tab.tap('cancel_shift', { shift_id, reason: null })
    case 1:
      return tab.tap('unassign', {
        assignment_id: pick(await tab.db.rows('assignment').toArray(), target),
        reason: null,
      })
    case 2:
      return tab.tap('open_mode', {
        mode_id: randomUUID(),
        org_unit_id: community_id,
        ground: '演练',
        document_no: '1号',
        hours: 2,
      })
    case 3:
      return tab.tap('close_mode', { mode_id: pick(await tab.db.rows('mode').toArray(), target) })
    case 4:
      return draft(run, tab, flag)
    case 5:
      return publish(tab, target)
    case 6:
      return tab.tap('stand_down', { callout_id: pick(await tab.db.rows('callout').toArray(), target), reason: null })
    case 7:
      return callout(run, tab, flag)
    case 8:
      return tab.tap('force_handover', {
        assignment_id: pick(await tab.db.rows('assignment').toArray(), target),
        reason: '未到',
      })
    case 10:
      return flag
        ? tab.tap('pick_waiting', { waitlist_id: pick(await tab.db.rows('waitlist_lead').toArray(), target) })
        : responderTap(run, tab, choice)
    case 9: {
      const { id: cover_id, yes: assignment_id } = await coverOn(tab, target)
      return flag
        ? tab.tap('approve_cover', { cover_id, assignment_id })
        : tab.tap('refuse_cover', { cover_id, assignment_id, reason: null })
    }
    case 11:
      return tab.tap('accept_for', { assignment_id: pick(await tab.db.rows('assignment').toArray(), target) })
    default:
      return what < 13
        ? tab.tap('assign', {
            assignment_id: randomUUID(),
            shift_id,
            responder_id: run.phones[target % run.phones.length]!.responder,
          })
        : responderTap(run, tab, choice)
  }
}

function draft(run: Run, tab: Tab, twice: boolean): Promise<string> {
  const roster_id = run.roster
  const shifts = [0, twice ? 3 : 0].map(h => ({
    id: randomUUID(),
    post_id: run.post,
    starts_at: new Date(run.start + (30 + h) * 3600e3).toISOString(),
    ends_at: new Date(run.start + (33 + h) * 3600e3).toISOString(),
    capacity: 1,
  }))
  return tab.tap('draft_shifts', {
    roster_id,
    community_id: run.community,
    name: '周',
    ...fortnight(run.start),
    shifts,
  })
}

async function publish(tab: Tab, target: number): Promise<string> {
  const roster_id = pick(await tab.db.rows('roster').toArray(), target)
  const version = (await tab.db.rows('roster').get(roster_id))?.version ?? 1
  return tab.tap('publish_roster', { roster_id, version })
}

function callout(run: Run, tab: Tab, real: boolean): Promise<string> {
  const slots = [{
    starts_at: new Date(run.start + 40 * 3600e3).toISOString(),
    ends_at: new Date(run.start + 44 * 3600e3).toISOString(),
  }]
  const post = { name: '单元门岗', kind: 'unit_door' as const, task: null, kit: null }
  return tab.tap('open_callout', {
    callout_id: randomUUID(),
    community_id: run.community,
    kind: real ? 'real' : 'drill',
    title: '红色防线',
    ground: '寒潮',
    document_no: '2号',
    mode_id: randomUUID(),
    mode_hours: 4,
    org_unit_ids: [run.building],
    post,
    capacity: 1,
    slots,
    offer_min: 6,
  })
}

/** Makes one tap of a person, from what their own phone shows. */
export function tapSomething(run: Run, phone: { coordinator: boolean }, tab: Tab, choice: Choice): Promise<string> {
  if (choice.what === 23) return reportTap(run, tab, phone.coordinator, choice)
  if (choice.what === 24 && phone.coordinator) return neighbourTap(run, tab, choice)
  return phone.coordinator ? coordinatorTap(run, tab, choice) : responderTap(run, tab, choice)
}
