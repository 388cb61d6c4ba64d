-- The ladder of a slot (R10): one for all shifts of a call-out with the same span, climbed rung by rung until the need is met. docs/adr/0013.
create type app.ladder_state as enum ('waiting', 'climbing', 'met', 'spent', 'over');
create type app.rung_state as enum ('coming', 'open', 'skipped');
create type app.rung_reason as enum ('no_unit', 'nobody');
create type app.rung_cause as enum ('start', 'spent', 'minutes', 'forced');

create table app.ladder (
  id uuid primary key,
  callout_id uuid not null references app.callout,
  community_id uuid not null references app.org_unit,
  slot_starts_at timestamptz not null,
  slot_ends_at timestamptz not null,
  state app.ladder_state not null default 'waiting',
  position int not null default 0, -- rungs opened or skipped so far; what `escalate` names as "as of"
  opens_at timestamptz not null, -- when its first people are asked
  rung_at timestamptz, -- when the present rung was reached
  next_at timestamptz, -- when the next one is due by its minutes; null: not begun, met, or none after it
  look_at timestamptz not null default '-infinity', -- nobody was left to ask: people become free by the minute, not by the tick
  rates float8[] not null, -- of each tier, as they stood when the call-out opened
  created_at timestamptz not null,
  constraint ladder_one_per_slot unique (callout_id, slot_starts_at, slot_ends_at));
create index ladder_climbing on app.ladder (slot_starts_at) where state <> 'over';
alter table app.ladder enable row level security;

create table app.escalation (
  ladder_id uuid not null references app.ladder,
  position int not null,
  level app.org_level not null,
  minutes int not null,
  tiers int[] not null,
  state app.rung_state not null default 'coming',
  at timestamptz,
  reason app.rung_reason, -- why it was skipped
  cause app.rung_cause,
  by_login uuid references app.login,
  told int not null default 0, -- leaders
  asked int not null default 0, -- people
  people int not null default 0, -- who could still be asked
  primary key (ladder_id, position),
  constraint escalation_says_why_skipped check ((state = 'skipped') = (reason is not null)));
alter table app.escalation enable row level security;

-- Counts only, so that officers above see the same row as the coordinator.
create view projection.ladder as
  select l.id as pk, array['lead:' || l.community_id, 'sum:' || l.community_id] as scopes, jsonb_build_object(
    'id', l.id, 'community_id', l.community_id, 'callout_id', l.callout_id, 'slot_starts_at', l.slot_starts_at, 'slot_ends_at', l.slot_ends_at,
    'state', l.state, 'position', l.position, 'opens_at', l.opens_at, 'rung_at', l.rung_at, 'next_at', l.next_at,
    'rungs', (select jsonb_agg(jsonb_build_object('position', e.position, 'level', e.level, 'minutes', e.minutes, 'state', e.state, 'at', e.at, 'reason', e.reason,
      'cause', e.cause, 'told', e.told, 'asked', e.asked, 'people', e.people) order by e.position) from app.escalation e where e.ladder_id = l.id)) as data
  from app.ladder l;

-- Rungs change only under their ladder's lock, and the ladder is written last: its mark shows both.
create function private.mark_ladder() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform sync.mark('ladder', array(select id from old_rows)); else perform sync.mark('ladder', array(select id from new_rows)); end if;
  return null;
end $$;
call private.track('app.ladder', 'private.mark_ladder');

-- A call-out that ends takes its ladders down.
create function private.end_ladders() returns trigger language plpgsql as $$
begin
  update app.ladder set state = 'over', next_at = null where callout_id = new.id and state <> 'over';
  return null;
end $$;
create trigger ladders_end after update of state on app.callout for each row
  when (new.state in ('stood_down', 'closed') and old.state in ('open', 'filled')) execute function private.end_ladders();

-- Why this person and not another, kept with the request: whole days of rest (7 = a week or more), nearness (0 this building … 4 elsewhere), turns in 30 days.
alter table app.offer add column why jsonb;
create or replace view projection.offer_lead as
  select o.id as pk, array['lead:' || co.community_id] as scopes, jsonb_build_object(
    'id', o.id, 'community_id', co.community_id, 'callout_id', o.callout_id, 'responder_id', o.responder_id, 'name', r.name, 'shift_id', o.shift_id,
    'slot_starts_at', o.slot_starts_at, 'slot_ends_at', o.slot_ends_at, 'tier', o.tier, 'wave', o.wave, 'why', o.why, 'state', o.state, 'sent_at', o.sent_at,
    'expires_at', o.expires_at, 'answered_at', o.answered_at) as data
  from app.offer o join app.callout co on co.id = o.callout_id join app.responder r on r.id = o.responder_id;
select private.learn_projections();
select private.apply_grants();
-- requests that phones hold already get their new columns
select sync.mark('offer_lead', array(select id from app.offer));
