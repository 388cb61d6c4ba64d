import type { PartnerUnit, PartyOrg, ReportLead, Seat } from '../../src/domain/organisationRows.ts'
import type { Hand, Moves } from './hand.ts'
import type { SoakServer } from './server.ts'
import { dayKey } from '../../src/domain/time.ts'
import { clock } from '../clock.ts'
import { newId } from './hand.ts'

/** What coordinators tap about the organisations of their community, and about who reports in. */
export const KEEPING = [
  'save_party_org', 'end_party_org', 'set_party_post', 'end_party_post', 'save_partner_unit', 'end_partner_unit',
  'merge_units', 'save_seat', 'end_seat', 'drop_seat', 'confirm_report', 'decline_report',
] as const
type Keeping = typeof KEEPING[number]
/** What people tap about their own reports. */
export const REPORTING = ['report_in', 'withdraw_report'] as const

/** How many organisations, units and seats a community has before those that it has are changed instead. */
const ENOUGH = 12
/** How many of them stay, so that something is left to change. */
const LEAST = 4
/** How long a person has to take their report back, ms, before a coordinator declines it. */
const THINKING = 15_000

const today = (): string => dayKey(clock.now())
/** A name that nothing has: four letters, without figures, which might look like a number. */
const newName = (what: string): string => `${what}${newId().slice(-4).replace(/\d/g, d => 'ghijklmnop'[Number(d)]!)}`
const isCertain = (row: object): boolean => !('_pending' in row)

async function orgs(hand: Hand): Promise<PartyOrg[]> {
  return (await hand.tab.db.rows('party_org').toArray()).filter(o =>
    o.keeper_id === hand.account.ground.community && (o.state === 'proposed' || o.state === 'formed'))
}
async function units(hand: Hand): Promise<PartnerUnit[]> {
  return (await hand.tab.db.rows('partner_unit').toArray()).filter(u =>
    u.keeper_id === hand.account.ground.community && u.merged_into === null)
}
/** Units that the server knows as active, where enough of them stay; else none. */
async function spare(hand: Hand): Promise<PartnerUnit[]> {
  const active = (await units(hand)).filter(u => u.state === 'active')
  return active.length > LEAST ? active.filter(isCertain) : []
}
async function seats(hand: Hand): Promise<Seat[]> {
  return (await hand.tab.db.rows('seat').toArray()).filter(s => s.council_id === hand.account.ground.community)
}

/** Who takes a post or a seat: somebody of the list, or somebody who is on none. */
async function holder(hand: Hand): Promise<{ responder_id: string | null, holder: string | null }> {
  const people = (await hand.tab.db.rows('responder_lead').toArray()).filter(r =>
    r.community_ids.includes(hand.account.ground.community))
  const one = hand.chance.happens(0.5) ? hand.any(people) : null
  return one ? { responder_id: one.id, holder: null } : { responder_id: null, holder: '老王' }
}

/** Reports that wait for an answer. */
async function asked(hand: Hand): Promise<ReportLead[]> {
  return (await hand.tab.db.rows('report_lead').toArray()).filter(r =>
    r.community_id === hand.account.ground.community && r.state === 'requested' && isCertain(r))
}

/** What a coordinator taps about organisations, from what their phone shows. */
export const keepMoves: Moves<Keeping> = {
  save_party_org: async (hand) => {
    const { community, buildings } = hand.account.ground
    const all = await orgs(hand)
    const old = all.length < ENOUGH ? null : hand.any(all.filter(isCertain))
    const above = old ? null : hand.any(all.filter(o => o.kind === 'committee' && isCertain(o)))
    const of = { keeper_id: community, org_unit_id: community, partner_unit_id: null, callout_id: null }
    return {
      party_org_id: old?.id ?? newId(), ...of, name: old?.name ?? newName('党支部'),
      kind: above || hand.chance.happens(0.7) ? 'branch' : 'committee',
      state: hand.chance.happens(0.1) ? 'proposed' : 'formed', parent_id: above?.id ?? null,
      covers: hand.chance.happens(0.5) ? buildings : [], formed_on: '2021-07-01',
    }
  },
  end_party_org: async (hand) => {
    const all = await orgs(hand)
    const leaves = all.filter(o => isCertain(o) && all.every(x => x.parent_id !== o.id))
    const one = all.length > LEAST ? hand.any(leaves) : null
    const into = one && hand.chance.happens(0.5) ? hand.any(all.filter(o => isCertain(o) && o.id !== one.id)) : null
    return one && { party_org_id: one.id, into_id: into?.id ?? null }
  },
  set_party_post: async (hand) => {
    const org = hand.any((await orgs(hand)).filter(isCertain))
    if (!org) return null
    const deputies = org.posts.filter(p => p.post === 'deputy' && p.ends_on === null).length
    const post = deputies < 4 && hand.chance.happens(0.3) ? 'deputy' : 'secretary'
    return { party_post_id: newId(), party_org_id: org.id, post, ...await holder(hand), starts_on: today() }
  },
  end_party_post: async (hand) => {
    const held = (await orgs(hand)).filter(isCertain).flatMap(o => o.posts.filter(p => p.ends_on === null))
    const post = hand.any(held)
    return post && { party_post_id: post.id, ends_on: today() }
  },
  save_partner_unit: async (hand) => {
    const { community, buildings } = hand.account.ground
    const all = await units(hand)
    const ended = all.filter(u => u.state === 'ended')
    // one that ended begins again, so that the list does not grow for ever
    const old = all.length < ENOUGH ? null : hand.any((ended.length > 0 ? ended : all).filter(isCertain))
    const { responder_id } = await holder(hand)
    const words = { address: '汉口路 18 号', line: '025-84701234', contact_id: responder_id }
    return {
      partner_unit_id: old?.id ?? newId(), keeper_id: community, name: old?.name ?? newName('单位'),
      kind: hand.chance.of(['enterprise', 'institution', 'service_centre'] as const),
      place_id: hand.any(buildings), ...words,
    }
  },
  end_partner_unit: async (hand) => {
    const unit = hand.any(await spare(hand))
    return unit && { partner_unit_id: unit.id }
  },
  merge_units: async (hand) => {
    const active = await spare(hand)
    const unit = hand.any(active)
    const into = unit && hand.any(active.filter(u => u.id !== unit.id))
    return into && { partner_unit_id: unit.id, into_id: into.id }
  },
  save_seat: async (hand) => {
    const all = await seats(hand)
    const held = all.filter(s => s.state !== 'ended')
    const old = all.length < ENOUGH ? null : hand.any(held.filter(isCertain))
    const unit = hand.any((await units(hand)).filter(u => u.state === 'active' && isCertain(u)))
    return {
      seat_id: old?.id ?? newId(), council_id: hand.account.ground.community,
      kind: unit ? 'part_time' : 'full_time', title: '委员', partner_unit_id: unit?.id ?? null,
      ...await holder(hand), substitute: null, state: hand.chance.of(['invited', 'confirmed', 'serving'] as const),
      since_on: today(), until_on: null, sort: all.length,
    }
  },
  end_seat: async (hand) => {
    const held = (await seats(hand)).filter(s => s.state !== 'ended')
    const seat = held.length > LEAST ? hand.any(held.filter(isCertain)) : null
    return seat && { seat_id: seat.id, ended_on: today() }
  },
  drop_seat: async (hand) => {
    const seat = hand.any((await seats(hand)).filter(s => s.state === 'ended' && isCertain(s)))
    return seat && { seat_id: seat.id }
  },
  confirm_report: async (hand) => {
    // those of units: a person who is confirmed in both communities could never report in again
    const report = hand.any((await asked(hand)).filter(r => r.unit_kind !== null))
    return report && { report_id: report.id, grid_id: null }
  },
  decline_report: async (hand) => {
    const all = await asked(hand)
    const people = all.filter(r => r.source === 'member' && r.at < clock.stamp(-THINKING))
    const report = hand.any(hand.chance.happens(0.5) ? people : []) ?? hand.any(all.filter(r => r.source === 'page'))
    return report && { report_id: report.id, reason: hand.chance.of(['not_here', 'twin', 'unreachable'] as const) }
  },
}

/** What everybody taps about their own reports: to the community next door, and back. */
export const reportMoves: Moves<typeof REPORTING[number]> = {
  report_in: async (hand) => {
    const next = hand.account.ground.next
    const waiting = (await hand.tab.db.rows('my_report').toArray()).filter(r => r.state === 'requested')
    if (waiting.some(r => r.community_id === next)) return null
    const said = { building_id: null, address: '和平新村 3 栋', skills: ['急救'], fits: null, moves_from: null }
    return { report_id: newId(), community_id: next, ...said, consents: ['unit_sharing'] }
  },
  withdraw_report: async (hand) => {
    const mine = (await hand.tab.db.rows('my_report').toArray()).filter(r => r.state === 'requested' && isCertain(r))
    const report = hand.any(mine)
    return report && { report_id: report.id }
  },
}

/** Most reports of units that wait in a community at a time. */
const WAITING = 6

/** Units report in on the page, for the coordinators to answer: no phone of the soak does that. */
export async function listReports(server: SoakServer): Promise<void> {
  await server.query(
    `insert into app.report_form (id, community_id, number, name, phone, unit, unit_kind, people)
    select gen_random_uuid(), c.id, private.next_report_number(c.id, now()), '联系人', '18800001234',
      '驻区单位' || substr('甲乙丙丁戊己庚辛', 1 + floor(random() * 8)::int, 1), 'enterprise', 12
    from app.org_unit c
    cross join generate_series(1, $1::int) n
    where c.level = 'community' and n > (
      select count(*) from app.report_form f
      where f.community_id = c.id and f.state = 'requested' and f.unit_kind is not null)`,
    [WAITING],
  )
}
