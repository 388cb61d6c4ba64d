-- The event log, and requests of residents.

-- Who did what to what, when, why, through which mutation. Append-only. Ids and codes, never names or numbers.
create table app.event (
  id uuid primary key,
  at timestamptz not null,
  kind text not null,
  login_id uuid,
  community_id uuid,
  responder_id uuid,
  shift_id uuid,
  subject_id uuid,
  mutation_id uuid,
  reason text check (reason ~ '^[a-z][a-z0-9_]{0,30}$'), -- a code; words stand on the record they are about
  detail jsonb);
create index event_community on app.event (community_id, at);
create index event_told on app.event (responder_id) where responder_id is not null;
create index event_by_login on app.event (login_id) where login_id is not null;
create index event_of_request on app.event (subject_id)
  where kind in ('help_request', 'door_feedback', 'member_feedback');
-- phones show these kinds with names of places and people: when a name changes, the rows that show it are found here
create index event_of_places on app.event ((detail ->> 'org_unit_id')) where kind in ('appointed', 'record_joined');
create index event_of_rights on app.event (subject_id) where kind in ('reset_issued', 'appointed');
alter table app.event enable row level security;

-- Keeps a table append-only. One change is let through: when an account is closed, its person's name is taken out of
-- the words of a reason.
create function private.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('private.forgetting', true) = 'yes'
    and to_jsonb(new) - 'reason' = to_jsonb(old) - 'reason' then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = '23514';
end $$;
create trigger event_is_append_only before update or delete on app.event
  for each row execute function private.refuse_change();
create trigger contact_reveal_is_append_only before update or delete on app.contact_reveal
  for each row execute function private.refuse_change();
create trigger override_is_append_only before update or delete on app.override
  for each row execute function private.refuse_change();

-- A resident's call for help from the door page. The contact is removed some time after the request (R38).
create table app.request (
  id uuid primary key,
  building_id uuid not null references app.org_unit,
  community_id uuid not null references app.org_unit,
  text text not null check (length(text) between 1 and 500),
  contact text check (length(contact) <= 40),
  created_at timestamptz not null default now());
alter table app.request enable row level security;

-- Who looked at the contact of a request, when and why (R14).
create table app.request_reveal (
  id uuid primary key,
  request_id uuid not null references app.request,
  login_id uuid not null,
  reason text not null check (length(reason) between 1 and 200),
  until timestamptz not null,
  created_at timestamptz not null default now());
create index request_reveal_request on app.request_reveal (request_id);
alter table app.request_reveal enable row level security;
create trigger request_reveal_is_append_only before update or delete on app.request_reveal
  for each row execute function private.refuse_change();

-- Who looked at the number of a report (报到), when and why (R14). The report itself goes 30 days after its answer.
create table app.report_reveal (
  id uuid primary key,
  report_id uuid not null,
  community_id uuid not null references app.org_unit,
  login_id uuid not null,
  reason text not null check (length(reason) between 1 and 200),
  until timestamptz not null,
  created_at timestamptz not null default now());
create index report_reveal_community on app.report_reveal (community_id);
alter table app.report_reveal enable row level security;
create trigger report_reveal_is_append_only before update or delete on app.report_reveal
  for each row execute function private.refuse_change();
