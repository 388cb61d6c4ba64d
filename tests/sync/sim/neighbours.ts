import type { MutationArgs } from '../../../src/domain/mutations.ts'
import type { Phone } from './phone.ts'
import type { Stage } from './stages.ts'
import { randomUUID } from 'node:crypto'
import { DAY, dayKey } from '#domain/time.ts'
import { clock } from '../../clock.ts'
import { sync } from './stages.ts'

/** The day of so many days from now. */
export const dayIn = (days: number): string => dayKey(clock.now() + days * DAY)

type OrgArgs = MutationArgs['save_party_org']
/** A branch of the community itself. */
export const orgArgs = ({ run }: Stage, name: string, more: Partial<OrgArgs> = {}): OrgArgs => ({
  party_org_id: randomUUID(),
  keeper_id: run.community,
  name,
  kind: 'branch',
  state: 'formed',
  org_unit_id: run.community,
  partner_unit_id: null,
  parent_id: null,
  covers: [],
  formed_on: '2021-07-01',
  callout_id: null,
  ...more,
})
export async function saveOrg(s: Stage, name: string, more: Partial<OrgArgs> = {}): Promise<string> {
  const args = orgArgs(s, name, more)
  await s.lead.tab(0).tap('save_party_org', args)
  await sync(s.lead)
  return args.party_org_id
}

type PostArgs = MutationArgs['set_party_post']
/** A secretary who stands on no list, since two years ago. */
export const postArgs = (party_org_id: string, more: Partial<PostArgs> = {}): PostArgs => ({
  party_post_id: randomUUID(),
  party_org_id,
  post: 'secretary',
  responder_id: null,
  holder: '老王',
  starts_on: dayIn(-730),
  ...more,
})
export async function setPost(s: Stage, party_org_id: string, more: Partial<PostArgs> = {}): Promise<string> {
  const args = postArgs(party_org_id, more)
  await s.lead.tab(0).tap('set_party_post', args)
  await sync(s.lead)
  return args.party_post_id
}

type UnitArgs = MutationArgs['save_partner_unit']
export const unitArgs = ({ run }: Stage, name: string, more: Partial<UnitArgs> = {}): UnitArgs => ({
  partner_unit_id: randomUUID(),
  keeper_id: run.community,
  name,
  kind: 'enterprise',
  place_id: null,
  address: null,
  line: null,
  contact_id: null,
  ...more,
})
export async function saveUnit(s: Stage, name: string, more: Partial<UnitArgs> = {}): Promise<string> {
  const args = unitArgs(s, name, more)
  await s.lead.tab(0).tap('save_partner_unit', args)
  await sync(s.lead)
  return args.partner_unit_id
}

type SeatArgs = MutationArgs['save_seat']
/** A member of the community's council who stands on no list. */
export const seatArgs = ({ run }: Stage, more: Partial<SeatArgs> = {}): SeatArgs => ({
  seat_id: randomUUID(),
  council_id: run.community,
  kind: 'part_time',
  title: '委员',
  partner_unit_id: null,
  responder_id: null,
  holder: '老李',
  substitute: null,
  state: 'serving',
  since_on: dayIn(-100),
  until_on: dayIn(900),
  sort: 3,
  ...more,
})
export async function saveSeat(s: Stage, more: Partial<SeatArgs> = {}): Promise<string> {
  const args = seatArgs(s, more)
  await s.lead.tab(0).tap('save_seat', args)
  await sync(s.lead)
  return args.seat_id
}
/** A seat whose holder gave it up. */
export async function emptySeat(s: Stage): Promise<string> {
  const seat_id = await saveSeat(s)
  await s.lead.tab(0).tap('end_seat', { seat_id, ended_on: dayIn(0) })
  await sync(s.lead)
  return seat_id
}

/** Lets a person be a member of an organisation, or one of the people of a unit. */
export async function belongTo(
  s: Stage, person: Phone, column: 'party_org_id' | 'partner_unit_id', id: string,
): Promise<void> {
  await s.run.sql(`update app.responder set ${column} = $2 where id = $1`, [person.responder, id])
  await sync(s.lead)
}

/** A community next door; answers its id. */
export async function nextDoor({ run }: Stage): Promise<string> {
  const id = randomUUID()
  await run.sql(
    `insert into app.org_unit (id, level, name, parent_id)
    select $2, 'community', '丙社区', parent_id from app.org_unit where id = $1`,
    [run.community, id],
  )
  return id
}
/** A grid of the community, with nothing in it; answers its id. */
export async function makeGrid({ run }: Stage): Promise<string> {
  const id = randomUUID()
  await run.sql(
    `insert into app.org_unit (id, level, name, parent_id) values ($1, 'grid', '第一网格', $2)`,
    [id, run.community],
  )
  return id
}

type ReportArgs = MutationArgs['report_in']
export const reportArgs = (community_id: string, more: Partial<ReportArgs> = {}): ReportArgs => ({
  report_id: randomUUID(),
  community_id,
  building_id: null,
  address: null,
  skills: [],
  fits: null,
  consents: [],
  moves_from: null,
  ...more,
})

/** A report of somebody without a login, on the coordinator's phone; by default with a number of its own. */
export async function reported(s: Stage, phone = '18800001234'): Promise<string> {
  const id = randomUUID()
  await s.run.sql(
    `insert into app.report_form (id, community_id, number, name, phone, kind, building_id, skills, consents)
    values ($1, $2, 'BD-0101-0001', '新来的', $3, 'volunteer', $4, '{急救}', '{unit_sharing}')`,
    [id, s.run.community, phone, s.run.building],
  )
  await sync(s.lead)
  return id
}
/** A report of a person who serves here, at the community next door; on their own phone. */
export async function reportNextDoor(s: Stage): Promise<string> {
  const args = reportArgs(await nextDoor(s))
  await s.a.tab(0).tap('report_in', args)
  await sync(s.a)
  return args.report_id
}
