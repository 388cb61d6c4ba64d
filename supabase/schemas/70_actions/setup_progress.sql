-- How far the set-up of a community has come: what is there, as counts. It names nobody, so an admin may read it.
-- Without a community an admin is told of the one that has come furthest: that is the one they are setting up, also on
-- another device. `path`: the ids from the root down to it, empty when no community has come anywhere.
create function private.setup_progress(p_community uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_community uuid := coalesce(p_community, case when private.is_admin(me) then private.furthest_community() end);
begin
  if not (private.is_admin(me) or private.coordinates(me, p_community)) then return private.no('forbidden'); end if;
  return private.ok(jsonb_build_object(
    'path', (
      select coalesce(jsonb_agg(a.id order by extensions.nlevel(a.path)), '[]')
      from app.org_unit c join app.org_unit a on c.path operator(extensions.<@) a.path
      where c.id = v_community),
    'coordinator', case
      when private.coordinators_of(v_community) <> '{}' then 'active'
      when private.is_coordinator_invited(v_community) then 'invited'
      else 'none' end,
    'buildings', (select count(*) from app.org_unit where community_id = v_community and level = 'building'),
    'posts', (select count(*) from app.post where community_id = v_community and ended_at is null),
    'people', (
      select count(*) from app.report_in where community_id = v_community and state <> 'ended'),
    'invited', (
      select count(*) from app.report_in ri
      where ri.community_id = v_community and ri.state <> 'ended' and (
        exists (select from app.responder r where r.id = ri.responder_id and r.login_id is not null)
        or exists (
          select from app.invitation i
          where i.responder_id = ri.responder_id and i.used_at is null and i.revoked_at is null))),
    'rosters', (select count(*) from app.roster where community_id = v_community and state = 'published')));
end $$;
create function api.setup_progress(p_community_id uuid default null) returns jsonb language sql stable as $$
  select private.setup_progress(p_community_id)
$$;

-- Does a link wait for a coordinator of this community?
create function private.is_coordinator_invited(p_community uuid) returns boolean language sql stable as $$
  select exists (
    select from app.invitation i
    where i.org_unit_id = p_community and i.role = 'coordinator' and i.used_at is null and i.revoked_at is null
      and i.expires_at > now())
$$;

-- The community with a coordinator, else with one invited, else with buildings; null when there is none of these.
create function private.furthest_community() returns uuid language sql stable as $$
  select c.id from app.org_unit c
  cross join lateral (select
    private.coordinators_of(c.id) <> '{}' as led,
    private.is_coordinator_invited(c.id) as invited,
    exists (select from app.org_unit b where b.community_id = c.id and b.level = 'building') as built) h
  where c.level = 'community' and (h.led or h.invited or h.built)
  order by h.led desc, h.invited desc, h.built desc, c.code nulls last, c.id limit 1
$$;
