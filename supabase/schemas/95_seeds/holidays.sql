-- What the app brings of the statutory calendar, as the State Council announced it: name, first day, last day, and the
-- weekends worked in place of days between them. An admin enters later years in the app.
insert into app.holiday (id, day, year, kind, name)
select private.holiday_id(d.day), d.day, extract(year from h.ends_on::date), d.kind, h.name
from (values
  ('元旦', '2025-01-01', '2025-01-01', '{}'),
  ('春节', '2025-01-28', '2025-02-04', '{2025-01-26,2025-02-08}'),
  ('清明节', '2025-04-04', '2025-04-06', '{}'),
  ('劳动节', '2025-05-01', '2025-05-05', '{2025-04-27}'),
  ('端午节', '2025-05-31', '2025-06-02', '{}'),
  ('国庆节', '2025-10-01', '2025-10-05', '{2025-09-28,2025-10-11}'),
  ('中秋节', '2025-10-06', '2025-10-06', '{}'),
  ('国庆节', '2025-10-07', '2025-10-08', '{}'),
  ('元旦', '2026-01-01', '2026-01-03', '{2026-01-04}'),
  ('春节', '2026-02-15', '2026-02-23', '{2026-02-14,2026-02-28}'),
  ('清明节', '2026-04-04', '2026-04-06', '{}'),
  ('劳动节', '2026-05-01', '2026-05-05', '{2026-05-09}'),
  ('端午节', '2026-06-19', '2026-06-21', '{}'),
  ('中秋节', '2026-09-25', '2026-09-27', '{}'),
  ('国庆节', '2026-10-01', '2026-10-07', '{2026-09-20,2026-10-10}')) h (name, starts_on, ends_on, worked)
cross join lateral (
  select g::date as day, 'rest'::app.day_kind as kind
  from generate_series(h.starts_on::timestamp, h.ends_on::timestamp, '1 day') g
  union all
  select w, 'work' from unnest(h.worked::date[]) w) d
on conflict (day) do nothing;
