-- Facts about this database: demo or real data, never both.
create table app.setting (
  key text primary key,
  value jsonb not null,
  created_at timestamptz not null default now());
alter table app.setting enable row level security;
