-- The fatigue guard (R17): what one more shift would do to a person. It is one function of one person, used for a claim
-- and, a thousand times, before a wave. A person's turns are few, so it walks over them. Binding turns and time really
-- stayed count; drills do not. Definitions and sources: src/domain/fatigue.ts and docs/adr/0012;
-- tests/vectors/fatigue.json holds both to the same answers.

-- hours_24: hours of duty in the 24 h before the shift. hard: the limit that forbids it, or null. soft: the limits that
-- a coordinator may lift.
create type private.fatigue as (hours_24 numeric, hard text, soft text[]);

-- Why a person must not (over_limit), or should not (resting), take a shift, as {code, detail}; null if they may. A
-- drill is never too much.
create function private.too_tired(p_responder uuid, p_shift app.shift) returns jsonb language plpgsql stable as $$
declare f private.fatigue;
begin
  if exists (select from app.callout where id = p_shift.callout_id and kind = 'drill') then return null; end if;
  f := private.fatigue_of(p_responder, p_shift.starts_at, p_shift.ends_at);
  if f.hard is not null then
    return jsonb_build_object('code', 'over_limit',
      'detail', jsonb_build_object('limits', jsonb_build_array(f.hard), 'hours_24', f.hours_24));
  end if;
  if cardinality(f.soft) > 0 then
    return jsonb_build_object('code', 'resting',
      'detail', jsonb_build_object('limits', to_jsonb(f.soft), 'hours_24', f.hours_24));
  end if;
  return null;
end $$;

-- Reads the person's stays around the shift, each through one of the two indexes of assignments; joins stays with less
-- than half an hour between them into blocks; judges the blocks. With a roster, the turns that it plans count too.
create function private.fatigue_of(
  p_who uuid, p_starts timestamptz, p_ends timestamptz, p_roster uuid default null
) returns private.fatigue
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
declare
  r record; -- a stay: from f to t; mine: it is the shift in question
  v_from timestamptz[] := '{}'; -- the blocks, in the order of time
  v_to timestamptz[] := '{}';
  n int := 0; -- how many blocks
  v_own int; -- which of them holds the shift
  v_long interval;
  v private.fatigue;
begin
  v.hours_24 := 0;
  for r in
    select x.f, x.t, false as mine
    from (
      select a.shift_id, coalesce(a.on_post_at, a.starts_at) as f, a.ends_at as t
      from app.assignment a
      where a.responder_id = p_who and private.is_binding(a.state)
        and tstzrange(a.starts_at, a.ends_at) && tstzrange(p_starts - interval '9 days', p_ends + interval '9 days')
      union all
      select a.shift_id, coalesce(a.on_post_at, a.starts_at), coalesce(a.off_post_at, a.ends_at)
      from app.assignment a
      where a.responder_id = p_who and not private.is_binding(a.state) and a.state in ('done', 'relieved')
        and a.ends_at > p_starts - interval '9 days' and a.ends_at < p_ends + interval '10 days'
      union all
      select d.shift_id, s.starts_at, s.ends_at
      from app.draft_assignment d
      join app.shift s on s.id = d.shift_id
      where p_roster is not null and d.responder_id = p_who and s.roster_id = p_roster and s.state = 'draft') x
    cross join lateral (select s.callout_id from app.shift s where s.id = x.shift_id offset 0) s
    where x.t > x.f and x.f < p_ends + interval '8 days' and x.t > p_starts - interval '8 days'
      and (s.callout_id is null
        or not exists (select from app.callout c where c.id = s.callout_id and c.kind = 'drill'))
    union all
    select p_starts, p_ends, true
    order by 1
  loop
    if not r.mine and r.t > p_starts - interval '24 hours' and r.f < p_starts then
      v.hours_24 := v.hours_24
        + extract(epoch from least(r.t, p_starts) - greatest(r.f, p_starts - interval '24 hours')) / 3600;
    end if;
    if n > 0 and r.f - v_to[n] < interval '30 minutes' then
      v_to[n] := greatest(v_to[n], r.t);
    else
      n := n + 1;
      v_from[n] := r.f;
      v_to[n] := r.t;
    end if;
    if r.mine then v_own := n; end if;
  end loop;
  v.hours_24 := round(v.hours_24, 2);
  v.soft := '{}';
  v_long := v_to[v_own] - v_from[v_own];
  if n = 1 and v_long <= interval '8 hours' then return v; end if;
  v.hard := case
    when v_long > interval '12 hours' then 'continuous'
    when private.busiest_day(v_from, v_to, p_starts, p_ends) > 43200 then 'day_hours' end; -- 12 h in seconds
  if v_long > interval '8 hours' and private.is_night(v_from[v_own], v_to[v_own]) then
    v.soft := v.soft || 'night_hours'::text;
  end if;
  if not private.is_rested(v_from, v_to, p_starts, p_ends) then v.soft := v.soft || 'rest'::text; end if;
  if n > 1 and private.longest_run(
    array(select unnest(private.nights_of(x.f, x.t)) from unnest(v_from, v_to) x(f, t)),
    private.nights_of(v_from[v_own], v_to[v_own])) > 3 then
    v.soft := v.soft || 'nights'::text;
  end if;
  if n > 6 and private.longest_run(
    array(select (f at time zone interval '+08:00')::date from unnest(v_from) f),
    array[(v_from[v_own] at time zone interval '+08:00')::date]) > 6 then
    v.soft := v.soft || 'days'::text;
  end if;
  return v;
end $$;

-- The most seconds of duty in any window of 24 h that shares a moment with the shift. Blocks go from p_f to p_t. A
-- busiest window begins where a block begins, or ends where one ends, so only those are tried.
create function private.busiest_day(p_f timestamptz[], p_t timestamptz[], p_starts timestamptz, p_ends timestamptz)
returns numeric language plpgsql immutable as $$
declare
  v_from timestamptz;
  v_sum numeric;
  v_most numeric := 0;
begin
  foreach v_from in array p_f || array(select t - interval '24 hours' from unnest(p_t) t) loop
    continue when v_from >= p_ends or v_from + interval '24 hours' <= p_starts;
    v_sum := 0;
    for k in 1 .. cardinality(p_f) loop
      v_sum := v_sum
        + greatest(0, extract(epoch from least(p_t[k], v_from + interval '24 hours') - greatest(p_f[k], v_from)));
    end loop;
    v_most := greatest(v_most, v_sum);
  end loop;
  return v_most;
end $$;

-- Do the 24 h from the start of each block around the shift hold 11 free hours in a row?
create function private.is_rested(p_f timestamptz[], p_t timestamptz[], p_starts timestamptz, p_ends timestamptz)
returns boolean language plpgsql immutable as $$
declare v_free boolean;
begin
  for i in 1 .. cardinality(p_f) loop
    continue when p_f[i] >= p_ends or p_f[i] + interval '24 hours' <= p_starts;
    v_free := false;
    for k in i .. cardinality(p_f) loop
      exit when p_t[k] >= p_f[i] + interval '24 hours';
      v_free := v_free or least(p_f[k + 1], p_f[i] + interval '24 hours') - p_t[k] >= interval '11 hours';
    end loop;
    if not v_free then return false; end if;
  end loop;
  return true;
end $$;

-- How many days the longest run of consecutive days has, among the runs with one of p_mine in them.
create function private.longest_run(p_days date[], p_mine date[]) returns int language sql immutable as $$
  select coalesce(max(n), 0)::int
  from (
    select count(*) as n, bool_or(day = any (p_mine)) as mine
    from (
      -- days of one run have the same distance to their row number
      select day, day - (row_number() over (order by day))::int as island
      from (select distinct unnest(p_days) as day) d) x
    group by island) y
  where mine
$$;

-- The nights (22:00–06:00 Asia/Shanghai) that a span touches, each by the day of its evening.
create function private.nights_of(p_f timestamptz, p_t timestamptz) returns date[] language sql immutable as $$
  select coalesce(array_agg(d::date), '{}')
  from generate_series(
    ((p_f at time zone interval '+08:00')::date - 1)::timestamp,
    (p_t at time zone interval '+08:00')::date::timestamp, interval '1 day') d
  where p_f < (d::date + 1 + time '06:00') at time zone interval '+08:00'
    and p_t > (d::date + time '22:00') at time zone interval '+08:00'
$$;
