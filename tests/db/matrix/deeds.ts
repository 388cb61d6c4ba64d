import type { MutationName } from '../../../src/domain/mutations.ts'
import type { Deed, DeedBody } from './deed.ts'
import { ACTIONS } from './actions.ts'

const note = { done: '送药 3 户', todo: '', supplies: '', risks: '' }
const slot = { starts_at: '#3 08:00', ends_at: '#3 11:00' }
const template = {
  template_id: '@template', community_id: '@community', key: 'typhoon', name: '台风夜', ground: '台风', kind: 'patrol',
  capacity: 3, pattern: '8x3', task: '查窗', kit: '雨衣',
}

const recurrence = {
  recurrence_id: '@recurrence', community_id: '@community', posts: ['@door'], days: 'rest', pattern: '2x12',
  starts: '20:00', capacity: 3,
}

const branch = {
  party_org_id: '@branch', keeper_id: '@community', name: '第一支部', kind: 'branch', state: 'formed',
  org_unit_id: '@estate', partner_unit_id: null, parent_id: '@committee', covers: ['@building_1'],
  formed_on: '2020-07-01', callout_id: null,
}
const unit = {
  partner_unit_id: '@bureau', keeper_id: '@community', name: '区财政局', kind: 'government', place_id: '@estate',
  address: '汉口路12号', line: '025-83002222', contact_id: '@mei.person',
}
const seat = {
  seat_id: '@seat', council_id: '@community', kind: 'part_time', title: '委员', partner_unit_id: '@bureau',
  responder_id: '@mei.person', holder: null, substitute: null, state: 'serving', since_on: '#0', until_on: null,
  sort: 1,
}

type Intents = Record<MutationName, DeedBody | DeedBody[]>

/** Every intent of the protocol. A missing one is an error of the types. */
export const INTENTS: Intents = {
  accept_shift: { by: 'ping', args: {
    assignment_id: '@new1', shift_id: '@open', offer_id: null, eta_min: null, on_full: 'waitlist', waitlist_id: '@new2',
  } },
  accept_for: { by: 'coordinator', args: { assignment_id: '@a_given' } },
  decline_shift: [
    { by: 'mei', args: { offer_id: '$offer', assignment_id: null, reason: 'work' } },
    { by: 'mei', args: { offer_id: null, assignment_id: '@a_mei', reason: 'ill' } },
  ],
  withdraw: { by: 'ping', args: { assignment_id: '@a_ping', reason: 'ill' } },
  join_waitlist: { by: 'mei', args: { waitlist_id: '@new1', shift_id: '@week' } },
  leave_waitlist: { by: 'qiang', args: { waitlist_id: '@w_qiang' } },
  pick_waiting: { by: 'coordinator', args: { waitlist_id: '@w_pick' } },
  take_held_place: { by: 'mei', args: { waitlist_id: '@w_mei', assignment_id: '@new1', eta_min: null } },
  check_in: { by: 'mei', args: { assignment_id: '@a_now', at: '#now', way: 'manual', door: null } },
  check_out: { by: 'qiang', args: {
    assignment_id: '@l_qiang', at: '#now', relief_assignment_id: '@n_mei', must_leave: '家里有事',
  } },
  give_handover: { by: 'qiang', args: {
    assignment_id: '@l_qiang', at: '#now', to_assignment_id: '@n_mei', note,
  } },
  take_handover: { by: 'mei', args: {
    assignment_id: '@n_mei', from_assignment_id: '@l_qiang', at: '#now', note,
  } },
  force_handover: { by: 'coordinator', args: { assignment_id: '@l_qiang', reason: '无人接班' } },
  ask_support: { by: 'qiang', args: { assignment_id: '@l_qiang' } },
  remind: { by: 'coordinator', args: { assignment_id: '@a_mei' } },
  take_over: { by: 'coordinator', args: {
    assignment_id: '@l_qiang', new_assignment_id: '@new1', responder_id: '@nobody.person', at: '#now', code: null,
  } },
  assign: { by: 'coordinator', args: {
    assignment_id: '@new1', shift_id: '@open', responder_id: '@ping.person', override_reason: '缺人',
  } },
  unassign: { by: 'coordinator', args: { assignment_id: '@a_mei', reason: null } },
  draft_shifts: [
    { by: 'coordinator', args: {
      roster_id: '@new1', community_id: '@community', name: '下下周', starts_on: '#3', ends_on: '#9',
      shifts: [{ id: '@new2', post_id: '@door', capacity: 1, ...slot }],
    } },
    { by: 'coordinator', args: {
      roster_id: '@r1', community_id: '@community', name: '下周', starts_on: '#9', ends_on: '#16',
      shifts: [{ id: '@morning', post_id: '@gate', capacity: 2, starts_at: '#9 14:00', ends_at: '#9 17:00' }],
    } },
  ],
  cancel_shift: { by: 'coordinator', args: { shift_id: '@open', reason: null } },
  move_shift: { by: 'coordinator', args: {
    shift_id: '@open', starts_at: '#2 20:00', ends_at: '#2 23:00', reason: '交通管制',
  } },
  publish_roster: { by: 'coordinator', args: { roster_id: '@r1', version: 1 } },
  open_callout: { by: 'coordinator', args: {
    callout_id: '@new1', community_id: '@community', kind: 'real', title: '再来一次', ground: '防汛', document_no: '2号',
    mode_id: '@line.mode', mode_hours: 24, org_unit_ids: ['@building_2'], capacity: 1, offer_min: 6,
    post: { name: '大门', kind: 'gate', task: null, kit: null }, slots: [slot],
  } },
  escalate: { by: 'coordinator', args: { ladder_id: '$ladder', as_of: 4 } },
  request_reinforcement: { by: 'coordinator', args: {
    reinforcement_id: '@new1', ladder_id: '$ladder', to_community_id: '@third_community', people: 3, note: '夜里',
  } },
  answer_reinforcement: { by: 'other_coordinator', args: { reinforcement_id: '@reinforcement', people: 1 } },
  resume_callout: { by: 'coordinator', args: { callout_id: '@c2', mode_id: '@new1', mode_hours: 24 } },
  save_template: [
    { by: 'coordinator', args: template },
    { by: 'coordinator', args: { ...template, template_id: '@new1', key: '@new1' } },
  ],
  drop_template: { by: 'coordinator', args: { template_id: '@template' } },
  save_recurrence: [
    { by: 'coordinator', args: recurrence },
    { by: 'coordinator', args: { ...recurrence, recurrence_id: '@new1' } },
  ],
  drop_recurrence: { by: 'coordinator', args: { recurrence_id: '@recurrence' } },
  stand_down: { by: 'coordinator', args: { callout_id: '@line', reason: null } },
  open_mode: { by: 'other_coordinator', args: {
    mode_id: '@new1', org_unit_id: '@other_community', ground: '防汛', document_no: '3号', hours: 24,
  } },
  renew_mode: { by: 'coordinator', args: { mode_id: '@line.mode', hours: 30 } },
  close_mode: { by: 'coordinator', args: { mode_id: '@line.mode' } },
  set_consent: { by: 'ping', args: { purpose: 'public_display', given: true } },
  save_wishes: { by: 'ping', args: { turns: 'more', nights: 'yes' } },
  add_absence: [
    { by: 'ping', args: {
      absence_id: '@new1', responder_id: '@ping.person', starts_at: '#3 00:00', ends_at: '#4 00:00', reason: '探亲',
    } },
    { by: 'coordinator', args: {
      absence_id: '@new1', responder_id: '@nobody.person', starts_at: '#3 08:00', ends_at: '#3 12:00', reason: null,
    } },
  ],
  end_absence: { by: 'ping', args: { absence_id: '@trip' } },
  save_availability: [
    { by: 'ping', args: { responder_id: '@ping.person', fits: ['sat.day', 'sun.day'] } },
    { by: 'coordinator', args: { responder_id: '@nobody.person', fits: ['mon.evening'] } },
  ],
  say_today: [
    { by: 'ping', args: { absence_id: '@new1', answer: 'cannot' } },
    { by: 'ping', args: { absence_id: '@new1', answer: 'can' } },
  ],
  ask_cover: { by: 'ping', args: { cover_id: '@new1', assignment_id: '@a_ping', reason: 'ill' } },
  take_cover: { by: 'qiang', args: { cover_id: '@cover', assignment_id: '@new1' } },
  untake_cover: { by: 'qiang', args: { cover_id: '@c_taken' } },
  withdraw_cover: { by: 'mei', args: { cover_id: '@cover' } },
  approve_cover: { by: 'coordinator', args: { cover_id: '@c_claimed', assignment_id: '@t_claimed' } },
  refuse_cover: { by: 'coordinator', args: { cover_id: '@c_claimed', assignment_id: '@t_claimed', reason: '另有安排' } },
  offer_swap: { by: 'ping', args: {
    cover_id: '@new1', assignment_id: '@a_ping', with_assignment_id: '@o_swap',
  } },
  take_swap: { by: 'mei', args: { cover_id: '@c_swap', assignment_id: '@new1', back_assignment_id: '@new2' } },
  decline_swap: { by: 'mei', args: { cover_id: '@c_swap' } },
  save_party_org: [
    { by: 'coordinator', args: branch },
    { by: 'coordinator', args: {
      ...branch, party_org_id: '@new1', name: '二线临时党支部', kind: 'temporary', callout_id: '@line',
    } },
    { by: 'coordinator', args: {
      ...branch, party_org_id: '@new1', name: '财政局支部', org_unit_id: null, partner_unit_id: '@bureau',
    } },
    { by: 'officer', args: {
      ...branch, party_org_id: '@new1', keeper_id: '@street', org_unit_id: '@street', parent_id: null, covers: [],
    } },
  ],
  end_party_org: [
    { by: 'coordinator', args: { party_org_id: '@group', into_id: '@branch' } },
    { by: 'coordinator', args: { party_org_id: '@line_org', into_id: null } },
  ],
  set_party_post: { by: 'coordinator', args: {
    party_post_id: '@new1', party_org_id: '@branch', post: 'secretary', responder_id: '@qiang.person', holder: null,
    starts_on: '#0',
  } },
  end_party_post: { by: 'coordinator', args: { party_post_id: '@secretary', ends_on: '#0' } },
  save_partner_unit: [
    { by: 'coordinator', args: unit },
    { by: 'officer', args: {
      ...unit, partner_unit_id: '@new1', keeper_id: '@street', kind: 'office', place_id: null, contact_id: null,
    } },
  ],
  end_partner_unit: { by: 'coordinator', args: { partner_unit_id: '@bureau' } },
  merge_units: { by: 'coordinator', args: { partner_unit_id: '@bureau_again', into_id: '@bureau' } },
  save_seat: [
    { by: 'coordinator', args: seat },
    { by: 'officer', args: { ...seat, seat_id: '@new1', council_id: '@street' } },
  ],
  end_seat: { by: 'coordinator', args: { seat_id: '@seat', ended_on: '#0' } },
  drop_seat: { by: 'coordinator', args: { seat_id: '@empty_seat' } },
  report_in: { by: 'ping', args: {
    report_id: '@new1', community_id: '@third_community', building_id: null, address: '汉口路9号', skills: ['急救'],
    fits: ['sat.day'], consents: ['unit_sharing'], moves_from: '@community',
  } },
  withdraw_report: { by: 'mei', args: { report_id: '@report_mei' } },
  confirm_report: [
    { by: 'coordinator', args: { report_id: '@report', grid_id: '@grid' } },
    { by: 'coordinator', args: { report_id: '@page', grid_id: null } },
  ],
  decline_report: { by: 'coordinator', args: { report_id: '@report', reason: 'not_here' } },
  dismiss_verdict: { by: 'qiang', args: { mutation_id: '$verdict' } },
  settle_dead_letter: { by: 'coordinator', args: { mutation_id: '$dead' } },
  read_notice: { by: 'mei', args: { notice_id: '$notice' } },
  log_call: [
    { by: 'coordinator', args: {
      offer_id: '$callOffer', result: 'no_answer', assignment_id: '@new1', waitlist_id: '@new2',
    } },
    { by: 'coordinator', args: {
      offer_id: '$callOffer', result: 'declined', assignment_id: '@new1', waitlist_id: '@new2',
    } },
  ],
}

function listOf(given: Record<string, DeedBody | DeedBody[]>, intent: boolean): Deed[] {
  return Object.entries(given).flatMap(([name, deeds]) => [deeds].flat().map(deed => ({ name, intent, ...deed })))
}

export const DEEDS: Deed[] = [...listOf(INTENTS, true), ...listOf(ACTIONS, false)]
