-- When people can serve (可值守时间). It is a soft rule like an absence: outside their hours a call-out asks nobody, and a
-- coordinator puts them on a shift by name and with a reason; their own yes counts at any time. The same rule as
-- src/domain/availability.ts; tests/vectors/availability.json holds both to one answer.

-- Did the person say 今天可以, and does it reach the beginning of a slot, or now if that has begun? Such people are asked
-- first in their tier.
create function private.is_ready(p_responder uuid, p_starts timestamptz, p_now timestamptz) returns boolean
language sql stable as $$
  select exists (select from app.availability where id = p_responder and ready_until > greatest(p_starts, p_now))
$$;

-- Does a span touch a part of the week that does not suit the person? Not where they are ready.
create function private.is_off_hours(
  p_responder uuid, p_starts timestamptz, p_ends timestamptz, p_now timestamptz
) returns boolean language sql stable as $$
  select not private.is_ready(p_responder, p_starts, p_now) and exists (
    select
    from app.availability v
    cross join generate_series(
      (p_starts at time zone interval '+08:00')::date - interval '1 day',
      (p_ends at time zone interval '+08:00')::date, interval '1 day') d
    cross join (values ('day', 8, 18), ('evening', 18, 22), ('night', 22, 32)) part (name, from_hour, to_hour)
    left join app.holiday h on h.day = d::date
    where v.id = p_responder and v.fits is not null
      and p_starts < d at time zone interval '+08:00' + make_interval(hours => part.to_hour)
      and p_ends > d at time zone interval '+08:00' + make_interval(hours => part.from_hour)
      and private.week_line(d::date, h.kind) || '.' || part.name <> all (v.fits))
$$;
