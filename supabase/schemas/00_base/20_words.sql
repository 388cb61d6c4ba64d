-- The words of the domain: one enum for each closed list, grouped as the tables are. docs/glossary.md explains them.

-- Places and roles. The order carries meaning here, from the widest level to the narrowest and from the least role to
-- the one that reaches furthest; compare with is_above() and is_below() below, never with < itself.
create type app.org_level as enum ('city', 'district', 'street', 'community', 'grid', 'estate', 'building');
create type app.role as enum (
  'admin', 'responder', 'building_lead', 'grid_lead', 'coordinator', 'liaison',
  'street_officer', 'district_officer', 'city_officer');

-- People.
create type app.responder_kind as enum (
  'sent_cadre', 'party_member_in_service', 'party_member_resident', 'volunteer', 'new_employment', 'community_worker');
create type app.responder_state as enum ('active', 'paused', 'closed');
create type app.yes_no as enum ('yes', 'no');
-- report_name: the community reads the name of a courier or driver who reported in.
create type app.consent_purpose as enum ('public_display', 'location', 'unit_sharing', 'report_name');
create type app.report_in_state as enum ('requested', 'confirmed', 'ended');
-- What somebody in 新就业群体 drives or delivers; it stands in the place of their name where they do not give it.
create type app.trade as enum ('parcel', 'rider', 'ride_hailing', 'truck', 'other');
-- Why a report (报到) came to nothing.
create type app.decline_reason as enum ('not_here', 'twin', 'unreachable', 'other');
create type app.invitation_purpose as enum ('responder', 'role', 'reset', 'setup');

-- Organisations that live together: party organisations (党组织) and their posts, partner units (驻区单位), seats.
create type app.party_org_kind as enum (
  'work_committee', 'committee', 'general_branch', 'branch', 'joint_branch', 'group', 'temporary');
create type app.party_org_state as enum ('proposed', 'formed', 'merged', 'closed');
create type app.party_post_kind as enum ('secretary', 'deputy', 'group_leader');
create type app.partner_unit_kind as enum (
  'government', 'office', 'enterprise', 'institution', 'two_new', 'tower', 'park', 'market', 'platform',
  'service_centre', 'unknown');
create type app.partner_unit_state as enum ('active', 'ended');
create type app.seat_kind as enum ('full_time', 'part_time');
create type app.seat_state as enum ('invited', 'confirmed', 'serving', 'ended');

-- Imports.
create type app.batch_state as enum ('open', 'reverted');
create type app.import_kind as enum (
  'division', 'building', 'post', 'responder', 'partner_unit', 'party_org', 'seat');

-- Duty.
create type app.post_kind as enum ('gate', 'unit_door', 'patrol', 'supplies', 'hotline');
create type app.post_setting as enum ('indoor', 'outdoor');
create type app.roster_state as enum ('draft', 'published');
create type app.shift_state as enum ('draft', 'open', 'cancelled', 'stood_down');
create type app.assignment_state as enum (
  'assigned', 'accepted', 'on_post', 'relieved', 'done', 'withdrawn', 'released', 'not_arrived');
create type app.shift_edit_kind as enum ('people', 'time', 'dropped', 'cancelled');
create type app.waitlist_state as enum ('waiting', 'held', 'taken', 'passed', 'left');
-- Who says which waiting person gets a freed place: their rank, or the community.
create type app.waitlist_choice as enum ('auto', 'community');
create type app.cover_state as enum ('open', 'claimed', 'taken', 'withdrawn', 'lapsed');
create type app.leave_reason as enum ('work', 'ill', 'away', 'other');

-- The statutory calendar: a free day, or a weekend that is worked in its place (调休).
create type app.day_kind as enum ('rest', 'work');
-- How much duty a person wishes for, beside an equal share.
create type app.wish_turns as enum ('fewer', 'as_usual', 'more');

-- On which days a recurrence makes shifts (固定排班).
create type app.recurrence_days as enum ('all', 'work', 'rest');

-- Modes and call-outs.
create type app.mode_state as enum ('open', 'closed', 'expired');
create type app.callout_state as enum ('draft', 'open', 'filled', 'stood_down', 'closed');
create type app.callout_kind as enum ('real', 'drill');
create type app.attention as enum ('none', 'undecided');
create type app.shift_pattern as enum ('8x3', '6x4', '4x6', '3x8', '2x12', 'day');
-- a step that a coordinator took for a person (代办)
create type app.proxy_step as enum ('accepted', 'on_post', 'off_post');
create type app.offer_state as enum ('sent', 'accepted', 'declined', 'expired', 'withdrawn');
create type app.reinforcement_state as enum ('asked', 'promised', 'declined', 'withdrawn');

-- The ladder of a slot and its rungs (R10, docs/adr/0013).
create type app.ladder_state as enum ('waiting', 'climbing', 'met', 'spent', 'over');
create type app.rung_state as enum ('coming', 'open', 'skipped');
create type app.rung_reason as enum ('no_unit', 'nobody');
create type app.rung_cause as enum ('start', 'spent', 'minutes', 'forced');

-- What the server answers to an intent (verdict_code) and to an action (action_code). src/domain/codes.ts has the same
-- words; a test compares the two.
create type app.verdict_code as enum (
  'already', 'waitlisted', 'disputed', 'no_relief',
  'full', 'closed', 'gone', 'overlap', 'not_eligible', 'stale', 'forbidden', 'wrong_state', 'not_open', 'mode_open',
  'roster_conflict', 'roster_tired', 'roster_changed', 'over_capacity', 'post_covered', 'invalid', 'upgrade_required',
  'wrong_code', 'over_limit', 'resting', 'away', 'off_hours', 'moved_on', 'slots_over', 'too_late', 'not_free',
  'outdated', 'shift_moved', 'too_early', 'name_taken', 'number_taken', 'in_use',
  'bad_data', 'skipped');
create type app.action_code as enum (
  'invitation_invalid', 'invitation_used', 'invitation_expired', 'too_many_tries', 'forbidden', 'gone', 'invalid',
  'weak_password', 'wrong_password', 'name_taken', 'not_on_duty_together', 'no_contact', 'last_admin',
  'last_coordinator', 'demo_database', 'real_database', 'batch_closed', 'overlap', 'taken', 'has_duty', 'in_use');

-- Notices: what a person has to be told, and the one thing they can do about it.
create type app.notice_kind as enum (
  'offer', 'assigned', 'hold', 'filled', 'stood_down', 'reminder', 'promise_due', 'relief_late',
  'unconfirmed', 'not_arrived', 'no_relief', 'support_asked', 'escalated', 'unfilled', 'reinforcement', 'mode_expiring',
  'mode_expired', 'cancelled', 'released', 'moved', 'passed', 'recalled', 'reopened', 'taken_over', 'let_go',
  'membership_ended', 'cover_asked', 'cover_claimed', 'cover_taken', 'cover_approved', 'cover_off', 'cover_returned',
  'cover_untaken', 'cover_wanted', 'swap_asked', 'swap_taken', 'swap_declined', 'to_pick', 'passed_over', 'may_open',
  'place_open', 'away_on_duty', 'report_asked', 'report_settled');
create type app.notice_state as enum ('new', 'read');
create type app.notice_action as enum ('answer', 'confirm', 'take_hold', 'check_in', 'look', 'renew', 'got_it');

-- Deliveries: how a notice reaches a person, or why it does not (docs/adr/0010).
create type app.delivery_channel as enum ('in_app', 'web_push', 'robot', 'sms', 'call');
create type app.delivery_state as enum ('queued', 'sent', 'failed', 'read', 'confirmed', 'not_sent');
create type app.delivery_reason as enum (
  'throttled', 'quiet_hours', 'bundled', 'no_channel', 'no_consent', 'no_phone', 'not_configured', 'superseded');
create type app.robot_kind as enum ('wecom', 'dingtalk', 'feishu');
create type app.robot_state as enum ('untested', 'working', 'failing');
create type app.call_result as enum ('accepted', 'declined', 'no_answer', 'switched_off', 'undone');

-- Does an assignment in this state hold a place?
create function private.is_binding(p_state app.assignment_state) returns boolean
language sql immutable parallel safe as $$
  select p_state in ('assigned', 'accepted', 'on_post')
$$;

-- Is the first level wider than the second, as a street is wider than a building?
create function private.is_above(p_level app.org_level, p_other app.org_level) returns boolean
language sql immutable parallel safe as $$
  select p_level < p_other
$$;

-- Is this the level of a part of a community: grid, estate or building?
create function private.is_in_community(p_level app.org_level) returns boolean
language sql immutable parallel safe as $$
  select p_level in ('grid', 'estate', 'building')
$$;

-- Does the first role reach less far than the second? An officer gives only roles below their own.
create function private.is_below(p_role app.role, p_other app.role) returns boolean
language sql immutable parallel safe as $$
  select p_role < p_other
$$;
