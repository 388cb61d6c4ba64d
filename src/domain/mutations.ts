import type { CalloutPolicy } from './policy.ts'
import type { CalloutTemplate, HandoverNote, Recurrence } from './rows.ts'
import type { HourCode, TodayAnswer } from './weekParts.ts'
import type {
  CalloutKind, CallResult, ConsentPurpose, DeclineReason, LeaveReason, PartnerUnitKind, PartyOrgKind, PartyPostKind,
  PostKind, SeatKind, WishTurns,
} from './words.ts'

/**
 * Arguments of each named mutation, version 1. The phone makes the ids (uuidv7). No argument may hold a phone number or
 * a name of a person.
 */
export interface MutationArgs {
  accept_shift: {
    assignment_id: string,
    shift_id: string,
    offer_id: string | null,
    eta_min: 0 | 5 | 15 | 30 | null,
    on_full: 'refuse' | 'waitlist',
    waitlist_id: string,
  }
  /** 代确认: a coordinator confirms the place of a person without a phone */
  accept_for: { assignment_id: string }
  decline_shift: {
    offer_id: string | null,
    assignment_id: string | null,
    reason: LeaveReason | null,
  }
  withdraw: { assignment_id: string, reason: LeaveReason }
  join_waitlist: { waitlist_id: string, shift_id: string }
  leave_waitlist: { waitlist_id: string }
  /** a coordinator picks who of a waitlist a freed place is held for */
  pick_waiting: { waitlist_id: string }
  take_held_place: { waitlist_id: string, assignment_id: string, eta_min: 0 | 5 | 15 | 30 | null }
  /**
   * at: device time, ISO; a fact, never refused for being late. way coordinator: the coordinator acts for the person;
   * way undone: takes back an arrival that was reported so.
   * door: the code at the door, the proof of way qr
   */
  check_in: { assignment_id: string, at: string, way: 'manual' | 'qr' | 'coordinator' | 'undone', door?: string | null }
  /** must_leave: the reason the person typed when leaving without relief. */
  check_out: { assignment_id: string, at: string, relief_assignment_id: string | null, must_leave: string | null }
  /** The leaving person's word. to_assignment_id: the relief this phone has seen, null while it has seen none. */
  give_handover: { assignment_id: string, at: string, to_assignment_id: string | null, note: HandoverNote }
  /** The relief's word; assignment_id is its own. note: what it was shown, null when it only got a code. */
  take_handover: { assignment_id: string, from_assignment_id: string, at: string, note: HandoverNote | null }
  force_handover: { assignment_id: string, reason: string }
  /** the person on post asks the community for help */
  ask_support: { assignment_id: string }
  /** a leader reminds somebody who has still to confirm or to come */
  remind: { assignment_id: string }
  /**
   * Somebody present takes a running shift over at this minute; in overtime, a free place of the one that follows.
   * code: the six figures of their stand-in code; left out where a coordinator says it in their own name.
   * override_reason: of a coordinator, lifts a soft rest rule (R17).
   */
  take_over: {
    assignment_id: string,
    new_assignment_id: string,
    responder_id: string,
    at: string,
    code?: string | null,
    override_reason?: string | null,
  }
  /** override_reason lifts a soft rest rule (R17), an absence and the person's hours on a published shift */
  assign: { assignment_id: string, shift_id: string, responder_id: string, override_reason?: string | null }
  unassign: { assignment_id: string, reason: string | null }
  /**
   * drop: drafts that go as the shifts come; old phones leave it out. seen: for each of these with people on it, the
   * people that the coordinator saw there; old phones do not send it
   */
  draft_shifts: {
    roster_id: string,
    community_id: string,
    name: string,
    starts_on: string,
    ends_on: string,
    shifts: { id: string, post_id: string, starts_at: string, ends_at: string, capacity: number }[],
    drop?: string[],
    seen?: { shift_id: string, people: string[] }[],
  }
  /** a published shift; older phones name drafts, too */
  cancel_shift: { shift_id: string, reason: string | null }
  /**
   * moved by more than 15 minutes, its people confirm again (R19). was_…: the span that the coordinator saw; older
   * phones do not send it
   */
  move_shift: {
    shift_id: string, starts_at: string, ends_at: string, reason: string | null
    was_starts_at?: string, was_ends_at?: string
  }
  /** seen: the people that this phone shows on its drafts (`seenPeople`); older phones do not send it */
  publish_roster: { roster_id: string, version: number, override_reason?: string | null, seen?: string }
  open_callout: {
    callout_id: string, community_id: string, kind: CalloutKind, title: string, ground: string, document_no: string
    mode_id: string, mode_hours: number
    org_unit_ids: string[], post: { name: string, kind: PostKind, task: string | null, kit: string | null }
    capacity: number
    slots: { starts_at: string, ends_at: string }[], offer_min: number
    /** left out by old phones: the default policy */
    policy?: CalloutPolicy
  }
  /** as_of: the position this phone saw; a ladder that has moved since is not climbed again. */
  escalate: { ladder_id: string, as_of: number }
  request_reinforcement: {
    reinforcement_id: string,
    ladder_id: string,
    to_community_id: string,
    people: number,
    note: string,
  }
  /** people 0: none can be spared */
  answer_reinforcement: { reinforcement_id: string, people: number }
  /** Goes on with a call-out whose mode ended; mode_id and hours serve only where no mode is open. */
  resume_callout: { callout_id: string, mode_id: string, mode_hours: number }
  /** template_id: of the edition that is there, or a new one */
  save_template: { template_id: string } & Omit<CalloutTemplate, 'id'>
  drop_template: { template_id: string }
  /** recurrence_id: of the one that is there, or a new one */
  save_recurrence: { recurrence_id: string } & Omit<Recurrence, 'id'>
  drop_recurrence: { recurrence_id: string }
  stand_down: { callout_id: string, reason: string | null }
  open_mode: { mode_id: string, org_unit_id: string, ground: string, document_no: string, hours: number }
  renew_mode: { mode_id: string, hours: number }
  close_mode: { mode_id: string }
  set_consent: { purpose: ConsentPurpose, given: boolean }
  /** 值班意愿: nights no = rather not */
  save_wishes: { turns: WishTurns, nights: 'yes' | 'no' }
  /** 请假, for oneself or, by a coordinator, for somebody else; whole days end at 00:00 of the next one */
  add_absence: { absence_id: string, responder_id: string, starts_at: string, ends_at: string, reason: string | null }
  end_absence: { absence_id: string }
  /** 可值守时间, of oneself or, by a coordinator, of somebody else; fits: all parts that suit, null = every time does */
  save_availability: { responder_id: string, fits: HourCode[] | null }
  /** one's own word for today, until 06:00; absence_id: of the absence that `cannot` makes */
  say_today: { absence_id: string, answer: TodayAnswer }
  /** 请人顶班, for an own place or, by a coordinator, for somebody else's */
  ask_cover: { cover_id: string, assignment_id: string, reason: LeaveReason }
  /** assignment_id: the taker's, as it will be; approval and refusal name it, so that they mean no later yes */
  take_cover: { cover_id: string, assignment_id: string }
  untake_cover: { cover_id: string }
  withdraw_cover: { cover_id: string }
  approve_cover: { cover_id: string, assignment_id: string }
  refuse_cover: { cover_id: string, assignment_id: string, reason: string | null }
  /** 换班: one's own place for a colleague's */
  offer_swap: { cover_id: string, assignment_id: string, with_assignment_id: string }
  /** two new ids: of the taker's assignment, and of the owner's */
  take_swap: { cover_id: string, assignment_id: string, back_assignment_id: string }
  decline_swap: { cover_id: string }
  /** 成立党组织, or a change of one; days are YYYY-MM-DD. It hangs on a unit of the tree or on a partner unit. */
  save_party_org: {
    party_org_id: string, keeper_id: string, name: string, kind: PartyOrgKind, state: 'proposed' | 'formed'
    org_unit_id: string | null, partner_unit_id: string | null, parent_id: string | null, covers: string[]
    formed_on: string | null, callout_id: string | null
  }
  /** into_id null: it is closed */
  end_party_org: { party_org_id: string, into_id: string | null }
  /** a person of a list, or a name; who led it before steps down */
  set_party_post: {
    party_post_id: string, party_org_id: string, post: PartyPostKind, responder_id: string | null
    holder: string | null, starts_on: string
  }
  end_party_post: { party_post_id: string, ends_on: string }
  save_partner_unit: {
    partner_unit_id: string, keeper_id: string, name: string, kind: PartnerUnitKind, place_id: string | null
    address: string | null, line: string | null, contact_id: string | null
  }
  end_partner_unit: { partner_unit_id: string }
  /** everything of the unit goes to the other one */
  merge_units: { partner_unit_id: string, into_id: string }
  save_seat: {
    seat_id: string, council_id: string, kind: SeatKind, title: string | null, partner_unit_id: string | null
    responder_id: string | null, holder: string | null, substitute: string | null
    state: 'invited' | 'confirmed' | 'serving', since_on: string, until_on: string | null, sort: number
  }
  end_seat: { seat_id: string, ended_on: string }
  drop_seat: { seat_id: string }
  /** 报到 at another community by somebody with a record; moves_from: the community they leave with it */
  report_in: {
    report_id: string, community_id: string, building_id: string | null, address: string | null, skills: string[]
    fits: HourCode[] | null, consents: ConsentPurpose[], moves_from: string | null
  }
  withdraw_report: { report_id: string }
  /** grid_id null: the grid of the building */
  confirm_report: { report_id: string, grid_id: string | null }
  decline_report: { report_id: string, reason: DeclineReason }
  dismiss_verdict: { mutation_id: string }
  settle_dead_letter: { mutation_id: string }
  read_notice: { notice_id: string }
  /** accepted and declined answer the offer for the person, undone takes that back; the ids serve an accepted one. */
  log_call: { offer_id: string, result: CallResult, assignment_id: string, waitlist_id: string }
}
export type MutationName = keyof MutationArgs

/** One queued intent as it travels to `api.push`. */
export interface Mutation<N extends MutationName = MutationName> {
  /** contiguous per client, from 1 */
  seq: number
  id: string
  name: N
  v: number
  args: MutationArgs[N]
  /** scope heads this phone had when the person tapped */
  base: Record<string, number>
  /** the phone's clock, ISO */
  device_at: string
  /** server clock minus phone clock in ms; null when never measured */
  offset_ms: number | null
  /** seconds since offset_ms was measured */
  offset_age_s: number | null
}
