/**
 * The words of the domain: every value that a column of one kind may have, as the enums of
 * supabase/schemas/00_base/20_words.sql. tests/db/parity.test.ts compares the two.
 */
export type OrgLevel = 'city' | 'district' | 'street' | 'community' | 'grid' | 'estate' | 'building'
export type Role = 'admin' | 'responder' | 'building_lead' | 'grid_lead' | 'coordinator' | 'liaison' | 'street_officer'
  | 'district_officer' | 'city_officer'
export type ResponderKind = 'sent_cadre' | 'party_member_in_service' | 'party_member_resident' | 'volunteer'
  | 'new_employment' | 'community_worker'
export type PostKind = 'gate' | 'unit_door' | 'patrol' | 'supplies' | 'hotline'
/** The kinds of a post, in the order a choice shows them. */
export const POST_KINDS = ['gate', 'unit_door', 'patrol', 'supplies', 'hotline'] as const satisfies readonly PostKind[]
/** A free day of the statutory calendar, or a weekend that is worked in its place (调休). */
export type DayKind = 'rest' | 'work'
/** On which days a recurrence makes shifts: each, working days, or weekends and holidays. */
export type RecurrenceDays = 'all' | 'work' | 'rest'
export type ShiftPattern = '8x3' | '6x4' | '4x6' | '3x8' | '2x12' | 'day'
export type AssignmentState = 'assigned' | 'accepted' | 'on_post' | 'relieved' | 'done' | 'withdrawn' | 'released'
  | 'not_arrived'
/** A step of an assignment that a coordinator took for a person without a phone (代办). */
export type ProxyStep = 'accepted' | 'on_post' | 'off_post'
export type OfferState = 'sent' | 'accepted' | 'declined' | 'expired' | 'withdrawn'
export type WaitlistState = 'waiting' | 'held' | 'taken' | 'passed' | 'left'
/** Who says which waiting person gets a freed place: their rank, or the community. */
export type WaitlistChoice = 'auto' | 'community'
/** `claimed`: somebody said yes, and a coordinator has still to approve. */
export type CoverState = 'open' | 'claimed' | 'taken' | 'withdrawn' | 'lapsed'
/** Why a person gives a place back or asks for somebody else in it. */
export type LeaveReason = 'work' | 'ill' | 'away' | 'other'
export type ShiftState = 'draft' | 'open' | 'cancelled' | 'stood_down'
/** What a coordinator changed of a shift. */
export type ShiftEditKind = 'people' | 'time' | 'dropped' | 'cancelled'
export type RosterState = 'draft' | 'published'
export type CalloutState = 'draft' | 'open' | 'filled' | 'stood_down' | 'closed'
export type LadderState = 'waiting' | 'climbing' | 'met' | 'spent' | 'over'
export type ReinforcementState = 'asked' | 'promised' | 'declined' | 'withdrawn'
export type RungState = 'coming' | 'open' | 'skipped'
/** Why a rung was skipped: no such unit here; nobody to tell and nobody to ask. */
export type RungReason = 'no_unit' | 'nobody'
/** Why a rung was opened: with the call-out; the tiers before were spent; its minutes were over; a leader said so. */
export type RungCause = 'start' | 'spent' | 'minutes' | 'forced'
export type CalloutKind = 'real' | 'drill'
export type ModeState = 'open' | 'closed' | 'expired'
/** `report_name`: the community reads the name of somebody in 新就业群体, who is shown as trade and number without it. */
export type ConsentPurpose = 'public_display' | 'location' | 'unit_sharing' | 'report_name'
/** The purposes in the order in which the database keeps them. */
export const CONSENT_PURPOSES = [
  'public_display', 'location', 'unit_sharing', 'report_name',
] as const satisfies readonly ConsentPurpose[]
/** What somebody in 新就业群体 drives or delivers. */
export type Trade = 'parcel' | 'rider' | 'ride_hailing' | 'truck' | 'other'
export const TRADES = ['parcel', 'rider', 'ride_hailing', 'truck', 'other'] as const satisfies readonly Trade[]
export type ReportState = 'requested' | 'confirmed' | 'ended'
/** Why a report came to nothing. */
export type DeclineReason = 'not_here' | 'twin' | 'unreachable' | 'other'
export const DECLINE_REASONS = ['not_here', 'twin', 'unreachable', 'other'] as const satisfies readonly DeclineReason[]
export type PartyOrgKind = 'work_committee' | 'committee' | 'general_branch' | 'branch' | 'joint_branch' | 'group'
  | 'temporary'
/** The kinds of a party organisation, from the widest. */
export const PARTY_ORG_KINDS = [
  'work_committee', 'committee', 'general_branch', 'branch', 'joint_branch', 'group', 'temporary',
] as const satisfies readonly PartyOrgKind[]
export type PartyOrgState = 'proposed' | 'formed' | 'merged' | 'closed'
export type PartyPostKind = 'secretary' | 'deputy' | 'group_leader'
export type PartnerUnitKind = 'government' | 'office' | 'enterprise' | 'institution' | 'two_new' | 'tower' | 'park'
  | 'market' | 'platform' | 'service_centre' | 'unknown'
/** The kinds of a partner unit, in the order a choice shows them; `unknown` comes only from lists. */
export const PARTNER_UNIT_KINDS = [
  'government', 'office', 'enterprise', 'institution', 'two_new', 'tower', 'park', 'market', 'platform',
  'service_centre', 'unknown',
] as const satisfies readonly PartnerUnitKind[]
export type PartnerUnitState = 'active' | 'ended'
export type SeatKind = 'full_time' | 'part_time'
/** `ended`: the chair stands empty. */
export type SeatState = 'invited' | 'confirmed' | 'serving' | 'ended'
/** How much duty a person wishes for, beside an equal share. */
export type WishTurns = 'fewer' | 'as_usual' | 'more'
export type NoticeKind = 'offer' | 'assigned' | 'hold' | 'filled' | 'stood_down' | 'reminder' | 'promise_due'
  | 'relief_late' | 'unconfirmed' | 'not_arrived' | 'no_relief' | 'support_asked' | 'escalated' | 'unfilled'
  | 'reinforcement' | 'mode_expiring' | 'mode_expired' | 'cancelled' | 'released' | 'moved' | 'passed' | 'recalled'
  | 'reopened' | 'taken_over' | 'let_go' | 'membership_ended' | 'cover_asked' | 'cover_claimed' | 'cover_taken'
  | 'cover_approved' | 'cover_off' | 'cover_returned' | 'cover_untaken' | 'cover_wanted'
  | 'swap_asked' | 'swap_taken' | 'swap_declined' | 'to_pick' | 'passed_over' | 'may_open' | 'place_open'
  | 'away_on_duty' | 'report_asked' | 'report_settled'
export type NoticeState = 'new' | 'read'
/** The one thing to do about a notice. */
export type NoticeAction = 'answer' | 'confirm' | 'take_hold' | 'check_in' | 'look' | 'renew' | 'got_it'
/** What a coordinator heard on the phone: 答应 / 拒绝 / 未接 / 关机. */
export type CallResult = 'accepted' | 'declined' | 'no_answer' | 'switched_off' | 'undone'
