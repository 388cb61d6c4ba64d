-- Duty: posts, rosters, shifts, assignments, handovers. Each change of state is an intent (50_intents) or a step of the
-- tick (80_clock).

-- A place at a building or gate where people serve, with its task card and kit.
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
  waitlist_choice app.waitlist_choice not null default 'auto',
  skill text check (length(skill) between 1 and 100), -- what its people must be able to do; shifts are made with it
  ended_at timestamptz, -- when it was given up; its row stays for the shifts that were
  batch_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  unique (org_unit_id, name));
create index post_community on app.post (community_id);
alter table app.post enable row level security;

-- A roster (值班表) of at most 93 days: a draft until it is published. Publishing names the `version` it has seen, which
-- goes up with each change of the drafted shifts and with each publishing.
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
  constraint roster_span check (
    isfinite(starts_on) and isfinite(ends_on) and ends_on >= starts_on and ends_on <= starts_on + 92));
alter table app.roster enable row level security;

-- A span at a post, of a roster or of a call-out. `filled` counts its binding assignments, `held` the places kept for
-- people of the waitlist, and `to_pick` those of them for which the community has still to pick a person. They are
-- kept by those who change them, under the lock of this row.
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
  to_pick int not null default 0,
  state app.shift_state not null,
  requirement jsonb,
  moved_at timestamptz, -- when its people were last asked to confirm another span
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint shift_span check (ends_at > starts_at and ends_at <= starts_at + private.longest_shift()),
  constraint shift_belongs_to_one check (num_nonnulls(roster_id, callout_id) = 1),
  constraint shift_never_over_filled check (filled >= 0 and held >= 0 and filled + held <= capacity),
  constraint shift_picks_of_its_held check (to_pick between 0 and held)
) with (fillfactor = 70);
create index shift_roster on app.shift (roster_id);
create index shift_slot on app.shift (callout_id, starts_at, ends_at);
create index shift_community_time on app.shift (community_id, starts_at);
create index shift_post_time on app.shift (post_id, starts_at);
create index shift_start on app.shift (starts_at);
create index shift_to_pick on app.shift (starts_at) where to_pick > 0;
alter table app.shift enable row level security;

-- One responder on one shift. Its span is the shift's, or the part of it this person serves once it was split.
create table app.assignment (
  id uuid primary key,
  shift_id uuid not null references app.shift,
  responder_id uuid not null references app.responder,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state app.assignment_state not null,
  eta_min int check (eta_min in (0, 5, 15, 30)),
  due_at timestamptz,
  claimed_at timestamptz, -- by the phone's corrected clock; only the server's order decides who gets a place
  accepted_at timestamptz,
  on_post_at timestamptz,
  off_post_at timestamptz,
  left_because text check (length(left_because) <= 200),
  created_at timestamptz not null default now(),
  created_by uuid,
  -- 代办: the coordinator who said yes for the person, reported their arrival, or reported that they left
  accepted_by uuid references app.login,
  vouched_by uuid references app.login,
  left_by uuid references app.login,
  changed_at timestamptz not null default now(), -- when its span or state was changed last
  -- a rule of the index itself, so that two phones of one person cannot both win shifts that overlap (R3)
  constraint assignment_no_overlap exclude using gist (
    responder_id extensions.gist_uuid_ops with =, tstzrange(starts_at, ends_at) with &&)
    where (private.is_binding(state)) deferrable initially immediate);
create unique index assignment_one_binding_per_shift on app.assignment (responder_id, shift_id)
  where private.is_binding(state);
-- past duty of a person; their binding duty is found through the index of assignment_no_overlap
create index assignment_past on app.assignment (responder_id, ends_at) where not private.is_binding(state);
create index assignment_shift on app.assignment (shift_id);
alter table app.assignment enable row level security;

-- Notes when an assignment gets another span or state: a calendar that has it must be told by a later moment.
create function private.note_assignment_change() returns trigger language plpgsql as $$
begin
  new.changed_at := now();
  return new;
end $$;
create trigger assignment_notes_change before update on app.assignment for each row
  when ((old.starts_at, old.ends_at, old.state) is distinct from (new.starts_at, new.ends_at, new.state))
  execute function private.note_assignment_change();

-- Who a draft roster plans for a shift. It binds nobody, and is checked when the roster is published.
create table app.draft_assignment (
  id uuid primary key,
  shift_id uuid not null references app.shift on delete cascade,
  responder_id uuid not null references app.responder,
  created_at timestamptz not null default now(),
  created_by uuid,
  unique (shift_id, responder_id));
create index draft_assignment_responder on app.draft_assignment (responder_id);
alter table app.draft_assignment enable row level security;

-- What a coordinator did to a shift last: they put people on or took them off, moved it, called it off, or dropped the
-- draft. Another coordinator who has the roster open reads who it was. Where and when the shift was is kept here,
-- because a draft that is dropped is gone. Kept a week.
create table app.shift_edit (
  id uuid primary key, -- that of the shift
  community_id uuid not null references app.org_unit,
  post_id uuid not null references app.post on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  what app.shift_edit_kind not null,
  by_login uuid not null references app.login,
  at timestamptz not null);
create index shift_edit_at on app.shift_edit (at);
alter table app.shift_edit enable row level security;

-- The handover note (R12): what the leaving person left behind, in words, and who confirmed it. An assignment is left
-- once, so the note has its id. Either phone may speak first; what the other says later joins the same row
-- (docs/adr/0011).
create table app.handover (
  id uuid primary key references app.assignment, -- the assignment that is left
  community_id uuid not null references app.org_unit,
  to_assignment_id uuid references app.assignment, -- the relief: who took it, or who was seen by the leaving phone
  done text not null default '' check (length(done) <= 200),
  todo text not null default '' check (length(todo) <= 200),
  supplies text not null default '' check (length(supplies) <= 200),
  risks text not null default '' check (length(risks) <= 200),
  given_at timestamptz, -- the leaving person confirmed
  taken_at timestamptz, -- the relief confirmed
  forced_at timestamptz, -- a leader let the person go without a relief
  forced_by uuid references app.login,
  forced_reason text check (length(forced_reason) <= 200),
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint handover_forced_has_a_reason check (num_nonnulls(forced_at, forced_by, forced_reason) in (0, 3)));
create index handover_to on app.handover (to_assignment_id);
alter table app.handover enable row level security;

-- Soft limits of rest, and an absence (away), that a coordinator lifted for one assignment, with the reason (R3, R17).
create table app.override (
  id uuid primary key references app.assignment,
  responder_id uuid not null references app.responder,
  limits text[] not null check (cardinality(limits) > 0),
  reason text not null check (length(reason) between 1 and 200),
  by_login uuid not null references app.login,
  at timestamptz not null);
alter table app.override enable row level security;
