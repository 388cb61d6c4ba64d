-- Calendar questions, all in Asia/Shanghai (+08:00, no summer time).

-- Today in Shanghai.
create function private.day_of(p_at timestamptz) returns date language sql immutable parallel safe as $$
  select (p_at at time zone interval '+08:00')::date
$$;

-- A text as a day between July 1921, when the oldest party organisation was formed, and a year from p_now; null for
-- every other text.
create function private.try_day(p_text text, p_now timestamptz) returns date language plpgsql immutable as $$
declare v date;
begin
  if p_text !~ '^\d{4}-\d\d-\d\d$' then return null; end if;
  v := p_text::date;
  return case when v between date '1921-07-01' and private.day_of(p_now) + 366 then v end;
exception when data_exception then
  return null;
end $$;

-- The month of a moment as YYYYMM, or the one so many months after it. Every name of a month scope is made with this.
-- Months are counted from the first of the month in Shanghai. In UTC it may still be the 30th, and one month before
-- that is another month.
create function private.month_of(p_at timestamptz, p_months int default 0) returns text
language sql stable parallel safe as $$
  select to_char(date_trunc('month', p_at at time zone interval '+08:00') + make_interval(months => p_months), 'YYYYMM')
$$;

-- Until when duty may be published: the end of the third month after this one. Coordinators receive these months; duty
-- of a later one would lie in no scope that anybody has.
create function private.publish_until(p_now timestamptz) returns timestamptz language sql stable parallel safe as $$
  select (date_trunc('month', p_now at time zone interval '+08:00') + interval '4 months')
    at time zone interval '+08:00'
$$;

-- Does a span touch the night, 22:00–06:00?
create function private.is_night(p_starts timestamptz, p_ends timestamptz) returns boolean language sql immutable as $$
  select exists (
    select from generate_series(-1,
      (p_ends at time zone interval '+08:00')::date - (p_starts at time zone interval '+08:00')::date) d
    where p_starts < (((p_starts at time zone interval '+08:00')::date + d + 1) + time '06:00')
        at time zone interval '+08:00'
      and p_ends > (((p_starts at time zone interval '+08:00')::date + d) + time '22:00')
        at time zone interval '+08:00')
$$;

-- Is it quiet time, 22:00–07:00, when notices wait unless a call-out needs them (R29, docs/adr/0010)?
create function private.is_quiet(p_now timestamptz) returns boolean language sql stable parallel safe as $$
  select extract(hour from p_now at time zone interval '+08:00') not between 7 and 21
$$;

-- The next 07:00, when a quiet time that holds now ends.
create function private.quiet_until(p_now timestamptz) returns timestamptz language sql stable parallel safe as $$
  select ((p_now - interval '7 hours') at time zone interval '+08:00')::date::timestamp
    at time zone interval '+08:00' + interval '31 hours'
$$;
