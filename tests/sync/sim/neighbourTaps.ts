import type { Tab as OpenTab } from '../../fakes/tab.ts'
import type { Choice } from './choice.ts'
import { randomUUID } from 'node:crypto'
import { dayKey } from '#domain/time.ts'
import { clock } from '../../clock.ts'
import { pick } from './choice.ts'

type Tab = Pick<OpenTab, 'db' | 'tap'>
interface Run { community: string, phones: { responder: string }[] }

/** Few names, so that they are often taken. */
const NAMES = ['第一党支部', '第二党支部', '鼓楼医院']

/** A person reports in here, where they may have been taken off the list, or takes it back; a coordinator answers. */
export async function reportTap(
  { community }: Run, tab: Tab, coordinator: boolean, { target, flag }: Choice,
): Promise<string> {
  if (coordinator) {
    const report_id = pick(await tab.db.rows('report_lead').toArray(), target)
    return flag
      ? tab.tap('confirm_report', { report_id, grid_id: null })
      : tab.tap('decline_report', { report_id, reason: 'other' })
  }
  if (!flag) return tab.tap('withdraw_report', { report_id: pick(await tab.db.rows('my_report').toArray(), target) })
  const said = { building_id: null, address: null, skills: ['急救'], fits: null, consents: [], moves_from: null }
  return tab.tap('report_in', { report_id: randomUUID(), community_id: community, ...said })
}

/** A coordinator keeps the organisations, units and seats of the community. */
export async function neighbourTap({ community, phones }: Run, tab: Tab, { target, flag }: Choice): Promise<string> {
  const [name, day] = [NAMES[target % NAMES.length]!, dayKey(clock.now())]
  const orgs = await tab.db.rows('party_org').toArray()
  const units = await tab.db.rows('partner_unit').toArray()
  const unit = flag && units.length > 0 ? pick(units, target) : null
  const { responder } = phones[target % phones.length]!
  switch (target) {
    case 0:
      return tab.tap('save_party_org', {
        party_org_id: flag ? pick(orgs, target) : randomUUID(), keeper_id: community, name, kind: 'branch',
        state: 'formed', org_unit_id: unit === null ? community : null, partner_unit_id: unit,
        parent_id: flag ? null : orgs[0]?.id ?? null, covers: [], formed_on: null, callout_id: null,
      })
    case 1:
      return tab.tap('set_party_post', {
        party_post_id: randomUUID(), party_org_id: pick(orgs, 0), post: 'secretary', responder_id: responder,
        holder: null, starts_on: day,
      })
    case 2:
      return tab.tap('end_party_org', { party_org_id: pick(orgs, 0), into_id: flag ? pick(orgs, 1) : null })
    case 3:
      return tab.tap('save_partner_unit', {
        partner_unit_id: flag ? pick(units, target) : randomUUID(), keeper_id: community, name, kind: 'unknown',
        place_id: null, address: null, line: null, contact_id: flag ? responder : null,
      })
    case 4:
      return flag
        ? tab.tap('merge_units', { partner_unit_id: pick(units, 0), into_id: pick(units, 1) })
        : tab.tap('end_partner_unit', { partner_unit_id: pick(units, 1) })
    default: {
      const seat_id = pick(await tab.db.rows('seat').toArray(), 0)
      return flag
        ? tab.tap('end_seat', { seat_id, ended_on: day })
        : tab.tap('save_seat', {
            seat_id, council_id: community, kind: 'part_time', title: null, partner_unit_id: unit,
            responder_id: responder, holder: null, substitute: null, state: 'serving', since_on: day, until_on: null,
            sort: 0,
          })
    }
  }
}
