-- Rights follow the tree: a role on a node reaches its subtree. Membership is read from tables at every call, so a revocation is immediate.

-- Does the login hold one of the roles on the unit or above it?
create function private.reaches(p_login uuid, p_unit uuid, p_roles app.role[]) returns boolean
language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
begin
  return exists (
    select from app.org_unit n join app.org_unit a on n.path operator(extensions.<@) a.path
    join app.role_grant g on g.org_unit_id = a.id
    where n.id = p_unit and g.login_id = p_login and g.role = any (p_roles));
end $$;

create function private.coordinates(p_login uuid, p_community uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select private.reaches(p_login, p_community, '{coordinator}')
$$;

create function private.is_admin(p_login uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from app.role_grant where login_id = p_login and role = 'admin')
$$;

-- Communities whose rosters and call-outs the login sees: confirmed report-ins, and nodes he leads or coordinates.
create function private.communities_of(p_login uuid) returns setof uuid language plpgsql stable security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return query
  select ri.community_id from app.report_in ri join app.responder r on r.id = ri.responder_id
  where r.login_id = p_login and r.state <> 'closed' and ri.state = 'confirmed'
  union
  select coalesce(u.community_id, d.id) from app.role_grant g join app.org_unit u on u.id = g.org_unit_id
  left join app.org_unit d on u.community_id is null and d.level = 'community' and d.path operator(extensions.<@) u.path and g.role = 'coordinator'
  where g.login_id = p_login and g.role in ('coordinator', 'grid_lead', 'building_lead') and coalesce(u.community_id, d.id) is not null;
end $$;

-- Every scope a login may read at p_now, in the order a first sync shows them.
create function private.scopes_of(p_login uuid, p_now timestamptz) returns table (scope text, rank int) language plpgsql stable security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return query
  select 'user:' || p_login, 0 where p_login is not null
  union all
  select s.scope, s.rank from private.communities_of(p_login) c cross join lateral (values
    ('org:' || c || ':open', 1),
    ('org:' || c || ':' || private.month_of(p_now), 2),
    ('org:' || c || ':' || private.month_of(p_now - interval '1 month'), 4),
    ('org:' || c || ':' || private.month_of(p_now + interval '1 month'), 4)) s(scope, rank)
  union
  select 'lead:' || coalesce(d.id, u.id), 3 from app.role_grant g join app.org_unit u on u.id = g.org_unit_id
  left join app.org_unit d on g.role = 'coordinator' and d.level = 'community' and d.path operator(extensions.<@) u.path
  where g.login_id = p_login and (g.role in ('grid_lead', 'building_lead') or d.id is not null)
  union
  select 'sum:' || c.id, 3 from app.role_grant g join app.org_unit u on u.id = g.org_unit_id
  join app.org_unit c on c.level = 'community' and c.path operator(extensions.<@) u.path
  where g.login_id = p_login and g.role in ('street_officer', 'district_officer', 'city_officer');
end $$;

create function private.my_scopes() returns setof text language sql stable security definer set search_path = '' as $$
  select scope from private.scopes_of(private.login_id(), now())
$$;

-- May the login listen to this doorbell?
create function private.may_join(p_login uuid, p_topic text) returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce(case split_part(p_topic, ':', 1)
    when 'user' then p_topic = 'user:' || p_login
    when 'org' then private.try_uuid(split_part(p_topic, ':', 2)) in (select private.communities_of(p_login))
    when 'sum' then private.reaches(p_login, private.try_uuid(split_part(p_topic, ':', 2)), '{street_officer,district_officer,city_officer}') end, false)
$$;

-- Months move: previous, current and next are counted in Asia/Shanghai from the server's clock.
create policy "people read the entries of their scopes" on sync.entry for select to authenticated
  using (scope = any (array(select private.my_scopes())));
create policy "people read the heads of their scopes" on sync.scope for select to authenticated
  using (id = any (array(select private.my_scopes())));
create policy "people read their own clients" on sync.client for select to authenticated
  using (login_id = (select private.login_id()));

-- The same rule guards Realtime's private channels. A project whose Realtime has not started has no such table yet, and an owner
-- who may make no policy there is told so: phones pull without bells, later but right. The nightly round tries again.
create function private.guard_bells() returns void language plpgsql as $$
begin
  if to_regclass('realtime.messages') is null or exists (select from pg_catalog.pg_policies p
    where p.schemaname = 'realtime' and p.tablename = 'messages' and p.policyname = 'people hear the bells of their scopes') then return; end if;
  execute 'create policy "people hear the bells of their scopes" on realtime.messages for select to authenticated
    using ((select private.may_join(private.login_id(), realtime.topic())))';
exception when insufficient_privilege or undefined_function then
  raise warning 'nobody can hear the bells of Realtime yet (%): call private.guard_bells() as the owner of realtime.messages', sqlerrm;
end $$;
select private.guard_bells();
