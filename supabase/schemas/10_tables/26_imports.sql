-- A file that was imported; it can be taken back as a whole (R28, R44).
create table app.import_batch (
  id uuid primary key,
  kind app.import_kind not null,
  community_id uuid references app.org_unit,
  file_name text not null,
  state app.batch_state not null default 'open',
  created_at timestamptz not null default now(),
  created_by uuid not null);
alter table app.import_batch enable row level security;

-- What happened to each row of a batch. So a chunk sent twice gets the same answer twice, and a revert is exact. The
-- fingerprint is of the record as the row left it; of an error, record_id is the record that is in the way.
create table app.import_row (
  batch_id uuid not null references app.import_batch on delete cascade,
  row_no int not null,
  status text not null check (status in ('created', 'updated', 'unchanged', 'error')),
  code text,
  field text,
  record_table text,
  record_id uuid,
  fingerprint text,
  primary key (batch_id, row_no));
create index import_row_record on app.import_row (record_id);
alter table app.import_row enable row level security;

-- What a row changed in records that were there before, field by field, so that a revert brings the old values back.
-- The values go after 30 days (80_clock/60_expire.sql).
create table app.import_change (
  batch_id uuid not null references app.import_batch on delete cascade,
  row_no int not null,
  record_table text not null,
  record_id uuid not null,
  field text not null,
  before jsonb not null,
  after jsonb not null,
  created_at timestamptz not null default now(),
  primary key (batch_id, row_no, record_id, field));
create index import_change_record on app.import_change (record_id);
create index import_change_created on app.import_change (created_at);
alter table app.import_change enable row level security;
