-- Which scopes a login may read, and which doorbells it may hear.

-- Every scope that a login may read at p_now, with its rank in the order in which a first sync shows them. Months are
-- the previous, the present and the next one in Asia/Shanghai, by the server's clock; coordinators, who plan, have two
-- more. All communities share one
-- calendar; no bell rings for it, and a phone has a change at its next pull.
create function private.scopes_of(p_login uuid, p_now timestamptz) returns table (scope text, rank int)
language plpgsql stable security definer
set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return query
  select 'user:' || p_login, 0 where p_login is not null
  union all
  select s.scope, s.rank
  from private.communities_of(p_login) c
  cross join lateral (values
    ('org:' || c || ':open', 1),
    ('org:' || c || ':' || private.month_of(p_now), 2),
    ('calendar', 3),
    ('org:' || c || ':' || private.month_of(p_now, -1), 4),
    ('org:' || c || ':' || private.month_of(p_now, 1), 4)) s(scope, rank)
  union
  select 'org:' || d.id || ':' || private.month_of(p_now, m), 4
  from app.role_grant g
  join app.org_unit u on u.id = g.org_unit_id
  join app.org_unit d on d.level = 'community' and d.path operator(extensions.<@) u.path
  cross join generate_series(2, 3) m
  where g.login_id = p_login and g.role = 'coordinator'
  union
  select 'lead:' || coalesce(d.id, u.id), 3
  from app.role_grant g
  join app.org_unit u on u.id = g.org_unit_id
  left join app.org_unit d on g.role = 'coordinator' and d.level = 'community'
    and d.path operator(extensions.<@) u.path
  where g.login_id = p_login and (g.role in ('grid_lead', 'building_lead') or d.id is not null)
  union
  select 'sum:' || c.id, 3
  from app.role_grant g
  join app.org_unit u on u.id = g.org_unit_id
  join app.org_unit c on c.level = 'community' and c.path operator(extensions.<@) u.path
  where g.login_id = p_login and g.role in ('street_officer', 'district_officer', 'city_officer')
  union
  -- desks: the organisations that a node keeps, and what it has to answer; that node only
  select 'desk:' || coalesce(d.id, u.id), 3
  from app.role_grant g
  join app.org_unit u on u.id = g.org_unit_id
  left join app.org_unit d on g.role = 'coordinator' and d.level = 'community'
    and d.path operator(extensions.<@) u.path
  where g.login_id = p_login and (d.id is not null
    or g.role in ('grid_lead', 'building_lead', 'street_officer', 'district_officer', 'city_officer'))
  union
  select 'unit:' || g.partner_unit_id, 1
  from app.role_grant g
  where g.login_id = p_login and g.role = 'liaison' and g.partner_unit_id is not null;
end $$;

-- The scopes of the caller, for the policies below.
create function private.my_scopes() returns setof text language sql stable security definer set search_path = '' as $$
  select scope from private.scopes_of(private.login_id(), now())
$$;

-- The scopes of the caller, for pull. A cursor below `oldest` has missed tombstones that are deleted by now: its phone
-- takes the whole scope again.
create function private.my_ranked_scopes() returns table (scope text, rank int, oldest bigint)
language plpgsql stable rows 10 security definer set search_path = '' as $$
begin
  return query
  select w.scope, min(w.rank), coalesce((select g.up_to from sync.tombstones_gone g where g.scope = w.scope), 0)
  from private.scopes_of(private.login_id(), now()) w
  group by w.scope;
end $$;

-- May the login listen to this doorbell?
create function private.may_join(p_login uuid, p_topic text) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce(case split_part(p_topic, ':', 1)
    when 'user' then p_topic = 'user:' || p_login
    when 'org' then private.try_uuid(split_part(p_topic, ':', 2)) in (select private.communities_of(p_login))
    when 'sum' then private.reaches(p_login, private.try_uuid(split_part(p_topic, ':', 2)),
      '{street_officer,district_officer,city_officer}')
    when 'desk' then p_topic in (select scope from private.scopes_of(p_login, now()))
    when 'unit' then p_topic in (select scope from private.scopes_of(p_login, now())) end, false)
$$;

create policy "people read the entries of their scopes" on sync.entry for select to authenticated
  using (scope = any (array(select private.my_scopes())));

create policy "people read the heads of their scopes" on sync.scope for select to authenticated
  using (id = any (array(select private.my_scopes())));

create policy "people read their own clients" on sync.client for select to authenticated
  using (login_id = (select private.login_id()));
