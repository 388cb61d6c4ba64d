-- Telling people: notices, the ways they are delivered, and calls by hand (docs/adr/0010).

-- What one person has to be told, once. Place, post, span and drill are copied into it, so it still says what it said
-- when they change.
create table app.notice (
  id uuid primary key,
  login_id uuid not null references app.login on delete cascade,
  kind app.notice_kind not null,
  community_id uuid references app.org_unit,
  callout_id uuid references app.callout,
  shift_id uuid references app.shift,
  subject_id uuid not null, -- the offer, assignment, rung, mode … that it is about
  step text not null default '', -- tells notices about one subject apart: 't24h', 't2h' …
  created_at timestamptz not null,
  org_unit_id uuid references app.org_unit,
  place_name text,
  post_name text,
  starts_at timestamptz,
  ends_at timestamptz,
  -- of a change: the span before it, and why, in the words of the person who made it
  was_starts_at timestamptz,
  was_ends_at timestamptz,
  reason text check (length(reason) <= 200),
  drill app.yes_no not null default 'no',
  read_at timestamptz,
  rung smallint not null default 0, -- how far it has gone: 0 app and push, 1 SMS, 2 call list
  next_at timestamptz default '-infinity', -- when the planner looks at it next; null: it goes no further
  -- said once, however often the scheduler comes by
  constraint notice_once unique (login_id, kind, subject_id, step));
create index notice_created on app.notice (created_at);
create index notice_due on app.notice (next_at) where next_at is not null;
create index notice_subject on app.notice (subject_id);
alter table app.notice enable row level security;

-- A browser that receives web push for a login. When the person switches it off, endpoint and keys are deleted; they
-- never leave the server otherwise.
create table app.push_subscription (
  id uuid primary key,
  login_id uuid not null references app.login on delete cascade,
  endpoint text unique check (length(endpoint) <= 1000),
  p256dh text check (length(p256dh) <= 200),
  auth text check (length(auth) <= 100),
  locale text not null check (locale in ('zh-CN', 'en')),
  created_at timestamptz not null default now(),
  dropped_at timestamptz,
  constraint push_subscription_whole_or_gone check (case
    when dropped_at is null then num_nonnulls(endpoint, p256dh, auth) = 3
    else num_nonnulls(endpoint, p256dh, auth) = 0 end));
create index push_subscription_login on app.push_subscription (login_id);
alter table app.push_subscription enable row level security;

-- A group robot of a community. Its address is a secret: anybody who has it can write into the group.
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

-- One notice by one channel, or one message of a robot; also what was not sent, with the reason.
create table app.delivery (
  id uuid primary key,
  notice_id uuid references app.notice on delete cascade,
  -- the notice's login; it goes with the notice, and two foreign keys here would cost a third of planning
  login_id uuid,
  community_id uuid,
  robot_id uuid references app.robot on delete cascade,
  channel app.delivery_channel not null,
  state app.delivery_state not null,
  reason app.delivery_reason,
  bundled_into uuid references app.delivery on delete cascade,
  content jsonb, -- of a robot: how many of each kind, no person
  attempts int not null default 0,
  error text check (length(error) <= 60), -- a code, never a provider's text: those quote phone numbers
  next_at timestamptz not null,
  lease uuid,
  lease_until timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  constraint delivery_to_one check (
    num_nonnulls(login_id, robot_id) = 1 and (channel = 'robot') = (robot_id is not null)),
  constraint delivery_says_why_not check ((state = 'not_sent') = (reason is not null)));
create index delivery_queue on app.delivery (next_at)
  where state = 'queued' and channel in ('web_push', 'sms', 'robot');
create index delivery_notice on app.delivery (notice_id);
create index delivery_bundle on app.delivery (bundled_into) where bundled_into is not null;
create index delivery_person on app.delivery (login_id, created_at)
  where channel in ('web_push', 'sms') and state <> 'not_sent';
create index delivery_robot on app.delivery (robot_id, created_at) where robot_id is not null;
alter table app.delivery enable row level security;

-- A coordinator's calls to people who were asked and could not be reached by any other channel (R27).
create table app.call_log (
  id uuid primary key, -- the mutation
  offer_id uuid not null references app.offer,
  login_id uuid not null,
  result app.call_result not null,
  at timestamptz not null);
create index call_log_offer on app.call_log (offer_id, at);
alter table app.call_log enable row level security;

-- Up to which moment reminders have been written. A reminder is due when its moment passes, not as long as it is past;
-- a round that comes late then catches up once, and one that comes twice repeats nothing.
create table app.reminder_clock (
  one boolean primary key default true check (one),
  at timestamptz not null);
alter table app.reminder_clock enable row level security;
