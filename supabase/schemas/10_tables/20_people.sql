-- Who: logins, responders with their contacts (in a table of their own), report-ins, consents and roles.

-- An account. A responder is a person on a community's list, who may have one; admins and officers have only a login.
create table app.login (
  id uuid primary key, -- auth.users.id
  sign_in_name text not null unique check (
    sign_in_name = lower(sign_in_name) and length(sign_in_name) between 2 and 64),
  email text not null unique,
  name text not null,
  -- the codes of 替班码 are made of this key; it reaches only this person's own phones, and changes with the password
  stand_in_key uuid not null default gen_random_uuid(),
  invited_from uuid references app.org_unit, -- the unit that invited them: it, or a unit above it, may reset the login
  created_at timestamptz not null default now(),
  -- intents that its person leaves unsent on a phone are sealed with this key (docs/adr/0014)
  seal_key bytea not null default extensions.gen_random_bytes(32));
alter table app.login enable row level security;

-- A person as one community keeps them. A community sees and changes only its own records (R46). A person with a login
-- may join records of other communities to their own; a joined record then only says whose it became.
create table app.responder (
  id uuid primary key,
  joined_to uuid references app.responder,
  login_id uuid unique references app.login on delete set null,
  kind app.responder_kind not null,
  name text not null check (length(name) between 1 and 40),
  display_name text check (length(display_name) <= 20),
  pinyin text not null default '',
  initials text not null default '',
  home_building_id uuid references app.org_unit,
  partner_unit_id uuid references app.partner_unit,
  party_org_id uuid references app.party_org,
  skills text[] not null default '{}',
  night app.yes_no not null default 'yes',
  state app.responder_state not null default 'active',
  batch_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now());
create index responder_home on app.responder (home_building_id);
create index responder_joined on app.responder (joined_to) where joined_to is not null;
alter table app.responder enable row level security;

-- The phone number of a responder, apart from the person so that nothing shows it by accident.
create table app.responder_contact (
  responder_id uuid primary key references app.responder on delete cascade,
  phone text not null check (phone ~ '^[0-9]{7,15}$'),
  community_id uuid references app.org_unit, -- whose list holds the number; null once the person has left it
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint responder_contact_once_per_community unique (phone, community_id));
alter table app.responder_contact enable row level security;

-- The log of numbers shown in full: to which login, why, and until when (R14).
create table app.contact_reveal (
  id uuid primary key,
  responder_id uuid not null references app.responder,
  login_id uuid not null,
  reason text not null check (length(reason) between 1 and 200),
  until timestamptz not null,
  created_at timestamptz not null default now());
alter table app.contact_reveal enable row level security;

-- What a person agreed to, one row per purpose; withdrawn_at ends it (R38).
create table app.consent (
  responder_id uuid not null references app.responder on delete cascade,
  purpose app.consent_purpose not null,
  given_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  created_by uuid,
  primary key (responder_id, purpose));
alter table app.consent enable row level security;

-- Days, or hours of one day, when a person is away (请假). It is over by itself at ends_at; ended_at: taken back. Called
-- an absence, because to leave a community or a waitlist is something else.
create table app.absence (
  id uuid primary key,
  responder_id uuid not null references app.responder on delete cascade,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text check (length(reason) <= 200),
  ended_at timestamptz,
  today boolean not null default false, -- said with 今天不行: for this day and its night
  created_at timestamptz not null default now(),
  created_by uuid not null, -- the login: the person's own, or a coordinator's
  check (ends_at > starts_at));
create index absence_of_responder on app.absence (responder_id, ends_at) where ended_at is null;
alter table app.absence enable row level security;

-- What a person wishes of the automatic roster (值班意愿): a row only where they wish for something. Colleagues never
-- see it.
create table app.wish (
  id uuid primary key references app.responder on delete cascade,
  turns app.wish_turns not null,
  nights app.yes_no not null, -- no: rather not
  updated_at timestamptz not null,
  constraint wish_for_something check ((turns, nights) <> ('as_usual', 'yes')));
alter table app.wish enable row level security;
-- Which parts of a week suit a person (可值守时间), said once; no row, or null, = every time suits. Its id is the person's.
-- ready_until: they said 今天可以, which lifts their hours for shifts that begin before it.
create table app.availability (
  id uuid primary key references app.responder on delete cascade,
  fits text[] check (fits <@ private.week_parts()), -- such as mon.day
  ready_until timestamptz,
  updated_at timestamptz not null default now(),
  by_login uuid references app.login on delete set null, -- who entered fits: the person, or a coordinator
  check (num_nonnulls(fits, ready_until) > 0));
alter table app.availability enable row level security;

-- When a person last said something of a kind that replaces what was said before, by the time of the tap: a word that a
-- phone without signal brings later does not undo a newer one.
create table app.last_word (
  responder_id uuid references app.responder on delete cascade,
  about text, -- the intent, and the purpose of a consent
  tapped_at timestamptz not null,
  primary key (responder_id, about));
alter table app.last_word enable row level security;

-- That a person serves in a community (双报到); only a confirmed one counts. `grid_id`: where the community put them.
create table app.report_in (
  id uuid primary key,
  responder_id uuid not null references app.responder,
  community_id uuid not null references app.org_unit,
  state app.report_in_state not null default 'requested',
  grid_id uuid references app.org_unit,
  team_leader_id uuid references app.responder,
  ends_on date,
  batch_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  unique (responder_id, community_id));
create index report_in_community on app.report_in (community_id) where state = 'confirmed';
create index report_in_with_end on app.report_in (ends_on) where state <> 'ended';
alter table app.report_in enable row level security;

-- A role of a login on a unit; it reaches the unit's whole subtree (20_rights/10_reach.sql).
create table app.role_grant (
  id uuid primary key,
  login_id uuid not null references app.login on delete cascade,
  org_unit_id uuid references app.org_unit,
  partner_unit_id uuid references app.partner_unit,
  role app.role not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  unique nulls not distinct (login_id, org_unit_id, partner_unit_id, role));
create index role_grant_unit on app.role_grant (org_unit_id);
alter table app.role_grant enable row level security;

-- Refuses to remove the last admin: nobody could appoint another.
create function private.keep_an_admin() returns trigger language plpgsql as $$
begin
  if not exists (select from app.role_grant where role = 'admin') then
    raise exception 'the last admin cannot be removed'
      using errcode = '23514', constraint = 'role_grant_keeps_an_admin';
  end if;
  return null;
end $$;
create constraint trigger role_grant_keeps_an_admin after delete on app.role_grant
  for each row when (old.role = 'admin') execute function private.keep_an_admin();

-- Who said that a record is not theirs. Two communities may list one number, each in a record that the other never sees
-- (R46). A person who signs in with that number is asked whether the record is theirs: a yes joins it to their own, a
-- no is kept here, so that they are not asked again (docs/adr/0016).
create table app.join_refusal (
  responder_id uuid not null references app.responder on delete cascade, -- the record
  login_id uuid not null references app.login on delete cascade,
  created_at timestamptz not null default now(),
  primary key (responder_id, login_id));
alter table app.join_refusal enable row level security;

-- The name that residents see at the door: the person's display name while they agree to its display, else null (R13).
create function private.public_name(p_responder app.responder) returns text language sql stable as $$
  select case when p_responder.display_name is not null and exists (
    select from app.consent k
    where k.responder_id = p_responder.id and k.purpose = 'public_display' and k.withdrawn_at is null)
    then p_responder.display_name end
$$;
