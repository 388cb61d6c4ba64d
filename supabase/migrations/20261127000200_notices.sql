-- What a person has to be told. One row per person and matter; how it reaches him is a delivery's affair.
create type app.notice_kind as enum (
  'offer', 'assigned', 'hold', 'filled', 'stood_down', 'reminder', 'promise_due', 'relief_late',
  'unconfirmed', 'not_arrived', 'no_relief', 'escalated', 'unfilled', 'reinforcement', 'mode_expiring', 'mode_expired');

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
  constraint notice_once unique (login_id, kind, subject_id, step));
create index notice_created on app.notice (created_at);
alter table app.notice enable row level security;

-- Tells some logins something about a subject; saying it again says nothing.
create function private.notify(p_now timestamptz, p_logins uuid[], p_kind app.notice_kind, p_community uuid, p_callout uuid, p_shift uuid, p_subject uuid, p_step text default '')
returns void language sql as $$
  insert into app.notice (id, login_id, kind, community_id, callout_id, shift_id, subject_id, step, created_at)
  select private.uuid_v7(), l, p_kind, p_community, p_callout, p_shift, p_subject, p_step, p_now
  from unnest(p_logins) l where l is not null order by l on conflict on constraint notice_once do nothing
$$;

-- Who leads a community in its duty affairs: whoever has the coordinator's role on it or above.
create function private.coordinators_of(p_community uuid) returns uuid[] language sql stable as $$
  select coalesce(array_agg(distinct g.login_id order by g.login_id), '{}') from app.org_unit u
  join app.org_unit a on u.path operator(extensions.<@) a.path join app.role_grant g on g.org_unit_id = a.id and g.role = 'coordinator'
  where u.id = p_community
$$;
select private.apply_grants();
