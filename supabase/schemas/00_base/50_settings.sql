-- Facts about this database, one per key: `data` ("demo" or "real", set once and never changed), `phone_sign_in`,
-- `caller_address`, and `decoy_salt`, which never leaves the server.
create table app.setting (
  key text primary key,
  value jsonb not null,
  created_at timestamptz not null default now());
alter table app.setting enable row level security;
