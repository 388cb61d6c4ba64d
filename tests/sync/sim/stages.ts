import type { MutationArgs } from '../../../src/domain/mutations.ts'
import type { World } from '../../db/world.ts'
import type { Phone } from './phone.ts'
import type { Run } from './run.ts'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { standInCode, standInStep } from '#domain/standInCode.ts'
import { clock } from '../../clock.ts'
import { makeShift, pglite } from '../../db/world.ts'
import { fortnight } from './taps.ts'

export const now = clock.stamp
export interface Stage { run: Run, a: Phone, b: Phone, lead: Phone }

/** Syncs phones over a good network. */
export async function sync(...phones: Phone[]): Promise<void> {
  for (const p of phones)
    expect(await p.tab(0).cycle(), p.server.defects.join('\n')).toEqual({ health: 'ok', after_s: null })
}
export const acceptArgs = (shift_id: string, on_full: 'refuse' | 'waitlist' = 'refuse'): MutationArgs['accept_shift'] =>
  ({ assignment_id: randomUUID(), shift_id, offer_id: null, eta_min: null, on_full, waitlist_id: randomUUID() })
export async function takePlace({ run, a }: Stage, by = a): Promise<string> {
  const args = acceptArgs(run.shifts[0]!)
  await by.tab(0).tap('accept_shift', args)
  await sync(by)
  return args.assignment_id
}

export const NOTE = { done: '送药 3 户', todo: '502 回访', supplies: '盐 4 袋', risks: '' }
/** Makes another shift at the post, from so many minutes after this hour, and gives the person a place on it. */
export async function placeIn(s: Stage, by: Phone, from_min: number, hours: number): Promise<string> {
  const shift = await makeShift(
    pglite(s.run.server.pg),
    { community: s.run.community, post: s.run.post } as World,
    new Date(Math.floor(clock.now() / 3600e3) * 3600e3 + from_min * 60e3),
    hours,
    2,
  )
  await sync(by)
  const args = acceptArgs(shift)
  await by.tab(0).tap('accept_shift', args)
  await sync(by)
  return args.assignment_id
}
/** The stand-in code this phone shows now. */
export async function codeOf(phone: Phone): Promise<string> {
  const me = (await phone.db.rows('me').toArray())[0]
  return (me && await standInCode(me.stand_in_key, standInStep(clock.now()))) ?? ''
}
/** Puts the first person on post in a running shift; answers their place. */
export async function standOnPost(s: Stage): Promise<string> {
  const assignment_id = await placeIn(s, s.a, -60, 3)
  await s.a.tab(0).tap('check_in', { assignment_id, at: now(), way: 'manual' })
  await sync(s.a)
  return assignment_id
}
export async function placesInTurn(s: Stage): Promise<{ assignment_id: string, from_assignment_id: string }> {
  return { from_assignment_id: await standOnPost(s), assignment_id: await placeIn(s, s.b, 120, 2) }
}
export async function draftRoster({ run, lead }: Stage): Promise<{ roster_id: string, shift_id: string }> {
  const shift_id = randomUUID()
  const roster_id = randomUUID()
  const day = new Date(run.start + 30 * 3600e3)
  const shift = {
    id: shift_id,
    post_id: run.post,
    starts_at: day.toISOString(),
    ends_at: new Date(day.getTime() + 3 * 3600e3).toISOString(),
    capacity: 1,
  }
  await lead.tab(0).tap('draft_shifts', {
    roster_id,
    community_id: run.community,
    name: '周',
    ...fortnight(run.start),
    shifts: [shift],
  })
  await sync(lead)
  return { roster_id, shift_id }
}
export function calloutArgs(run: Run, kind: 'real' | 'drill'): MutationArgs['open_callout'] {
  const slots = [{
    starts_at: new Date(run.start + 40 * 3600e3).toISOString(),
    ends_at: new Date(run.start + 44 * 3600e3).toISOString(),
  }]
  return {
    callout_id: randomUUID(),
    community_id: run.community,
    kind,
    title: '红色防线',
    ground: '寒潮',
    document_no: '2号',
    mode_id: randomUUID(),
    mode_hours: 4,
    org_unit_ids: [run.building],
    post: { name: '单元门岗', kind: 'unit_door', task: null, kit: null },
    capacity: 1,
    slots,
    offer_min: 6,
  }
}
export async function openDrill(s: Stage): Promise<string> {
  const args = calloutArgs(s.run, 'drill')
  await s.lead.tab(0).tap('open_callout', args)
  await sync(s.lead, s.a)
  return args.callout_id
}
/** Opens a drill; answers its ladder as the coordinator's phone shows it. */
export async function openLadder(s: Stage): Promise<{ ladder_id: string, as_of: number }> {
  await openDrill(s)
  const ladder = (await s.lead.db.rows('ladder').toArray())[0]!
  return { ladder_id: ladder.id, as_of: ladder.position }
}
/** Makes a community next door; answers the arguments of a request to it. */
export async function prepareReinforcement(s: Stage): Promise<MutationArgs['request_reinforcement']> {
  const { ladder_id } = await openLadder(s)
  const next = randomUUID()
  await s.run.sql(
    `insert into app.org_unit (id, level, name, parent_id)
    select $2, 'community', '丙社区', parent_id
    from app.org_unit
    where id = $1`,
    [s.run.community, next],
  )
  await sync(s.lead)
  return { reinforcement_id: randomUUID(), ladder_id, to_community_id: next, people: 2, note: '夜里' }
}
/** Opens a real call-out and closes its mode, so that it waits for a decision. */
export async function leaveUndecided(s: Stage): Promise<string> {
  const args = calloutArgs(s.run, 'real')
  await s.lead.tab(0).tap('open_callout', args)
  await s.lead.tab(0).tap('close_mode', { mode_id: args.mode_id })
  await sync(s.lead)
  return args.callout_id
}
export const templateArgs = (community_id: string): MutationArgs['save_template'] => ({
  template_id: randomUUID(),
  community_id,
  key: 'snow',
  name: '大雪',
  ground: '暴雪橙色预警',
  kind: 'supplies',
  capacity: 3,
  pattern: '8x3',
  task: '扫雪铲冰',
  kit: '铁锹',
})
export async function saveTemplate(s: Stage): Promise<string> {
  const args = templateArgs(s.run.community)
  await s.lead.tab(0).tap('save_template', args)
  await sync(s.lead)
  return args.template_id
}
export const recurrenceArgs = ({ run }: Stage): MutationArgs['save_recurrence'] => ({
  recurrence_id: randomUUID(),
  community_id: run.community,
  posts: [run.post],
  days: 'work',
  pattern: '3x8',
  starts: '08:00',
  capacity: 2,
})
export async function saveRecurrence(s: Stage): Promise<string> {
  const args = recurrenceArgs(s)
  await s.lead.tab(0).tap('save_recurrence', args)
  await sync(s.lead)
  return args.recurrence_id
}
export async function openMode({ run, lead }: Stage): Promise<string> {
  const args = { mode_id: randomUUID(), org_unit_id: run.community, ground: '寒潮', document_no: '1号', hours: 2 }
  await lead.tab(0).tap('open_mode', args)
  await sync(lead)
  return args.mode_id
}
export async function joinWaitlist(s: Stage): Promise<string> {
  await takePlace(s)
  const waitlist_id = randomUUID()
  await s.b.tab(0).tap('join_waitlist', { waitlist_id, shift_id: s.run.shifts[0]! })
  await sync(s.b)
  return waitlist_id
}
/** Lets the community pick at the post, and puts its first shift off to when there is still time to pick. */
export async function letCommunityPick({ run }: Stage): Promise<void> {
  await run.sql(`update app.post set waitlist_choice = 'community' where id = $1`, [run.post])
  const later = `starts_at = starts_at + interval '2 days', ends_at = ends_at + interval '2 days'`
  await run.sql(`update app.shift set ${later} where id = $1`, [run.shifts[0]])
}
/** A place given back at a post whose community picks, with somebody who waits for it; answers their entry. */
export async function placeToPick(s: Stage): Promise<string> {
  await letCommunityPick(s)
  const waitlist_id = await joinWaitlist(s)
  const assignment_id = (await s.a.db.rows('my_assignment').toArray())[0]!.id
  await s.a.tab(0).tap('withdraw', { assignment_id, reason: 'work' })
  await sync(s.a, s.b, s.lead)
  return waitlist_id
}
export async function receiveOffer(s: Stage): Promise<{ offer_id: string, shift_id: string }> {
  await openDrill(s)
  const mine = (await s.a.db.rows('my_offer').toArray())[0]!
  return { offer_id: mine.id, shift_id: mine.shift_id }
}
/** Asks a person that no channel reaches, so that they come onto the call list. */
export async function missEveryChannel(s: Stage): Promise<{ offer_id: string }> {
  const asked = await receiveOffer(s)
  // at noon, because a drill wakes nobody at night
  const noon =
    `date_trunc('day', now() at time zone interval '+08:00') at time zone interval '+08:00' + interval '36 hours'`
  for (const minutes of [0, 1, 3])
    await s.run.sql(`select private.plan_deliveries(${noon} + make_interval(mins => $1))`, [minutes])
  await sync(s.lead)
  return asked
}
export const callArgs = (offer_id: string, result: MutationArgs['log_call']['result']): MutationArgs['log_call'] => ({
  offer_id,
  result,
  assignment_id: randomUUID(),
  waitlist_id: randomUUID(),
})
