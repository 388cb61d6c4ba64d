-- Duty that repeats (固定排班): which posts have which shifts on which days. Phones make drafts of it with the calendar
-- of the day; when the calendar changes they say which drafts do not fit any more. A community keeps at most 20.
create table app.recurrence (
  id uuid primary key,
  community_id uuid not null references app.org_unit,
  posts uuid[] not null check (cardinality(posts) between 1 and 200),
  days app.recurrence_days not null,
  pattern app.shift_pattern not null,
  starts time not null, -- when the first shift of a day begins, in Asia/Shanghai
  capacity int not null check (capacity between 1 and 20),
  updated_at timestamptz not null default now(),
  updated_by uuid not null);
create index recurrence_community on app.recurrence (community_id);
alter table app.recurrence enable row level security;
