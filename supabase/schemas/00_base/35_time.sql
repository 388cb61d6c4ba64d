-- The month of a shift, Asia/Shanghai: the one function that names a month scope.
create function private.month_of(p_at timestamptz) returns text language sql stable parallel safe as $$
  select to_char(p_at at time zone interval '+08:00', 'YYYYMM')
$$;

-- Does a span touch the night, 22:00–06:00 Asia/Shanghai?
create function private.is_night(p_starts timestamptz, p_ends timestamptz) returns boolean language sql immutable as $$
  select exists (
    select from generate_series(-1, (p_ends at time zone interval '+08:00')::date - (p_starts at time zone interval '+08:00')::date) d
    where p_starts < (((p_starts at time zone interval '+08:00')::date + d + 1) + time '06:00') at time zone interval '+08:00'
      and p_ends > (((p_starts at time zone interval '+08:00')::date + d) + time '22:00') at time zone interval '+08:00')
$$;

-- The ladder of a notice: in the app and by push at once, by SMS after 90 s, on the call list after 3 min; each rung only while nobody has read or answered.
-- Numbers and what they rest on: docs/adr/0010. Every thing not sent is a row with its reason.

-- 22:00–07:00 Asia/Shanghai.
create function private.is_quiet(p_now timestamptz) returns boolean language sql stable parallel safe as $$
  select extract(hour from p_now at time zone interval '+08:00') not between 7 and 21
$$;

create function private.quiet_until(p_now timestamptz) returns timestamptz language sql stable parallel safe as $$
  select ((p_now - interval '7 hours') at time zone interval '+08:00')::date::timestamp at time zone interval '+08:00' + interval '31 hours'
$$;
