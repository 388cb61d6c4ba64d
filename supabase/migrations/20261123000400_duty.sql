-- Duty: modes, call-outs, posts, rosters, shifts, assignments, offers, waitlist and the event log.
create table app.mode (
  id uuid primary key,
  org_unit_id uuid not null references app.org_unit,
  state app.mode_state not null default 'open',
  ground text not null check (length(ground) between 1 and 100),
  document_no text not null check (length(document_no) between 1 and 60),
  opened_by uuid not null references app.login,
  opened_at timestamptz not null,
  renewed_at timestamptz not null,
  expires_at timestamptz not null,
  renewals int not null default 0,
  reminded_at timestamptz,
  created_at timestamptz not null default now(),
  constraint mode_expires_within_72_hours check (expires_at > renewed_at and expires_at <= renewed_at + interval '72 hours'));
create unique index mode_one_open_per_unit on app.mode (org_unit_id) where state = 'open';
alter table app.mode enable row level security;

create table app.callout (
  id uuid primary key,
  community_id uuid not null references app.org_unit,
  kind app.callout_kind not null,
  title text not null check (length(title) between 1 and 80),
  state app.callout_state not null default 'open',
  attention app.attention not null default 'none',
  policy jsonb not null,
  mode_id uuid references app.mode,
  opened_by uuid not null references app.login,
  opened_at timestamptz not null,
  stood_down_at timestamptz,
  stood_down_because text check (length(stood_down_because) <= 200),
  created_at timestamptz not null default now(),
  constraint callout_drill_opens_no_mode check ((kind = 'drill') = (mode_id is null)));
create index callout_community on app.callout (community_id) where state in ('open', 'filled');
alter table app.callout enable row level security;

-- The escalation policy is stamped when the call-out opens; no later edit changes it.
create function private.keep_policy() returns trigger language plpgsql as $$
begin
  raise exception 'the policy of a call-out never changes' using errcode = '23514', constraint = 'callout_policy_is_stamped';
end $$;
create trigger callout_policy_is_stamped before update on app.callout
  for each row when (old.policy is distinct from new.policy) execute function private.keep_policy();

create table app.post (
  id uuid primary key,
  org_unit_id uuid not null references app.org_unit,
  community_id uuid not null references app.org_unit,
  name text not null check (length(name) between 1 and 40),
  kind app.post_kind not null,
  setting app.post_setting not null default 'outdoor',
  task text check (length(task) <= 500),
  kit text check (length(kit) <= 200),
  contact text check (length(contact) <= 60),
  night_minimum int not null default 1 check (night_minimum between 0 and 20),
  batch_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  unique (org_unit_id, name));
create index post_community on app.post (community_id);
alter table app.post enable row level security;

create table app.roster (
  id uuid primary key,
  community_id uuid not null references app.org_unit,
  name text not null check (length(name) between 1 and 60),
  starts_on date not null,
  ends_on date not null,
  state app.roster_state not null default 'draft',
  version int not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint roster_span check (isfinite(starts_on) and isfinite(ends_on) and ends_on >= starts_on and ends_on <= starts_on + 92));
alter table app.roster enable row level security;

create table app.shift (
  id uuid primary key,
  community_id uuid not null references app.org_unit,
  post_id uuid not null references app.post,
  roster_id uuid references app.roster,
  callout_id uuid references app.callout,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  capacity int not null check (capacity between 1 and 50),
  filled int not null default 0,
  held int not null default 0,
  state app.shift_state not null,
  requirement jsonb,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint shift_span check (ends_at > starts_at and ends_at <= starts_at + interval '24 hours'),
  constraint shift_belongs_to_one check (num_nonnulls(roster_id, callout_id) = 1),
  constraint shift_never_over_filled check (filled >= 0 and held >= 0 and filled + held <= capacity)) with (fillfactor = 70);
create index shift_roster on app.shift (roster_id);
create index shift_slot on app.shift (callout_id, starts_at, ends_at);
create index shift_community_time on app.shift (community_id, starts_at);
create index shift_post_time on app.shift (post_id, starts_at);
alter table app.shift enable row level security;

create table app.assignment (
  id uuid primary key,
  shift_id uuid not null references app.shift,
  responder_id uuid not null references app.responder,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state app.assignment_state not null,
  eta_min int check (eta_min in (0, 5, 15, 30)),
  due_at timestamptz,
  claimed_at timestamptz, -- the phone's corrected clock; order is decided by the server
  accepted_at timestamptz,
  on_post_at timestamptz,
  off_post_at timestamptz,
  left_because text check (length(left_because) <= 200),
  created_at timestamptz not null default now(),
  created_by uuid,
  -- an index-backed rule, so two phones of one person cannot both win overlapping shifts
  constraint assignment_no_overlap exclude using gist (
    responder_id extensions.gist_uuid_ops with =, tstzrange(starts_at, ends_at) with &&)
    where (state in ('assigned', 'accepted', 'on_post')) deferrable initially immediate);
create unique index assignment_one_binding_per_shift on app.assignment (shift_id, responder_id) where state in ('assigned', 'accepted', 'on_post');
-- binding duty of a person is found through the index of assignment_no_overlap
create index assignment_past on app.assignment (responder_id, ends_at) where state not in ('assigned', 'accepted', 'on_post');
create index assignment_shift on app.assignment (shift_id);
alter table app.assignment enable row level security;

create table app.draft_assignment (
  id uuid primary key,
  shift_id uuid not null references app.shift on delete cascade,
  responder_id uuid not null references app.responder,
  created_at timestamptz not null default now(),
  created_by uuid,
  unique (shift_id, responder_id));
create index draft_assignment_responder on app.draft_assignment (responder_id);
alter table app.draft_assignment enable row level security;

create table app.offer (
  id uuid primary key,
  callout_id uuid not null references app.callout,
  responder_id uuid not null references app.responder,
  shift_id uuid not null references app.shift,
  slot_starts_at timestamptz not null,
  slot_ends_at timestamptz not null,
  tier int not null default 1,
  wave int not null default 1,
  state app.offer_state not null default 'sent',
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  answered_at timestamptz,
  reason text,
  created_at timestamptz not null default now());
create unique index offer_one_live_per_callout on app.offer (callout_id, responder_id) where state = 'sent';
create index offer_responder on app.offer (responder_id) where state in ('sent', 'expired');
create index offer_slot on app.offer (callout_id, slot_starts_at, slot_ends_at, state);
create index offer_shift on app.offer (shift_id);
create index offer_due on app.offer (expires_at) where state = 'sent';
alter table app.offer enable row level security;

create table app.waitlist_entry (
  id uuid primary key,
  shift_id uuid not null references app.shift,
  responder_id uuid not null references app.responder,
  rank int not null,
  state app.waitlist_state not null default 'waiting',
  hold_until timestamptz,
  created_at timestamptz not null default now(),
  constraint waitlist_held_has_a_limit check ((state = 'held') = (hold_until is not null)),
  unique (shift_id, rank));
create unique index waitlist_once_per_shift on app.waitlist_entry (shift_id, responder_id) where state in ('waiting', 'held');
create index waitlist_holds on app.waitlist_entry (hold_until) where state = 'held';
alter table app.waitlist_entry enable row level security;

-- Append-only: who did what to what, when, why, through which mutation. Ids and codes, never names or numbers.
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
alter table app.event enable row level security;

-- One thing may still happen to such a row: a closed account takes its person's name out of the words of a reason.
create function private.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and current_setting('private.forgetting', true) = 'yes' and to_jsonb(new) - 'reason' = to_jsonb(old) - 'reason' then
    return new;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = '23514';
end $$;
create trigger event_is_append_only before update or delete on app.event for each row execute function private.refuse_change();
create trigger contact_reveal_is_append_only before update or delete on app.contact_reveal for each row execute function private.refuse_change();

-- A resident's call for help from the door page; the contact expires with the request.
create table app.request (
  id uuid primary key,
  building_id uuid not null references app.org_unit,
  community_id uuid not null references app.org_unit,
  text text not null check (length(text) between 1 and 500),
  contact text check (length(contact) <= 40),
  created_at timestamptz not null default now());
alter table app.request enable row level security;
