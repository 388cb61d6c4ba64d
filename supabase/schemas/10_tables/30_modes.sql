-- An emergency mode (应急) of a unit and its subtree: who opened it, on which ground and document, and until when (R15).
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
  constraint mode_expires_within_72_hours check (
    expires_at > renewed_at and expires_at <= renewed_at + interval '72 hours'));
create unique index mode_one_open_per_unit on app.mode (org_unit_id) where state = 'open';
alter table app.mode enable row level security;
