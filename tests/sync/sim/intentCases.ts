import type { MutationArgs, MutationName } from '../../../src/domain/mutations.ts'
import type { SyncedTable } from '../../../src/domain/rows.ts'
import type { World } from '../../db/world.ts'
import type { Phone } from './phone.ts'
import type { Run } from './run.ts'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { makeShift, pglite } from '../../db/world.ts'

const now = (): string => new Date().toISOString()
interface Stage { run: Run, a: Phone, b: Phone, lead: Phone }
/** One tap, what it shows at once and what comes back. */
export interface Case<N extends MutationName = MutationName> {
  name: N
  title: string
  /** brings the world to where the tap makes sense; answers who taps, and what */
  given: (s: Stage) => Promise<{ who: Phone, args: MutationArgs[N] }>
  /** rows the tap shows at once */
  shows: SyncedTable[]
  /** null: applied without a word. Else the code of the verdict that comes back. */
  answer: string | null
}
const c = <N extends MutationName>(one: Case<N>): Case => one as unknown as Case

/** Syncs phones over a good network. */
export async function sync(...phones: Phone[]): Promise<void> {
  for (const p of phones) expect(await p.tab(0).cycle(), p.server.defects.join('\n')).toEqual({ health: 'ok', after_s: null })
}
const accept = (shift_id: string, on_full: 'refuse' | 'waitlist' = 'refuse'): MutationArgs['accept_shift'] =>
  ({ assignment_id: randomUUID(), shift_id, offer_id: null, eta_min: null, on_full, waitlist_id: randomUUID() })
async function taken({ run, a }: Stage, by = a): Promise<string> {
  const args = accept(run.shifts[0]!)
  await by.tab(0).tap('accept_shift', args)
  await sync(by)
  return args.assignment_id
}
const NOTE = { done: '送药 3 户', todo: '502 回访', supplies: '盐 4 袋', risks: '' }
/** A further shift at the post, from so many minutes after now, and the person's place on it. */
async function placeIn(s: Stage, by: Phone, from_min: number, hours: number): Promise<string> {
  const shift = await makeShift(pglite(s.run.server.pg), { community: s.run.community, post: s.run.post } as World, new Date(Math.floor(Date.now() / 3600e3) * 3600e3 + from_min * 60e3), hours, 2)
  await sync(by)
  const args = accept(shift)
  await by.tab(0).tap('accept_shift', args)
  await sync(by)
  return args.assignment_id
}
/** On post in a shift that runs. */
async function standing(s: Stage): Promise<string> {
  const assignment_id = await placeIn(s, s.a, -60, 3)
  await s.a.tab(0).tap('check_in', { assignment_id, at: now(), way: 'manual' })
  await sync(s.a)
  return assignment_id
}
async function relief(s: Stage): Promise<{ assignment_id: string, from_assignment_id: string }> {
  return { from_assignment_id: await standing(s), assignment_id: await placeIn(s, s.b, 120, 2) }
}
async function drafted({ run, lead }: Stage): Promise<{ roster_id: string, shift_id: string }> {
  const shift_id = randomUUID()
  const roster_id = randomUUID()
  const day = new Date(run.start + 30 * 3600e3)
  const shift = { id: shift_id, post_id: run.post, starts_at: day.toISOString(), ends_at: new Date(day.getTime() + 3 * 3600e3).toISOString(), capacity: 1 }
  await lead.tab(0).tap('draft_shifts', { roster_id, community_id: run.community, name: '周', starts_on: '2026-11-23', ends_on: '2026-11-30', shifts: [shift] })
  await sync(lead)
  return { roster_id, shift_id }
}
function calloutArgs(run: Run, kind: 'real' | 'drill'): MutationArgs['open_callout'] {
  const slots = [{ starts_at: new Date(run.start + 40 * 3600e3).toISOString(), ends_at: new Date(run.start + 44 * 3600e3).toISOString() }]
  return { callout_id: randomUUID(), community_id: run.community, kind, title: '红色防线', ground: '寒潮', document_no: '2号', mode_id: randomUUID(), mode_hours: 4, org_unit_ids: [run.building], post: { name: '单元门岗', kind: 'unit_door', task: null, kit: null }, capacity: 1, slots, offer_min: 6 }
}
async function called(s: Stage): Promise<string> {
  const args = calloutArgs(s.run, 'drill')
  await s.lead.tab(0).tap('open_callout', args)
  await sync(s.lead, s.a)
  return args.callout_id
}
/** The ladder of a fresh drill, as the coordinator's phone shows it. */
async function climbed(s: Stage): Promise<{ ladder_id: string, as_of: number }> {
  await called(s)
  const ladder = (await s.lead.db.rows('ladder').toArray())[0]!
  return { ladder_id: ladder.id, as_of: ladder.position }
}
/** A call-out for real whose mode has been closed under it. */
async function undecided(s: Stage): Promise<string> {
  const args = calloutArgs(s.run, 'real')
  await s.lead.tab(0).tap('open_callout', args)
  await s.lead.tab(0).tap('close_mode', { mode_id: args.mode_id })
  await sync(s.lead)
  return args.callout_id
}
const edition = (community_id: string): MutationArgs['save_template'] => ({ template_id: randomUUID(), community_id, key: 'snow', name: '大雪', ground: '暴雪橙色预警', kind: 'supplies', capacity: 3, pattern: '8x3', task: '扫雪铲冰', kit: '铁锹' })
async function kept(s: Stage): Promise<string> {
  const args = edition(s.run.community)
  await s.lead.tab(0).tap('save_template', args)
  await sync(s.lead)
  return args.template_id
}
async function opened({ run, lead }: Stage): Promise<string> {
  const args = { mode_id: randomUUID(), org_unit_id: run.community, ground: '寒潮', document_no: '1号', hours: 2 }
  await lead.tab(0).tap('open_mode', args)
  await sync(lead)
  return args.mode_id
}
async function waiting(s: Stage): Promise<string> {
  await taken(s)
  const waitlist_id = randomUUID()
  await s.b.tab(0).tap('join_waitlist', { waitlist_id, shift_id: s.run.shifts[0]! })
  await sync(s.b)
  return waitlist_id
}
async function offer(s: Stage): Promise<{ offer_id: string, shift_id: string }> {
  await called(s)
  const mine = (await s.a.db.rows('my_offer').toArray())[0]!
  return { offer_id: mine.id, shift_id: mine.shift_id }
}
/** The person asked has no push and no read notice: the ladder puts him on the call list. */
async function listed(s: Stage): Promise<{ offer_id: string }> {
  const asked = await offer(s)
  const noon = `date_trunc('day', now() at time zone interval '+08:00') at time zone interval '+08:00' + interval '36 hours'` // a drill wakes nobody at night
  for (const minutes of [0, 1, 3]) await s.run.sql(`select private.plan_deliveries(${noon} + make_interval(mins => $1))`, [minutes])
  await sync(s.lead)
  return asked
}
const call = (offer_id: string, result: MutationArgs['log_call']['result']): MutationArgs['log_call'] => ({ offer_id, result, assignment_id: randomUUID(), waitlist_id: randomUUID() })

/** Every intent at least once, and the refusals a phone cannot foresee. */
export const CASES: Case[] = [
  c({ name: 'accept_shift', title: 'a free place', given: async s => ({ who: s.a, args: accept(s.run.shifts[0]!) }), shows: ['my_assignment', 'assignment'], answer: null }),
  c({ name: 'accept_shift', title: 'a request by name', given: async (s) => { const o = await offer(s); return { who: s.a, args: { ...accept(o.shift_id), offer_id: o.offer_id } } }, shows: ['my_assignment', 'assignment', 'my_offer'], answer: null }),
  c({ name: 'accept_shift', title: 'a place taken meanwhile', given: async (s) => { await taken(s); return { who: s.b, args: accept(s.run.shifts[0]!) } }, shows: ['my_assignment', 'assignment'], answer: 'full' }),
  c({ name: 'accept_shift', title: 'a full shift, or wait', given: async (s) => { await taken(s); await sync(s.b); return { who: s.b, args: accept(s.run.shifts[0]!, 'waitlist') } }, shows: ['my_waitlist'], answer: 'waitlisted' }),
  c({ name: 'accept_shift', title: 'over my own shift', given: async (s) => { await taken(s); return { who: s.a, args: accept(s.run.shifts[1]!) } }, shows: ['my_assignment', 'assignment'], answer: 'overlap' }),
  c({ name: 'accept_shift', title: 'a thirteenth hour in a row', given: async (s) => {
    await placeIn(s, s.a, 60 * 60, 8)
    const shift = await makeShift(pglite(s.run.server.pg), { community: s.run.community, post: s.run.post } as World, new Date(Math.floor(Date.now() / 3600e3) * 3600e3 + 68 * 3600e3), 5, 2)
    await sync(s.a)
    return { who: s.a, args: accept(shift) }
  }, shows: ['my_assignment', 'assignment'], answer: 'over_limit' }),
  c({ name: 'accept_shift', title: 'what the coordinator assigned', given: async (s) => {
    const id = randomUUID()
    await s.lead.tab(0).tap('assign', { assignment_id: id, shift_id: s.run.shifts[0]!, responder_id: s.a.responder })
    await sync(s.lead, s.a)
    return { who: s.a, args: { ...accept(s.run.shifts[0]!), assignment_id: id } }
  }, shows: ['my_assignment', 'assignment'], answer: null }),
  c({ name: 'decline_shift', title: 'a request', given: async s => ({ who: s.a, args: { offer_id: (await offer(s)).offer_id, assignment_id: null, reason: 'ill' } }), shows: ['my_offer'], answer: null }),
  c({ name: 'decline_shift', title: 'a place that is gone', given: async s => ({ who: s.a, args: { offer_id: null, assignment_id: randomUUID(), reason: null } }), shows: [], answer: 'gone' }),
  c({ name: 'withdraw', title: 'my place', given: async s => ({ who: s.a, args: { assignment_id: await taken(s), reason: 'work' } }), shows: ['my_assignment'], answer: null }),
  c({ name: 'withdraw', title: 'when already on post', given: async (s) => {
    const assignment_id = await taken(s)
    await s.a.tab(1).tap('check_in', { assignment_id, at: now(), way: 'manual' })
    await s.a.tab(1).cycle()
    return { who: s.a, args: { assignment_id, reason: 'work' } }
  }, shows: [], answer: 'wrong_state' }),
  c({ name: 'join_waitlist', title: 'behind a full shift', given: async (s) => { await taken(s); return { who: s.b, args: { waitlist_id: randomUUID(), shift_id: s.run.shifts[0]! } } }, shows: ['my_waitlist'], answer: 'waitlisted' }),
  c({ name: 'leave_waitlist', title: 'my rank', given: async s => ({ who: s.b, args: { waitlist_id: await waiting(s) } }), shows: ['my_waitlist'], answer: null }),
  c({ name: 'take_held_place', title: 'held for me', given: async (s) => {
    const waitlist_id = await waiting(s)
    await s.a.tab(0).tap('withdraw', { assignment_id: (await s.a.db.rows('my_assignment').toArray())[0]!.id, reason: 'work' })
    await sync(s.a, s.b)
    return { who: s.b, args: { waitlist_id, assignment_id: randomUUID(), eta_min: null } }
  }, shows: ['my_assignment', 'assignment', 'my_waitlist'], answer: null }),
  c({ name: 'take_held_place', title: 'not held yet', given: async s => ({ who: s.b, args: { waitlist_id: await waiting(s), assignment_id: randomUUID(), eta_min: null } }), shows: ['my_assignment', 'my_waitlist'], answer: 'wrong_state' }),
  c({ name: 'check_in', title: '到岗', given: async s => ({ who: s.a, args: { assignment_id: await taken(s), at: now(), way: 'manual' } }), shows: ['my_assignment', 'assignment'], answer: null }),
  c({ name: 'check_in', title: 'after the place was taken away', given: async (s) => {
    const assignment_id = await taken(s)
    await sync(s.lead)
    await s.lead.tab(0).tap('unassign', { assignment_id, reason: null })
    await sync(s.lead)
    return { who: s.a, args: { assignment_id, at: now(), way: 'manual' } }
  }, shows: ['my_assignment', 'assignment'], answer: 'disputed' }),
  c({ name: 'check_out', title: '离岗', given: async (s) => {
    const assignment_id = await taken(s)
    await s.a.tab(0).tap('check_in', { assignment_id, at: now(), way: 'manual' })
    await sync(s.a)
    return { who: s.a, args: { assignment_id, at: now(), relief_assignment_id: null, must_leave: null } }
  }, shows: ['my_assignment', 'assignment'], answer: null }),
  c({ name: 'give_handover', title: 'my note', given: async s => ({ who: s.a, args: { assignment_id: await standing(s), at: now(), to_assignment_id: null, note: NOTE } }), shows: ['handover'], answer: null }),
  c({ name: 'give_handover', title: 'of a shift that is gone', given: async s => ({ who: s.a, args: { assignment_id: randomUUID(), at: now(), to_assignment_id: null, note: NOTE } }), shows: ['handover'], answer: 'gone' }),
  c({ name: 'take_handover', title: 'before the giver has spoken', given: async s => ({ who: s.b, args: { ...await relief(s), at: now(), note: NOTE } }), shows: ['handover'], answer: null }),
  c({ name: 'take_handover', title: 'from somebody I do not relieve', given: async (s) => {
    const from_assignment_id = await standing(s)
    return { who: s.b, args: { assignment_id: await placeIn(s, s.b, 240, 2), from_assignment_id, at: now(), note: null } }
  }, shows: ['handover'], answer: 'wrong_state' }),
  c({ name: 'force_handover', title: 'with a reason', given: async (s) => { const assignment_id = await standing(s); await sync(s.lead); return { who: s.lead, args: { assignment_id, reason: '接班人未到' } } }, shows: ['handover'], answer: null }),
  c({ name: 'force_handover', title: 'without the role', given: async (s) => { const assignment_id = await standing(s); await sync(s.b); return { who: s.b, args: { assignment_id, reason: '接班人未到' } } }, shows: ['handover'], answer: 'forbidden' }),
  c({ name: 'take_over', title: 'by a person present', given: async (s) => { const assignment_id = await standing(s); await sync(s.lead); return { who: s.lead, args: { assignment_id, new_assignment_id: randomUUID(), responder_id: s.b.responder, at: now() } } }, shows: ['assignment', 'handover'], answer: null }),
  c({ name: 'take_over', title: 'by somebody busy', given: async (s) => { const assignment_id = await standing(s); await placeIn(s, s.b, 90, 2); return { who: s.a, args: { assignment_id, new_assignment_id: randomUUID(), responder_id: s.b.responder, at: now() } } }, shows: ['my_assignment', 'assignment', 'handover'], answer: 'overlap' }),
  c({ name: 'assign', title: 'a person on an open shift', given: async s => ({ who: s.lead, args: { assignment_id: randomUUID(), shift_id: s.run.shifts[0]!, responder_id: s.a.responder } }), shows: ['assignment'], answer: null }),
  c({ name: 'assign', title: 'a person on a draft', given: async s => ({ who: s.lead, args: { assignment_id: randomUUID(), shift_id: (await drafted(s)).shift_id, responder_id: s.a.responder } }), shows: ['draft_assignment'], answer: null }),
  c({ name: 'assign', title: 'without the role', given: async s => ({ who: s.a, args: { assignment_id: randomUUID(), shift_id: s.run.shifts[0]!, responder_id: s.b.responder } }), shows: ['assignment'], answer: 'forbidden' }),
  c({ name: 'unassign', title: 'a person', given: async (s) => { const assignment_id = await taken(s); await sync(s.lead); return { who: s.lead, args: { assignment_id, reason: null } } }, shows: [], answer: null }),
  c({ name: 'draft_shifts', title: 'a plan', given: async (s) => {
    const shifts = [1, 2].map(i => ({ id: randomUUID(), post_id: s.run.post, starts_at: new Date(s.run.start + i * 30 * 3600e3).toISOString(), ends_at: new Date(s.run.start + (i * 30 + 2) * 3600e3).toISOString(), capacity: 2 }))
    return { who: s.lead, args: { roster_id: randomUUID(), community_id: s.run.community, name: '周', starts_on: '2026-11-23', ends_on: '2026-11-30', shifts } }
  }, shows: ['roster', 'shift'], answer: null }),
  c({ name: 'cancel_shift', title: 'an open one', given: async s => ({ who: s.lead, args: { shift_id: s.run.shifts[0]!, reason: null } }), shows: ['shift'], answer: null }),
  c({ name: 'cancel_shift', title: 'a draft', given: async s => ({ who: s.lead, args: { shift_id: (await drafted(s)).shift_id, reason: null } }), shows: [], answer: null }),
  c({ name: 'publish_roster', title: 'the version I saw', given: async (s) => { const { roster_id } = await drafted(s); return { who: s.lead, args: { roster_id, version: (await s.lead.db.rows('roster').get(roster_id))!.version } } }, shows: ['roster'], answer: null }),
  c({ name: 'publish_roster', title: 'changed since', given: async s => ({ who: s.lead, args: { roster_id: (await drafted(s)).roster_id, version: 1 } }), shows: [], answer: 'roster_changed' }),
  c({ name: 'open_callout', title: 'for real: with its mode', given: async s => ({ who: s.lead, args: calloutArgs(s.run, 'real') }), shows: ['callout', 'mode'], answer: null }),
  c({ name: 'open_callout', title: 'a drill: without a mode', given: async s => ({ who: s.lead, args: calloutArgs(s.run, 'drill') }), shows: ['callout'], answer: null }),
  c({ name: 'open_callout', title: 'without the role', given: async s => ({ who: s.a, args: calloutArgs(s.run, 'drill') }), shows: ['callout'], answer: 'forbidden' }),
  c({ name: 'escalate', title: 'to the next rung', given: async s => ({ who: s.lead, args: await climbed(s) }), shows: ['ladder'], answer: null }),
  c({ name: 'escalate', title: 'from a rung that has passed meanwhile', given: async (s) => {
    const args = await climbed(s)
    await s.run.sql('select private.climb($1, now(), $2)', [args.ladder_id, s.lead.login])
    return { who: s.lead, args }
  }, shows: ['ladder'], answer: 'moved_on' }),
  c({ name: 'resume_callout', title: 'left undecided', given: async s => ({ who: s.lead, args: { callout_id: await undecided(s), mode_id: randomUUID(), mode_hours: 4 } }), shows: ['callout', 'mode'], answer: null }),
  c({ name: 'save_template', title: 'an edition of a community', given: async s => ({ who: s.lead, args: edition(s.run.community) }), shows: ['callout_template'], answer: null }),
  c({ name: 'save_template', title: 'without the role', given: async s => ({ who: s.a, args: edition(s.run.community) }), shows: ['callout_template'], answer: 'forbidden' }),
  c({ name: 'drop_template', title: 'an edition', given: async s => ({ who: s.lead, args: { template_id: await kept(s) } }), shows: [], answer: null }),
  c({ name: 'stand_down', title: 'an open call-out', given: async s => ({ who: s.lead, args: { callout_id: await called(s), reason: null } }), shows: ['callout'], answer: null }),
  c({ name: 'open_mode', title: 'for the community', given: async s => ({ who: s.lead, args: { mode_id: randomUUID(), org_unit_id: s.run.community, ground: '寒潮', document_no: '1号', hours: 24 } }), shows: ['mode'], answer: null }),
  c({ name: 'open_mode', title: 'twice', given: async (s) => { await opened(s); return { who: s.lead, args: { mode_id: randomUUID(), org_unit_id: s.run.community, ground: '寒潮', document_no: '1号', hours: 24 } } }, shows: ['mode'], answer: 'mode_open' }),
  c({ name: 'renew_mode', title: 'for a day', given: async s => ({ who: s.lead, args: { mode_id: await opened(s), hours: 24 } }), shows: ['mode'], answer: null }),
  c({ name: 'close_mode', title: 'before its end', given: async s => ({ who: s.lead, args: { mode_id: await opened(s) } }), shows: ['mode'], answer: null }),
  c({ name: 'set_consent', title: 'given', given: async s => ({ who: s.a, args: { purpose: 'public_display', given: true } }), shows: ['me'], answer: null }),
  c({ name: 'dismiss_verdict', title: 'read', given: async (s) => {
    await taken(s)
    await s.b.tab(0).tap('accept_shift', accept(s.run.shifts[0]!))
    await sync(s.b)
    return { who: s.b, args: { mutation_id: (await s.b.db.rows('verdict').toArray())[0]!.id } }
  }, shows: [], answer: null }),
  c({ name: 'settle_dead_letter', title: 'what no server could handle', given: async (s) => {
    const mutation_id = await s.a.tab(0).tap('accept_shift', { ...accept(s.run.shifts[0]!), eta_min: 'soon' as never })
    await sync(s.a, s.lead)
    return { who: s.lead, args: { mutation_id } }
  }, shows: [], answer: null }),
  c({ name: 'read_notice', title: 'a request', given: async (s) => {
    await called(s)
    return { who: s.a, args: { notice_id: (await s.a.db.rows('my_notice').toArray())[0]!.id } }
  }, shows: ['my_notice'], answer: null }),
  c({ name: 'read_notice', title: 'one that is not mine', given: async s => ({ who: s.a, args: { notice_id: randomUUID() } }), shows: [], answer: 'gone' }),
  c({ name: 'log_call', title: 'nobody answered', given: async s => ({ who: s.lead, args: call((await listed(s)).offer_id, 'no_answer') }), shows: ['call_lead'], answer: null }),
  c({ name: 'log_call', title: 'a yes', given: async s => ({ who: s.lead, args: call((await listed(s)).offer_id, 'accepted') }), shows: ['offer_lead', 'assignment'], answer: null }),
  c({ name: 'log_call', title: 'a no', given: async s => ({ who: s.lead, args: call((await listed(s)).offer_id, 'declined') }), shows: ['offer_lead'], answer: null }),
  c({ name: 'log_call', title: 'without the role', given: async s => ({ who: s.b, args: call((await listed(s)).offer_id, 'accepted') }), shows: [], answer: 'forbidden' }),
]
