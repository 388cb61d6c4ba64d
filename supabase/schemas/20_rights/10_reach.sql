-- Rights follow the tree: a role on a unit reaches its subtree. Roles are read from the table at every call, so that
-- taking one away works at once.

-- Who acts, for one mutation. tapped_at is the phone's clock corrected by its measured offset; null: unknown.
create type private.actor as (
  login_id uuid, responder_id uuid, mutation_id uuid, now timestamptz, tapped_at timestamptz);

-- Does the login hold one of the roles on the unit or above it?
create function private.reaches(p_login uuid, p_unit uuid, p_roles app.role[]) returns boolean
language plpgsql stable security definer set search_path = '' set enable_seqscan = off as $$
begin
  return exists (
    select from app.org_unit n
    join app.org_unit a on n.path operator(extensions.<@) a.path
    join app.role_grant g on g.org_unit_id = a.id
    where n.id = p_unit and g.login_id = p_login and g.role = any (p_roles));
end $$;

-- Does the login coordinate the community, by a role on it or above it?
create function private.coordinates(p_login uuid, p_community uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select private.reaches(p_login, p_community, '{coordinator}')
$$;

-- Does the login coordinate a community that this person reports to?
create function private.coordinates_person(p_login uuid, p_responder uuid) returns boolean language sql stable as $$
  select exists (
    select from app.report_in ri
    where ri.responder_id = p_responder and ri.state <> 'ended' and private.coordinates(p_login, ri.community_id))
$$;

-- Fails unless the actor coordinates the community.
create function private.require_coordinator(p_actor private.actor, p_community uuid) returns void
language plpgsql as $$
begin
  if p_community is null or not private.coordinates(p_actor.login_id, p_community) then
    raise exception 'not the coordinator of this community' using errcode = '42501';
  end if;
end $$;

-- Is the login an admin?
create function private.is_admin(p_login uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from app.role_grant where login_id = p_login and role = 'admin')
$$;

-- Communities whose rosters and call-outs the login sees: those with a confirmed report-in of theirs, and those that
-- they lead or coordinate, wholly or in part.
create function private.communities_of(p_login uuid) returns setof uuid
language plpgsql stable security definer
set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return query
  select ri.community_id
  from app.report_in ri
  join app.responder r on r.id = ri.responder_id
  where r.login_id = p_login and r.state <> 'closed' and ri.state = 'confirmed'
  union
  select coalesce(u.community_id, d.id)
  from app.role_grant g
  join app.org_unit u on u.id = g.org_unit_id
  -- a coordinator above the communities coordinates all of them
  left join app.org_unit d on u.community_id is null and d.level = 'community'
    and d.path operator(extensions.<@) u.path and g.role = 'coordinator'
  where g.login_id = p_login and g.role in ('coordinator', 'grid_lead', 'building_lead')
    and coalesce(u.community_id, d.id) is not null;
end $$;

-- The logins that coordinate a community, by a role on it or above it.
create function private.coordinators_of(p_community uuid) returns uuid[] language sql stable as $$
  select coalesce(array_agg(distinct g.login_id order by g.login_id), '{}')
  from app.org_unit u
  join app.org_unit a on u.path operator(extensions.<@) a.path
  join app.role_grant g on g.org_unit_id = a.id and g.role = 'coordinator'
  where u.id = p_community
$$;
