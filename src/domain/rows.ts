import type { OrganisationTables, OwnUnit } from './organisationRows.ts'
import type { Absence, Availability, Wish } from './personTimes.ts'
import type { CommunitySum, ShiftCount } from './sums.ts'
import type {
  AssignmentState, CalloutKind, CalloutState, CallResult, ConsentPurpose, CoverState, DayKind, LadderState, LeaveReason,
  ModeState, NoticeAction, NoticeKind, NoticeState, OfferState, OrgLevel, PostKind, ProxyStep, RecurrenceDays,
  ReinforcementState, ResponderKind, Role, RosterState, RungCause, RungReason, RungState, ShiftEditKind, ShiftPattern,
  ShiftState, WaitlistChoice, WaitlistState,
} from './words.ts'

/**
 * The rows a phone receives, one interface per synced table, with the SQL names kept end to end.
 * Each has a view of the same name in SQL schema `projection`; scopes are listed in docs/protocol.md.
 * Ids are uuid text, times ISO 8601 UTC, spans half-open [starts_at, ends_at).
 */
export interface Membership {
  org_unit_id: string, level: OrgLevel, name: string, parent_name: string | null, duty_line: string | null
  roles: Role[], report_in: 'requested' | 'confirmed' | null
}

/** Own record; id = login id. Scope user:<login>. */
export interface Me {
  id: string, responder_id: string | null, name: string, display_name: string | null, sign_in_name: string
  /** what this person's stand-in codes are made of (src/domain/standInCode.ts) */
  stand_in_key: string, phone_masked: string | null, kind: ResponderKind | null, skills: string[]
  night: 'yes' | 'no' | null, home_building_id: string | null, consents: ConsentPurpose[], memberships: Membership[]
  /** every role held anywhere, an admin's on no unit; and the partner units whose liaison they are */
  roles: Role[], demo: boolean, units: OwnUnit[]
}

/** Self-contained card of a shift I am on. Scope user:<login>. */
export interface MyAssignment {
  id: string, shift_id: string, responder_id: string, community_id: string, community_name: string, org_unit_id: string
  place_name: string, post_id: string, post_name: string, post_kind: PostKind, task: string | null, kit: string | null
  contact: string | null, duty_line: string | null, starts_at: string, ends_at: string, state: AssignmentState
  eta_min: number | null, due_at: string | null, claimed_at: string | null, accepted_at: string | null
  on_post_at: string | null, off_post_at: string | null, by_proxy: ProxyStep[], roster_id: string | null
  callout_id: string | null, callout_title: string | null, callout_kind: CalloutKind | null, with_names: string[]
  /** tells a scanned door code from others while the person may still arrive; null where the post has no door */
  door_hash: string | null
}

/** What was left behind at the end of an assignment; same id. Scopes user:<login> of both people, lead:<community>. */
export interface Handover {
  id: string, community_id: string, to_assignment_id: string | null, done: string, todo: string, supplies: string
  risks: string, given_at: string | null, taken_at: string | null
  forced_at: string | null, forced_reason: string | null, forced_by_name: string | null
}
/** 已办 / 未办 / 物资 / 风险, at most 200 characters each, without numbers of people. */
export type HandoverNote = Pick<Handover, 'done' | 'todo' | 'supplies' | 'risks'>

/** Self-contained card of a request addressed to me. Scope user:<login>. */
export interface MyOffer {
  id: string, callout_id: string, callout_title: string, callout_kind: CalloutKind, ground: string | null
  document_no: string | null, opened_by_name: string, community_id: string, community_name: string, shift_id: string
  org_unit_id: string, place_name: string, post_id: string, post_name: string, post_kind: PostKind, task: string | null
  kit: string | null, contact: string | null, duty_line: string | null, starts_at: string, ends_at: string
  capacity: number, skill: string | null, state: OfferState, wave: number, sent_at: string, expires_at: string
  answered_at: string | null
}

export interface MyWaitlist {
  id: string, shift_id: string, community_id: string, place_name: string, post_name: string, starts_at: string
  ends_at: string, rank: number, state: WaitlistState, hold_until: string | null, choice: WaitlistChoice
}

/** A verdict other than a plain `applied`; stays until its author dismisses it. Scope user:<login>. */
export interface Verdict {
  id: string, client_id: string, seq: number, name: string, status: string, code: string | null
  // detail: full {filled:[{name,at}]}, waitlisted {rank}, overlap {assignment_id, starts_at, ends_at}, invalid {field},
  // roster_conflict, and roster_changed of a drop {people:[{name,starts_at,ends_at}]}
  detail: Record<string, unknown> | null, args: Record<string, unknown> | null, at: string
}

/** What I have to be told; place and times as they were then. `step`: 't24h', 't2h', 't30m'. Scope user:<login>. */
export interface MyNotice {
  id: string, kind: NoticeKind, subject_id: string, step: string, community_id: string | null, callout_id: string | null
  shift_id: string | null
  place_name: string | null, post_name: string | null, starts_at: string | null, ends_at: string | null
  /** of a change: the span before it, and why, in the words of the person who made it */
  was_starts_at: string | null, was_ends_at: string | null, reason: string | null, drill: 'yes' | 'no'
  action: NoticeAction, state: NoticeState, at: string, read_at: string | null
}

/**
 * A request for cover (顶班). `responder_id`, `name`: the owner of the place; `taker_…`: who said yes, and the assignment
 * they get or would get; `with_…`: of a swap (换班), the place asked for in exchange. Scopes user:<login> of both; until
 * it is taken org:<community>:<yyyymm>, a swap lead:<community>.
 */
export interface CoverRequest {
  id: string, community_id: string, shift_id: string, assignment_id: string, responder_id: string, name: string
  state: CoverState, asked_at: string, claimed_at: string | null
  taker_id: string | null, taker_name: string | null, taker_assignment_id: string | null
  with_assignment_id: string | null, with_shift_id: string | null, with_name: string | null
}
/** Why it is asked, and the coordinator who asked for somebody else. Scope lead:<community>; no colleague sees it. */
export interface CoverLead {
  id: string, community_id: string, shift_id: string, reason: LeaveReason, by_name: string | null
}

/** My number in another community's list: join it to mine? `name` as that community wrote it. Scope user:<login>. */
export interface MyListing {
  id: string, community_id: string, community_name: string, street_name: string | null, at: string
}

/** Community, grids, estates and buildings. Scope org:<community>:open. */
export interface OrgUnit {
  id: string, community_id: string, level: OrgLevel, name: string, parent_id: string | null, sort: number
  duty_line: string | null
}
/** Scope org:<community>:open. */
export interface Post {
  id: string, community_id: string, org_unit_id: string, name: string, kind: PostKind, setting: 'indoor' | 'outdoor'
  task: string | null, kit: string | null, contact: string | null, night_minimum: number
  waitlist_choice: WaitlistChoice, skill: string | null
  /** given up; its row stays for the shifts that were */
  ended: boolean
}
/** Scope lead:<community>, and its months once published. */
export interface Roster {
  id: string, community_id: string, name: string, starts_on: string, ends_on: string, state: RosterState
  version: number
}
/**
 * `to_pick`: how many of the held places wait for a coordinator to pick somebody; `skill`: what its people must be able
 * to do, or null. Scope org:<community>:<yyyymm> (+ :open in a call-out), lead (drafts).
 */
export interface Shift {
  id: string, community_id: string, post_id: string, org_unit_id: string, roster_id: string | null
  callout_id: string | null
  starts_at: string, ends_at: string, capacity: number, filled: number, held: number, to_pick: number, state: ShiftState
  skill: string | null
}
/** Binding and finished ones (not withdrawn, not released). Scope org:<community>:<yyyymm>. */
export interface Assignment {
  id: string, shift_id: string, responder_id: string, community_id: string, name: string, starts_at: string
  ends_at: string, state: AssignmentState, on_post_at: string | null, off_post_at: string | null, by_proxy: ProxyStep[]
}
/** Scope org:<community>:open while open; lead:<community> always. */
export interface Callout {
  id: string, community_id: string, kind: CalloutKind, title: string, state: CalloutState
  attention: 'none' | 'undecided', mode_id: string | null, ground: string | null, document_no: string | null
  opened_by_name: string, opened_at: string, stood_down_at: string | null, policy: Record<string, unknown>
}
/** One rung of a ladder, in counts: leaders told, people asked, people who could still be asked. */
export interface Rung {
  position: number, level: OrgLevel, minutes: number, state: RungState, at: string | null, reason: RungReason | null
  cause: RungCause | null, told: number, asked: number, people: number
}
/** The climb of one slot (R10); position = rungs opened or skipped. Scopes lead:<community>, sum:<community>. */
export interface Ladder {
  id: string, community_id: string, callout_id: string, slot_starts_at: string, slot_ends_at: string, state: LadderState
  drill: 'yes' | 'no', position: number, opens_at: string, rung_at: string | null, next_at: string | null, rungs: Rung[]
}
/** People one community asks another for; counts and a note, no people. Scope lead:<community> of both. */
export interface Reinforcement {
  id: string, ladder_id: string, from_community_id: string, from_name: string, to_community_id: string, to_name: string
  slot_starts_at: string, slot_ends_at: string, title: string, kind: CalloutKind, people: number, note: string
  skill: string | null, state: ReinforcementState, promised: number | null, asked_at: string, answered_at: string | null
}
/** Another community of the street. Scope lead:<each of the others>. */
export interface Neighbour { id: string, name: string, duty_line: string | null }
/** Scope org:<c>:open and sum:<c> of every community at or below its unit. */
export interface Mode {
  id: string, org_unit_id: string, org_unit_name: string, level: OrgLevel, state: ModeState, renewals: number
  ground: string, document_no: string, opened_by_name: string, opened_by: string, opened_at: string, expires_at: string
}

/** People, phones masked. Scope lead:<community> and lead:<node> from the home building up. */
export interface ResponderLead {
  id: string, community_ids: string[], name: string, display_name: string | null, pinyin: string, initials: string
  kind: ResponderKind, phone_masked: string | null, phone_tail: string | null, skills: string[], night: 'yes' | 'no'
  home_building_id: string | null, home_label: string | null, partner_unit_name: string | null
  party_org_name: string | null, state: 'active' | 'paused' | 'closed', login: 'none' | 'invited' | 'active'
  report_in: 'requested' | 'confirmed', public_display: boolean
}
/** Why this person: 今天可以; whole days of rest (7 = a week or more), 0 this building … 4 elsewhere, turns in 30 days. */
export interface OfferWhy { ready: boolean, rest: number, near: 0 | 1 | 2 | 3 | 4, load: number }
export interface OfferLead {
  id: string, community_id: string, callout_id: string, responder_id: string, name: string, shift_id: string
  slot_starts_at: string, slot_ends_at: string, tier: number, wave: number, why: OfferWhy | null, state: OfferState
  sent_at: string, expires_at: string, answered_at: string | null
}
export interface WaitlistLead {
  id: string, community_id: string, shift_id: string, responder_id: string, name: string, rank: number
  state: WaitlistState, hold_until: string | null
}
export interface DraftAssignment {
  id: string, community_id: string, shift_id: string, responder_id: string, name: string
}
/** What a coordinator did to a shift last, and where it was; id = the shift. Kept a week. Scope lead:<community>. */
export interface ShiftEdit {
  id: string, community_id: string, org_unit_id: string, post_name: string, starts_at: string, ends_at: string
  what: ShiftEditKind, by_login: string, by_name: string, at: string
}
/** Somebody who was asked and reached by no channel; id = the offer, which says who and where. Scope lead:<…>. */
export interface CallLead {
  id: string, community_id: string, callout_id: string, tier: number, calls: number, result: CallResult | null
  called_at: string | null
}
/** A community's edition of a call-out template; `key` one of CALLOUT_TEMPLATES or a uuid. Scope lead:<community>. */
export interface CalloutTemplate {
  id: string, community_id: string, key: string, name: string, ground: string, kind: PostKind, capacity: number
  pattern: ShiftPattern, task: string, kit: string
}
/** A day on which the statutory calendar differs from the days of the week; `day` YYYY-MM-DD. Scope calendar. */
export interface Holiday { id: string, day: string, kind: DayKind, name: string }
/** Duty that repeats at some posts (固定排班); `starts` = HH:mm of the first shift of a day. Scope lead:<community>. */
export interface Recurrence {
  id: string, community_id: string, posts: string[], days: RecurrenceDays, pattern: ShiftPattern, starts: string
  capacity: number
}
export interface Door { id: string, community_id: string, door_code: string }
/**
 * What a coordinator has to know, from the event log. detail of help_request: text, contact (masked), building_id,
 * request_id; of door_feedback: text, building_id; of reset_issued, appointed and record_joined: by_name, place_name,
 * role. starts_at and ends_at: the slot of an event that is about no single shift. A newer server may send a kind that
 * this app does not know.
 */
export interface LeadEvent {
  id: string, community_id: string, kind: string, shift_id: string | null, responder_id: string | null
  callout_id: string | null, drill: 'yes' | 'no', starts_at: string | null, ends_at: string | null
  name: string | null, at: string, detail: Record<string, unknown> | null
}
/** What the server could not handle: who, when, which intent, why, about which ids; never what the person wrote. */
export interface DeadLetter {
  id: string, community_id: string, person_name: string | null, responder_id: string | null, name: string, code: string
  detail: Record<string, unknown> | null, about: Record<string, unknown> | null, at: string
}

export interface SyncedRows extends OrganisationTables {
  me: Me, my_assignment: MyAssignment, my_offer: MyOffer, my_waitlist: MyWaitlist, my_notice: MyNotice
  my_listing: MyListing, absence: Absence, availability: Availability, verdict: Verdict, handover: Handover
  community_sum: CommunitySum
  org_unit: OrgUnit, post: Post, roster: Roster, shift: Shift, assignment: Assignment, callout: Callout, mode: Mode
  responder_lead: ResponderLead, offer_lead: OfferLead, ladder: Ladder, reinforcement: Reinforcement, holiday: Holiday
  neighbour: Neighbour, waitlist_lead: WaitlistLead, call_lead: CallLead, cover_request: CoverRequest, door: Door
  draft_assignment: DraftAssignment, shift_edit: ShiftEdit, cover_lead: CoverLead, recurrence: Recurrence, wish: Wish
  callout_template: CalloutTemplate, lead_event: LeadEvent, dead_letter: DeadLetter, shift_count: ShiftCount
}
export type SyncedTable = keyof SyncedRows
