create table app.notice (
  id uuid primary key,
  login_id uuid not null references app.login on delete cascade,
  kind app.notice_kind not null,
  community_id uuid references app.org_unit,
  callout_id uuid references app.callout,
  shift_id uuid references app.shift,
  subject_id uuid not null, -- the offer, assignment, rung, mode … it speaks of
  step text not null default '', -- tells two notices about one subject apart: 't24h', 't2h' …
  created_at timestamptz not null,
  -- said once, however often the scheduler comes by
  constraint notice_once unique (login_id, kind, subject_id, step),
  org_unit_id uuid references app.org_unit,
  place_name text,
  post_name text,
  starts_at timestamptz,
  ends_at timestamptz,
  drill app.yes_no not null default 'no',
  read_at timestamptz,
  rung smallint not null default 0, -- how far its ladder has gone: 0 app and push, 1 SMS, 2 call list
  next_at timestamptz default '-infinity' -- when the planner looks at it next; null = its ladder is over
);
create index notice_created on app.notice (created_at);
alter table app.notice enable row level security;
create index notice_due on app.notice (next_at) where next_at is not null;
create index notice_subject on app.notice (subject_id);

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
