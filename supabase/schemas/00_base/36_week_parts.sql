-- The parts of a week by which people say when they can serve (可值守时间): day 08–18, evening 18–22, night 22–08.

-- Every part, as line.part. The line holiday is for public holidays, whatever day of the week they fall on.
create function private.week_parts() returns text[] language sql immutable parallel safe as $$
  select array_agg(l || '.' || p)
  from unnest('{mon,tue,wed,thu,fri,sat,sun,holiday}'::text[]) l
  cross join unnest('{day,evening,night}'::text[]) p
$$;

-- The line that a day goes by. A weekend worked in place of other days (调休) counts as the working day beside it.
-- p_kind: what the calendar says of the day, or null. As weekLine in src/domain/availability.ts.
create function private.week_line(p_day date, p_kind app.day_kind) returns text language sql immutable as $$
  select case
    when p_kind = 'rest' then 'holiday'
    when p_kind = 'work' and extract(isodow from p_day) = 6 then 'fri'
    when p_kind = 'work' and extract(isodow from p_day) = 7 then 'mon'
    else ('{mon,tue,wed,thu,fri,sat,sun}'::text[])[extract(isodow from p_day)] end
$$;

-- The next 06:00: until then 今天可以 and 今天不行 hold. As nightEnd in src/domain/availability.ts.
create function private.night_end(p_at timestamptz) returns timestamptz language sql stable parallel safe as $$
  select ((p_at - interval '6 hours') at time zone interval '+08:00')::date::timestamp
    at time zone interval '+08:00' + interval '30 hours'
$$;
