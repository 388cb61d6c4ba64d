-- Days on which the country's calendar differs from the days of the week. One for the whole installation; an admin
-- enters each year when the State Council has announced it. A year without a row is not known yet.
create table app.holiday (
  id uuid primary key, -- of the day (private.holiday_id), so that a day entered again is the same row on phones
  day date not null unique,
  year int not null, -- whose announcement names it: a new year's holiday may begin in December
  kind app.day_kind not null,
  name text not null check (length(name) between 1 and 10),
  updated_at timestamptz not null default now(),
  updated_by uuid); -- null: came with the app
alter table app.holiday enable row level security;

create function private.holiday_id(p_day date) returns uuid language sql immutable as $$
  select md5('holiday:' || p_day)::uuid
$$;
