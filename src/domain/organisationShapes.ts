import type { ShapesOf } from './columnKinds.ts'
import type { OrganisationTables } from './organisationRows.ts'

const REPORT: ShapesOf<OrganisationTables>['report_lead'] = {
  id: 'text', community_id: 'text', community_name: 'text', number: 'text', state: 'text', declined: 'text?',
  at: 'text', settled_at: 'text?', building_id: 'text?', building_name: 'text?', address: 'text?', unit: 'text?',
  people: 'number?', trade: 'text?', skills: 'list', fits: 'list?', moves_from: 'text?', moves_from_name: 'text?',
  source: 'text', responder_id: 'text?', name: 'text?', kind: 'text?', rest_from: 'text?', rest_to: 'text?',
  phone_masked: 'text?', unit_kind: 'text?', grid_id: 'text?',
}

/** The columns of `organisationRows.ts`, for a look at rows as they arrive. */
export const ORGANISATION_SHAPES: ShapesOf<OrganisationTables> = {
  party_org: {
    id: 'text', keeper_id: 'text', name: 'text', kind: 'text', state: 'text', org_unit_id: 'text?',
    partner_unit_id: 'text?', parent_id: 'text?', callout_id: 'text?', formed_on: 'text?', ended_on: 'text?',
    merged_into: 'text?', covers: 'list', members: 'number', posts: 'list',
  },
  party_gap: { id: 'text', community_id: 'text', community_name: 'text', name: 'text', kind: 'text', since: 'text' },
  partner_unit: {
    id: 'text', keeper_id: 'text', name: 'text', kind: 'text', state: 'text', place_id: 'text?', address: 'text?',
    line: 'text?', wall_code: 'text?', contact_id: 'text?', contact_name: 'text?', ended_on: 'text?',
    merged_into: 'text?', people: 'number', party_org_name: 'text?', liaisons: 'list',
  },
  unit_desk: {
    id: 'text', name: 'text', kind: 'text', keeper_id: 'text', keeper_name: 'text', duty_line: 'text?',
    address: 'text?', place_name: 'text?', contact_name: 'text?', party_org_name: 'text?', people: 'number',
    asked: 'number', shared: 'number',
  },
  unit_person: { id: 'text', partner_unit_id: 'text', name: 'text', kind: 'text', skills: 'list', since: 'text' },
  unit_arrival: { id: 'text', partner_unit_id: 'text', responder_id: 'text', day: 'text', came: 'text' },
  seat: {
    id: 'text', council_id: 'text', kind: 'text', title: 'text?', partner_unit_id: 'text?', unit_name: 'text?',
    responder_id: 'text?', name: 'text?', substitute: 'text?', state: 'text', since_on: 'text', until_on: 'text?',
    sort: 'number',
  },
  report_lead: REPORT,
  report_left: REPORT,
  my_report: {
    id: 'text', community_id: 'text', community_name: 'text', number: 'text', state: 'text', declined: 'text?',
    at: 'text', settled_at: 'text?', building_id: 'text?', building_name: 'text?', address: 'text?', unit: 'text?',
    people: 'number?', trade: 'text?', skills: 'list', fits: 'list?', moves_from: 'text?', moves_from_name: 'text?',
    name: 'text?', street_name: 'text?', duty_line: 'text?', grid_name: 'text?', consents: 'list',
  },
}
