import type { MutationArgs, MutationName } from '../../../src/domain/mutations.ts'
import type { SyncedTable } from '../../../src/domain/rows.ts'
import type { World } from '../../db/world.ts'
import type { Phone } from './phone.ts'
import type { Stage } from './stages.ts'
import { randomUUID } from 'node:crypto'
import { clock } from '../../clock.ts'

import { makeShift, pglite } from '../../db/world.ts'
import { accept, asking, call, called, calloutArgs, climbed, drafted, edition, kept, listed, NOTE, now, offer, opened, placeIn, relief, shown, standing, sync, taken, undecided, waiting } from './stages.ts'
import { fortnight } from './taps.ts'

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

/** Every intent at least once, and the refusals a phone cannot foresee. */
export const CASES: Case[] = [
  c({ name: 'accept_shift', title: 'a free place', given: async s => ({ who: s.a, args: accept(s.run.shifts[0]!) }), shows: ['my_assignment', 'assignment'], answer: null }),
  c({ name: 'accept_shift', title: 'a request by name', given: async (s) => { const o = await offer(s); return { who: s.a, args: { ...accept(o.shift_id), offer_id: o.offer_id } } }, shows: ['my_assignment', 'assignment', 'my_offer'], answer: null }),
  c({ name: 'accept_shift', title: 'a place taken meanwhile', given: async (s) => { await taken(s); return { who: s.b, args: accept(s.run.shifts[0]!) } }, shows: ['my_assignment', 'assignment'], answer: 'full' }),
  c({ name: 'accept_shift', title: 'a full shift, or wait', given: async (s) => { await taken(s); await sync(s.b); return { who: s.b, args: accept(s.run.shifts[0]!, 'waitlist') } }, shows: ['my_waitlist'], answer: 'waitlisted' }),
  c({ name: 'accept_shift', title: 'over my own shift', given: async (s) => { await taken(s); return { who: s.a, args: accept(s.run.shifts[1]!) } }, shows: ['my_assignment', 'assignment'], answer: 'overlap' }),
  c({ name: 'accept_shift', title: 'a thirteenth hour in a row', given: async (s) => {
    await placeIn(s, s.a, 60 * 60, 8)
    const shift = await makeShift(pglite(s.run.server.pg), { community: s.run.community, post: s.run.post } as World, new Date(Math.floor(clock.now() / 3600e3) * 3600e3 + 68 * 3600e3), 5, 2)
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
  c({ name: 'take_over', title: 'by the code of their phone', given: async (s) => {
    const assignment_id = await standing(s)
    await placeIn(s, s.b, 300, 2) // the leaver's phone knows the name of somebody who has duty, too
    await sync(s.a)
    return { who: s.a, args: { assignment_id, new_assignment_id: randomUUID(), responder_id: s.b.responder, at: now(), code: await shown(s.b) } }
  }, shows: ['my_assignment', 'assignment', 'handover'], answer: null }),
  c({ name: 'take_over', title: 'by a code of somebody else', given: async (s) => {
    const assignment_id = await standing(s)
    await sync(s.lead)
    return { who: s.a, args: { assignment_id, new_assignment_id: randomUUID(), responder_id: s.b.responder, at: now(), code: await shown(s.lead) } }
  }, shows: ['my_assignment', 'assignment', 'handover'], answer: 'wrong_code' }),
  c({ name: 'take_over', title: 'by somebody busy', given: async (s) => {
    const assignment_id = await standing(s)
    await placeIn(s, s.b, 90, 2)
    return { who: s.a, args: { assignment_id, new_assignment_id: randomUUID(), responder_id: s.b.responder, at: now(), code: await shown(s.b) } }
  }, shows: ['my_assignment', 'assignment', 'handover'], answer: 'overlap' }),
  c({ name: 'assign', title: 'a person on an open shift', given: async s => ({ who: s.lead, args: { assignment_id: randomUUID(), shift_id: s.run.shifts[0]!, responder_id: s.a.responder } }), shows: ['assignment'], answer: null }),
  c({ name: 'assign', title: 'a person on a draft', given: async s => ({ who: s.lead, args: { assignment_id: randomUUID(), shift_id: (await drafted(s)).shift_id, responder_id: s.a.responder } }), shows: ['draft_assignment'], answer: null }),
  c({ name: 'assign', title: 'without the role', given: async s => ({ who: s.a, args: { assignment_id: randomUUID(), shift_id: s.run.shifts[0]!, responder_id: s.b.responder } }), shows: ['assignment'], answer: 'forbidden' }),
  c({ name: 'unassign', title: 'a person', given: async (s) => { const assignment_id = await taken(s); await sync(s.lead); return { who: s.lead, args: { assignment_id, reason: null } } }, shows: [], answer: null }),
  c({ name: 'draft_shifts', title: 'a plan', given: async (s) => {
    const shifts = [1, 2].map(i => ({ id: randomUUID(), post_id: s.run.post, starts_at: new Date(s.run.start + i * 30 * 3600e3).toISOString(), ends_at: new Date(s.run.start + (i * 30 + 2) * 3600e3).toISOString(), capacity: 2 }))
    return { who: s.lead, args: { roster_id: randomUUID(), community_id: s.run.community, name: '周', ...fortnight(s.run.start), shifts } }
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
  c({ name: 'request_reinforcement', title: 'of the next community', given: async s => ({ who: s.lead, args: await asking(s) }), shows: ['reinforcement'], answer: null }),
  c({ name: 'answer_reinforcement', title: 'two people', given: async (s) => {
    const args = await asking(s)
    await s.lead.tab(0).tap('request_reinforcement', args)
    await sync(s.lead)
    await s.run.sql(`insert into app.role_grant (id, login_id, org_unit_id, role) values (gen_random_uuid(), $1, $2, 'coordinator')`, [s.lead.login, args.to_community_id])
    await sync(s.lead)
    return { who: s.lead, args: { reinforcement_id: args.reinforcement_id, people: 2 } }
  }, shows: ['reinforcement'], answer: null }),
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
    const assignment_id = await placeIn(s, s.a, 60 * 60, 3)
    const mutation_id = await s.a.tab(0).tap('accept_shift', { ...accept(s.run.shifts[0]!), assignment_id })
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
