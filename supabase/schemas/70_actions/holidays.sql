-- The statutory calendar of a year, kept by admins.

select private.learn_shape('save_holidays.days', '[{"day":"text 10","kind":"one rest work","name":"text 10"}, 100]');

-- The days of a year's announcement.
create function private.holidays(p_year int) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.is_admin(private.require_login()) then return private.no('forbidden'); end if;
  return private.ok(jsonb_build_object('days', (
    select coalesce(jsonb_agg(jsonb_build_object('day', day, 'kind', kind, 'name', name) order by day), '[]')
    from app.holiday
    where year = p_year)));
end $$;
create function api.holidays(p_year int) returns jsonb language sql stable as $$
  select private.holidays(p_year)
$$;

-- Makes these the days of a year's announcement: others of that year go. Phones receive only what changed. Two admins
-- take turns.
create function private.save_holidays(p_year int, p_days jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  if not private.is_admin(me) then return private.no('forbidden'); end if;
  if p_year is null or p_year not between 2020 and 2100 then return private.no('invalid', '{"field":"year"}'); end if;
  if not coalesce(private.are_holidays(p_year, p_days), false) then
    return private.no('invalid', '{"field":"days"}');
  end if;
  lock table app.holiday in share row exclusive mode;
  delete from app.holiday h
  where h.year = p_year
    and not exists (select from jsonb_array_elements(p_days) d where (d ->> 'day')::date = h.day);
  insert into app.holiday as h (id, day, year, kind, name, updated_by)
  select private.holiday_id(x.day), x.day, p_year, x.kind, x.name, me
  from (
    select (d ->> 'day')::date as day, (d ->> 'kind')::app.day_kind as kind, trim(d ->> 'name') as name
    from jsonb_array_elements(p_days) d) x
  on conflict (day) do update
  set year = p_year, kind = excluded.kind, name = excluded.name, updated_at = now(), updated_by = me
  where (h.year, h.kind, h.name) is distinct from (p_year, excluded.kind, excluded.name);
  return private.ok();
end $$;
create function api.save_holidays(p_year int, p_days jsonb) returns jsonb language sql volatile as $$
  select private.save_holidays(p_year, p_days)
$$;

-- Is this a list of days of that year or the December before, each with a name and only once?
create function private.are_holidays(p_year int, p_days jsonb) returns boolean language plpgsql stable as $$
begin
  if not private.fits_door(p_days, 'save_holidays.days', 16384) then return false; end if;
  return (
    select count(distinct d ->> 'day') = count(*) and coalesce(bool_and(
      d ->> 'day' ~ '^\d{4}-\d\d-\d\d$' and private.try_moment(d ->> 'day') is not null
      and d ->> 'day' between (p_year - 1) || '-12-01' and p_year || '-12-31' and d ->> 'kind' is not null
      and length(trim(coalesce(d ->> 'name', ''))) > 0), true)
    from jsonb_array_elements(p_days) d);
end $$;
