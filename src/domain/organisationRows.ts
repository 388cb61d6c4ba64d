import type { HourCode } from './weekParts.ts'
import type {
  ConsentPurpose, DeclineReason, PartnerUnitKind, PartnerUnitState, PartyOrgKind, PartyOrgState, PartyPostKind,
  ReportState, ResponderKind, SeatKind, SeatState, Trade,
} from './words.ts'

/**
 * Rows about the organisations that live together: party organisations, partner units, seats and reports (报到). Days are
 * YYYY-MM-DD, `keeper_id` is the node whose desk keeps the row: a community, or the street or district above.
 */

/** Who holds a post, or held it until `ends_on`. `responder_id` null: a name that stands on no list. */
export interface PartyPost {
  id: string, post: PartyPostKind, name: string, responder_id: string | null, starts_on: string, ends_on: string | null
}
/** A party organisation; `posts` with the present holders first. Scope desk:<keeper>. */
export interface PartyOrg {
  id: string, keeper_id: string, name: string, kind: PartyOrgKind, state: PartyOrgState, org_unit_id: string | null
  partner_unit_id: string | null, parent_id: string | null, callout_id: string | null, formed_on: string | null
  ended_on: string | null, merged_into: string | null, covers: string[], members: number, posts: PartyPost[]
}
/** A community's organisation that nobody leads, for the street above: no person. Scope desk:<street>. */
export interface PartyGap {
  id: string, community_id: string, community_name: string, name: string, kind: PartyOrgKind, since: string
}

/** `id` of the role, or of the invitation to it. */
export interface Liaison { id: string, name: string, state: 'active' | 'invited' }
/** A partner unit; `line` its office's number, `wall_code` of a 党群服务中心. Scope desk:<keeper>. */
export interface PartnerUnit {
  id: string, keeper_id: string, name: string, kind: PartnerUnitKind, state: PartnerUnitState, place_id: string | null
  address: string | null, line: string | null, wall_code: string | null, contact_id: string | null
  contact_name: string | null, ended_on: string | null, merged_into: string | null, people: number
  party_org_name: string | null, liaisons: Liaison[]
}
/** A unit whose liaison a person is, in their own record. */
export interface OwnUnit { id: string, name: string, kind: PartnerUnitKind, keeper_id: string, keeper_name: string }
/** A unit as its liaisons see it; counts of people, of those who let it know, of reports that wait. Scope unit:<…>. */
export interface UnitDesk {
  id: string, name: string, kind: PartnerUnitKind, keeper_id: string, keeper_name: string, duty_line: string | null
  address: string | null, place_name: string | null, contact_name: string | null, party_org_name: string | null
  people: number, asked: number, shared: number
}
/** One of a unit's people who let it know; `since` = the day they began to serve. Scope unit:<unit>. */
export interface UnitPerson {
  id: string, partner_unit_id: string, name: string, kind: ResponderKind, skills: string[], since: string
}
/** A day on which one of them serves; id = the assignment. Scope unit:<unit>. */
export interface UnitArrival {
  id: string, partner_unit_id: string, responder_id: string, day: string, came: 'yes' | 'no' | 'coming'
}

/**
 * A seat on a council. `state` ended: the chair is empty since `since_on`, and `name` is who left it. `until_on` = the
 * end of the term. Scope desk:<council>.
 */
export interface Seat {
  id: string, council_id: string, kind: SeatKind, title: string | null, partner_unit_id: string | null
  unit_name: string | null, responder_id: string | null, name: string | null, substitute: string | null
  state: SeatState, since_on: string, until_on: string | null, sort: number
}

/** What a report (报到) and its receipt share; times are ISO. */
interface Report {
  id: string, community_id: string, community_name: string, number: string, state: ReportState
  declined: DeclineReason | null, at: string, settled_at: string | null, building_id: string | null
  building_name: string | null, address: string | null, unit: string | null, people: number | null
  trade: Trade | null, skills: string[], fits: HourCode[] | null, moves_from: string | null
  moves_from_name: string | null
}
/**
 * A report as the leads of a community see it; `name` is trade and number where the person keeps their name to
 * themselves. `unit_kind`: a unit that reports in as a whole, of `people` members. Scope lead:<community>.
 */
export interface ReportLead extends Report {
  source: 'list' | 'member' | 'wall' | 'page', responder_id: string | null, name: string | null
  kind: ResponderKind | null, rest_from: string | null, rest_to: string | null, phone_masked: string | null
  unit_kind: PartnerUnitKind | null, grid_id: string | null
}
/** One's own receipt (报到回执). Scope user:<login>; the private link of a report shows the same. */
export interface MyReport extends Report {
  name: string | null, street_name: string | null, duty_line: string | null, grid_name: string | null
  consents: ConsentPurpose[]
}

/** The tables of these rows. */
export interface OrganisationTables {
  party_org: PartyOrg, party_gap: PartyGap, partner_unit: PartnerUnit, seat: Seat, report_lead: ReportLead
  /** who moved away, for the community they left: as report_lead, without what they said to the other one */
  report_left: ReportLead
  my_report: MyReport, unit_desk: UnitDesk, unit_person: UnitPerson, unit_arrival: UnitArrival
}
