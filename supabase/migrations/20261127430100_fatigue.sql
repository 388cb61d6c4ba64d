-- The fatigue guard (R17): what one more shift would do to people. One set-based function for one person at a claim and for a thousand before a wave.
-- Binding turns and time really stayed count, drills do not. Definitions and sources: src/domain/fatigue.ts, docs/adr/0012; vectors hold the two together.
create function private.fatigue_of(p_responders uuid[], p_starts timestamptz, p_ends timestamptz)
returns table (responder_id uuid, hours_24 numeric, hard text, soft text[]) language sql stable as $$
  with stay as materialized (
    -- person by person, through the two indexes that hold a person's duty: read all at once, one person's claim would read everybody's
    select p.who, coalesce(x.on_post_at, x.starts_at) as f, case when x.state in ('done', 'relieved') then coalesce(x.off_post_at, x.ends_at) else x.ends_at end as t, false as mine
    from unnest(p_responders) p(who)
    cross join lateral (
      select a.* from app.assignment a where a.responder_id = p.who and a.state in ('assigned', 'accepted', 'on_post')
        and tstzrange(a.starts_at, a.ends_at) && tstzrange(p_starts - interval '9 days', p_ends + interval '9 days')
      union all
      select a.* from app.assignment a where a.responder_id = p.who and a.state not in ('assigned', 'accepted', 'on_post') and a.state in ('done', 'relieved')
        and a.ends_at > p_starts - interval '9 days' and a.ends_at < p_ends + interval '10 days') x
    cross join lateral (select s.callout_id from app.shift s where s.id = x.shift_id offset 0) s
    where not exists (select from app.callout c where c.id = s.callout_id and c.kind = 'drill')
    union all select p, p_starts, p_ends, true from unnest(p_responders) p),
  kept as materialized (select * from stay where mine or t > f and f < p_ends + interval '8 days' and t > p_starts - interval '8 days'),
  opened as (select k.*, coalesce(f - max(t) over (partition by who order by f, t rows between unbounded preceding and 1 preceding) >= interval '30 minutes', true) as opens from kept k),
  numbered as (select o.*, count(*) filter (where opens) over (partition by who order by f, t rows unbounded preceding) as no from opened o),
  block as materialized (select who, no, min(f) as f, max(t) as t, bool_or(mine) as mine from numbered group by who, no),
  gap as (select who, f, t, lead(f) over (partition by who order by f) as next from block),
  busy as (
    select w.who, max((select sum(extract(epoch from least(k.t, w.f + interval '24 hours') - greatest(k.f, w.f))) from kept k
      where k.who = w.who and k.t > w.f and k.f < w.f + interval '24 hours')) as seconds
    from (select who, f from kept union select who, t - interval '24 hours' from kept) w
    where w.f < p_ends and w.f + interval '24 hours' > p_starts group by w.who),
  tired as (
    select b.who, bool_or(not exists (select from gap g where g.who = b.who and g.f >= b.f and g.t < b.f + interval '24 hours'
      and least(g.next, b.f + interval '24 hours') - g.t >= interval '11 hours')) as yes
    from block b where b.f < p_ends and b.f + interval '24 hours' > p_starts group by b.who),
  night as (
    select distinct k.who, d::date as day, k.mine from kept k
    cross join generate_series((k.f at time zone interval '+08:00')::date - 1, (k.t at time zone interval '+08:00')::date, interval '1 day') d
    where k.f < (d::date + 1 + time '06:00') at time zone interval '+08:00' and k.t > (d::date + time '22:00') at time zone interval '+08:00'),
  nights as (
    select who, max(n) as n from (select who, count(distinct day) as n, bool_or(mine) as mine from (
      select n.*, day - (dense_rank() over (partition by who order by day))::int as island from night n) x group by who, island) y where mine group by who),
  days as (
    select who, max(n) as n from (select who, count(distinct day) as n, bool_or(mine) as mine from (
      select d.*, day - (dense_rank() over (partition by who order by day))::int as island
      from (select who, (f at time zone interval '+08:00')::date as day, mine from kept) d) x group by who, island) y where mine group by who)
  select b.who,
    (select coalesce(round(sum(extract(epoch from least(k.t, p_starts) - greatest(k.f, p_starts - interval '24 hours'))) / 3600, 2), 0) from kept k
      where k.who = b.who and not k.mine and k.t > p_starts - interval '24 hours' and k.f < p_starts),
    case when b.t - b.f > interval '12 hours' then 'continuous' when busy.seconds > 43200 then 'day_hours' end,
    array_remove(array[case when b.t - b.f > interval '8 hours' and private.is_night(b.f, b.t) then 'night_hours' end, case when tired.yes then 'rest' end,
      case when nights.n > 3 then 'nights' end, case when days.n > 6 then 'days' end], null)
  from block b join busy using (who) join tired using (who) left join nights using (who) join days using (who) where b.mine
$$;

-- Why a person must not, or should not, take a shift: {code, detail}, or null. A drill counts for nothing.
create function private.too_tired(p_responder uuid, p_shift app.shift) returns jsonb language plpgsql stable as $$
declare f record;
begin
  if exists (select from app.callout where id = p_shift.callout_id and kind = 'drill') then return null; end if;
  select * into f from private.fatigue_of(array[p_responder], p_shift.starts_at, p_shift.ends_at);
  if f.hard is not null then return jsonb_build_object('code', 'over_limit', 'detail', jsonb_build_object('limits', jsonb_build_array(f.hard), 'hours_24', f.hours_24)); end if;
  if cardinality(f.soft) > 0 then return jsonb_build_object('code', 'resting', 'detail', jsonb_build_object('limits', to_jsonb(f.soft), 'hours_24', f.hours_24)); end if;
  return null;
end $$;

-- A soft rule lifted by name, with the reason that is kept (R3, R17).
create table app.override (
  id uuid primary key references app.assignment,
  responder_id uuid not null references app.responder,
  limits text[] not null check (cardinality(limits) > 0),
  reason text not null check (length(reason) between 1 and 200),
  by_login uuid not null references app.login,
  at timestamptz not null);
alter table app.override enable row level security;
create trigger override_is_append_only before update or delete on app.override for each row execute function private.refuse_change();
select private.apply_grants();
