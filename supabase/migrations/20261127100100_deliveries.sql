-- How a notice reaches a person: one row per notice and channel, also for what was not sent. Rules: docs/adr/0010.
create type app.notice_state as enum ('new', 'read');
create type app.notice_action as enum ('answer', 'confirm', 'take_hold', 'check_in', 'look', 'renew', 'got_it');
create type app.delivery_channel as enum ('in_app', 'web_push', 'robot', 'sms', 'call');
create type app.delivery_state as enum ('queued', 'sent', 'failed', 'read', 'confirmed', 'not_sent');
create type app.delivery_reason as enum ('throttled', 'quiet_hours', 'bundled', 'no_channel', 'no_consent', 'no_phone', 'not_configured', 'superseded');
create type app.robot_kind as enum ('wecom', 'dingtalk', 'feishu');
create type app.robot_state as enum ('untested', 'working', 'failing');
create type app.call_result as enum ('accepted', 'declined', 'no_answer', 'switched_off');

-- What the notice said at the time: place, span, drill. A copy, so that a shift that moves later changes no word already spoken.
alter table app.notice
  add column org_unit_id uuid references app.org_unit,
  add column place_name text,
  add column post_name text,
  add column starts_at timestamptz,
  add column ends_at timestamptz,
  add column drill app.yes_no not null default 'no',
  add column read_at timestamptz,
  add column rung smallint not null default 0, -- how far its ladder has gone: 0 app and push, 1 SMS, 2 call list
  add column next_at timestamptz default '-infinity'; -- when the planner looks at it next; null = its ladder is over
create index notice_due on app.notice (next_at) where next_at is not null;
create index notice_subject on app.notice (subject_id);

create function private.fill_notice() returns trigger language plpgsql as $$
begin
  select p.org_unit_id, pl.name, p.name, s.starts_at, s.ends_at into new.org_unit_id, new.place_name, new.post_name, new.starts_at, new.ends_at
  from app.shift s join app.post p on p.id = s.post_id join private.place pl on pl.id = p.org_unit_id where s.id = new.shift_id;
  new.drill := case when exists (select from app.callout c where c.id = new.callout_id and c.kind = 'drill') then 'yes' else 'no' end::app.yes_no;
  return new;
end $$;
-- offers are told by the thousand: they bring their words along
create trigger notice_fill before insert on app.notice for each row
  when (new.place_name is null and (new.shift_id is not null or new.callout_id is not null)) execute function private.fill_notice();

create table app.push_subscription (
  id uuid primary key,
  login_id uuid not null references app.login on delete cascade,
  endpoint text unique check (length(endpoint) <= 1000), -- endpoint and keys go when the person switches off, and never leave the server otherwise
  p256dh text check (length(p256dh) <= 200),
  auth text check (length(auth) <= 100),
  locale text not null check (locale in ('zh-CN', 'en')),
  created_at timestamptz not null default now(),
  dropped_at timestamptz,
  constraint push_subscription_whole_or_gone check (case when dropped_at is null then num_nonnulls(endpoint, p256dh, auth) = 3 else num_nonnulls(endpoint, p256dh, auth) = 0 end));
create index push_subscription_login on app.push_subscription (login_id);
alter table app.push_subscription enable row level security;

-- A group robot of a community. The address is a secret: whoever has it writes into the group.
create table app.robot (
  id uuid primary key,
  community_id uuid not null references app.org_unit,
  kind app.robot_kind not null,
  webhook text not null check (length(webhook) <= 500),
  secret text check (length(secret) <= 200),
  state app.robot_state not null default 'untested',
  created_at timestamptz not null default now(),
  created_by uuid not null,
  constraint robot_one_of_a_kind unique (community_id, kind));
alter table app.robot enable row level security;

create table app.delivery (
  id uuid primary key,
  notice_id uuid references app.notice on delete cascade,
  login_id uuid, -- of the notice, which goes with the login; a foreign key each would cost a third of planning
  community_id uuid,
  robot_id uuid references app.robot on delete cascade,
  channel app.delivery_channel not null,
  state app.delivery_state not null,
  reason app.delivery_reason,
  bundled_into uuid references app.delivery on delete cascade,
  content jsonb, -- of a robot: how many of each kind, no person
  attempts int not null default 0,
  error text check (length(error) <= 60), -- a code, never a text of a provider: those quote numbers
  next_at timestamptz not null,
  lease uuid,
  lease_until timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  constraint delivery_to_one check (num_nonnulls(login_id, robot_id) = 1 and (channel = 'robot') = (robot_id is not null)),
  constraint delivery_says_why_not check ((state = 'not_sent') = (reason is not null)));
create index delivery_queue on app.delivery (next_at) where state = 'queued' and channel in ('web_push', 'sms', 'robot');
create index delivery_notice on app.delivery (notice_id);
create index delivery_bundle on app.delivery (bundled_into) where bundled_into is not null;
create index delivery_person on app.delivery (login_id, created_at) where channel in ('web_push', 'sms') and state <> 'not_sent';
create index delivery_robot on app.delivery (robot_id, created_at) where robot_id is not null;
alter table app.delivery enable row level security;

-- A coordinator's calls to people who were asked and reached by nothing else.
create table app.call_log (
  id uuid primary key, -- the mutation
  offer_id uuid not null references app.offer,
  login_id uuid not null,
  result app.call_result not null,
  at timestamptz not null);
create index call_log_offer on app.call_log (offer_id, at);
alter table app.call_log enable row level security;

-- How far the reminders have come: a reminder is due when its moment passes, not while it is past.
create table app.reminder_clock (
  one boolean primary key default true check (one),
  at timestamptz not null);
alter table app.reminder_clock enable row level security;
create index shift_start on app.shift (starts_at);

-- A closed account keeps no device and no notice.
create function private.forget_devices() returns trigger language plpgsql as $$
begin
  delete from app.push_subscription where login_id = new.id;
  delete from app.notice where login_id = new.id;
  return null;
end $$;
create trigger login_closes_devices after update of email on app.login for each row
  when (new.email = 'closed-' || new.id || '@login.invalid') execute function private.forget_devices();
