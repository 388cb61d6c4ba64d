create type app.org_level as enum ('city', 'district', 'street', 'community', 'grid', 'estate', 'building');
create type app.role as enum ('admin', 'responder', 'building_lead', 'grid_lead', 'coordinator', 'liaison', 'street_officer', 'district_officer', 'city_officer');
create type app.responder_kind as enum ('sent_cadre', 'party_member_in_service', 'party_member_resident', 'volunteer', 'new_employment', 'community_worker');
create type app.responder_state as enum ('active', 'paused', 'closed');
create type app.yes_no as enum ('yes', 'no');
create type app.consent_purpose as enum ('public_display', 'location', 'unit_sharing');
create type app.report_in_state as enum ('requested', 'confirmed', 'ended');
create type app.invitation_purpose as enum ('responder', 'role', 'reset', 'setup');
create type app.batch_state as enum ('open', 'reverted');
create type app.import_kind as enum ('division', 'building', 'post', 'responder');
create type app.post_kind as enum ('gate', 'unit_door', 'patrol', 'supplies', 'hotline');
create type app.post_setting as enum ('indoor', 'outdoor');
create type app.roster_state as enum ('draft', 'published');
create type app.shift_state as enum ('draft', 'open', 'cancelled', 'stood_down');
create type app.assignment_state as enum ('assigned', 'accepted', 'on_post', 'relieved', 'done', 'withdrawn', 'released', 'not_arrived');
create type app.offer_state as enum ('sent', 'accepted', 'declined', 'expired', 'withdrawn');
create type app.waitlist_state as enum ('waiting', 'held', 'taken', 'passed', 'left');
create type app.callout_state as enum ('draft', 'open', 'filled', 'stood_down', 'closed');
create type app.callout_kind as enum ('real', 'drill');
create type app.attention as enum ('none', 'undecided');
create type app.mode_state as enum ('open', 'closed', 'expired');

-- The same words as src/domain/codes.ts; a test compares the two.
create type app.verdict_code as enum (
  'already', 'waitlisted', 'disputed', 'no_relief',
  'full', 'closed', 'gone', 'overlap', 'not_eligible', 'stale', 'forbidden', 'wrong_state', 'not_open', 'mode_open',
  'roster_conflict', 'roster_changed', 'over_capacity', 'invalid', 'upgrade_required', 'wrong_code',
  'over_limit', 'resting', 'moved_on', 'bad_data', 'skipped');
create type app.action_code as enum (
  'invitation_invalid', 'invitation_used', 'invitation_expired', 'too_many_tries', 'forbidden', 'gone', 'invalid',
    'weak_password', 'wrong_password',
  'name_taken', 'not_on_duty_together', 'no_contact', 'last_admin', 'demo_database', 'real_database', 'batch_closed', 'overlap');

-- What a person has to be told. One row per person and matter; how it reaches him is a delivery's affair.
create type app.notice_kind as enum (
  'offer', 'assigned', 'hold', 'filled', 'stood_down', 'reminder', 'promise_due', 'relief_late',
  'unconfirmed', 'not_arrived', 'no_relief', 'escalated', 'unfilled', 'reinforcement', 'mode_expiring', 'mode_expired');

-- How a notice reaches a person: one row per notice and channel, also for what was not sent. Rules: docs/adr/0010.
create type app.notice_state as enum ('new', 'read');
create type app.notice_action as enum ('answer', 'confirm', 'take_hold', 'check_in', 'look', 'renew', 'got_it');
create type app.delivery_channel as enum ('in_app', 'web_push', 'robot', 'sms', 'call');
create type app.delivery_state as enum ('queued', 'sent', 'failed', 'read', 'confirmed', 'not_sent');
create type app.delivery_reason as enum ('throttled', 'quiet_hours', 'bundled', 'no_channel', 'no_consent', 'no_phone', 'not_configured', 'superseded');
create type app.robot_kind as enum ('wecom', 'dingtalk', 'feishu');
create type app.robot_state as enum ('untested', 'working', 'failing');
create type app.call_result as enum ('accepted', 'declined', 'no_answer', 'switched_off');

-- The ladder of a slot (R10): one for all shifts of a call-out with the same span, climbed rung by rung until the need is met. docs/adr/0013.
create type app.ladder_state as enum ('waiting', 'climbing', 'met', 'spent', 'over');
create type app.rung_state as enum ('coming', 'open', 'skipped');
create type app.rung_reason as enum ('no_unit', 'nobody');
create type app.rung_cause as enum ('start', 'spent', 'minutes', 'forced');

-- Templates of call-outs (R4): what a community has made of 台风, 暴雪, 停水停电, 防疫, 防汛 and 消防排查, or of its own. The six stand in the app; a row is an edition.
create type app.shift_pattern as enum ('8x3', '6x4', '4x6', '3x8', '2x12', 'day');

-- Reinforcement (G10, R11): one community asks another of its street for people for a slot; the other promises a number or says no. Its people are then asked
-- by the same engine, by name; the two communities see one row.
create type app.reinforcement_state as enum ('asked', 'promised', 'declined', 'withdrawn');

-- Does this assignment hold a place?
create function private.is_binding(p_state app.assignment_state) returns boolean language sql immutable parallel safe as $$
  select p_state in ('assigned', 'accepted', 'on_post')
$$;

-- Does a unit of the one level lie above one of the other?
create function private.is_above(p_level app.org_level, p_other app.org_level) returns boolean language sql immutable parallel safe as $$
  select p_level < p_other
$$;

-- A part of a community: grid, estate or building.
create function private.is_in_community(p_level app.org_level) returns boolean language sql immutable parallel safe as $$
  select p_level in ('grid', 'estate', 'building')
$$;

-- May the one role be given by who holds the other? Roles stand in the order of their reach.
create function private.is_below(p_role app.role, p_other app.role) returns boolean language sql immutable parallel safe as $$
  select p_role < p_other
$$;
