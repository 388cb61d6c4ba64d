-- Getting in: invitations, tries of passwords, and the feedback of those who are in.

-- A one-time link that makes a login, gives a role, or resets a password. Its token (100 random bits) is kept hashed.
create table app.invitation (
  id uuid primary key,
  purpose app.invitation_purpose not null,
  token_hash bytea not null unique,
  email text not null,
  responder_id uuid references app.responder,
  login_id uuid references app.login on delete cascade,
  org_unit_id uuid references app.org_unit,
  partner_unit_id uuid references app.partner_unit, -- of a liaison
  role app.role,
  person text,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint invitation_says_for_whom check (case purpose
    when 'responder' then responder_id is not null
    when 'reset' then login_id is not null
    when 'role' then num_nonnulls(org_unit_id, partner_unit_id) = 1 and role is not null and person is not null
    when 'setup' then role = 'admin' end));
create index invitation_responder on app.invitation (responder_id);
create index invitation_email on app.invitation (email);
alter table app.invitation enable row level security;

-- The address at which a calendar reads a person's duty (日历订阅): one for each login. Whoever has it can read, so its
-- token (130 random bits) is kept hashed, and it ends with the membership, a new password and a new address.
create table app.calendar_link (
  login_id uuid primary key references app.login on delete cascade,
  token_hash bytea not null unique,
  locale text not null check (locale in ('zh-CN', 'en')), -- of the words in the calendar
  created_at timestamptz not null default now(),
  read_at timestamptz); -- when a calendar asked last, to the hour
alter table app.calendar_link enable row level security;

-- What people write under 意见反馈.
create table app.feedback (
  id uuid primary key,
  login_id uuid,
  community_id uuid references app.org_unit,
  text text not null check (length(text) between 1 and 2000),
  page text check (length(page) <= 200),
  created_at timestamptz not null default now());
alter table app.feedback enable row level security;

-- Tries of passwords by account and address, both hashed. Accounts that do not exist have rows too, because otherwise
-- the time a caller must wait would tell which accounts exist.
create table app.sign_in_try (
  account bytea not null,
  address bytea not null,
  failures int not null default 0,
  failed_at timestamptz,
  passed_at timestamptz, -- when the account was last entered from this address
  primary key (account, address));
create index sign_in_try_failed on app.sign_in_try (failed_at) where passed_at is null;
create index sign_in_try_passed on app.sign_in_try (passed_at);
alter table app.sign_in_try enable row level security;
