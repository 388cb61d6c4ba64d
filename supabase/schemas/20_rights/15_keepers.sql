-- Who acts for a node that keeps organisations, and for a partner unit. An owner is a node or a unit, never a person:
-- what a unit has stays with it when a liaison's role ends.

-- Does the login act for this node: a community's coordinators, and for a node above the communities its officers?
create function private.keeps(p_login uuid, p_node uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((
    select case
      when u.level = 'community' then private.coordinates(p_login, u.id)
      when not private.is_in_community(u.level) then
        private.reaches(p_login, u.id, '{street_officer,district_officer,city_officer}') end
    from app.org_unit u where u.id = p_node), false)
$$;

-- Fails unless the actor acts for this node.
create function private.require_keeper(p_actor private.actor, p_node uuid) returns void language plpgsql as $$
begin
  if not private.keeps(p_actor.login_id, p_node) then
    raise exception 'does not act for this node' using errcode = '42501';
  end if;
end $$;

-- The node that keeps what lies at a unit of the tree: its community, or itself above the communities.
create function private.keeper_of(p_unit uuid) returns uuid language sql stable as $$
  select coalesce(u.community_id, u.id) from app.org_unit u where u.id = p_unit
$$;

-- Is the login a liaison (联络人) of this partner unit?
create function private.liaises(p_login uuid, p_unit uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from app.role_grant g
    where g.login_id = p_login and g.partner_unit_id = p_unit and g.role = 'liaison')
$$;

-- May the login appoint liaisons of this unit, and end their role? Who keeps the unit may, while it is active.
create function private.may_appoint_liaison(p_login uuid, p_unit uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from app.partner_unit p
    where p.id = p_unit and p.state = 'active' and private.keeps(p_login, p.org_unit_id))
$$;

-- Does the person stand on a list of the community p_node, or of one below that node?
create function private.is_listed_under(p_responder uuid, p_node uuid) returns boolean language sql stable as $$
  select exists (
    select from app.report_in i
    join app.org_unit c on c.id = i.community_id
    join app.org_unit n on n.id = p_node and c.path operator(extensions.<@) n.path
    where i.responder_id = p_responder and i.state <> 'ended')
$$;

-- Does a unit of the tree lie in what this node keeps: the node itself, or a part of that community?
create function private.lies_in(p_unit uuid, p_keeper uuid) returns boolean language sql stable as $$
  select exists (
    select from app.org_unit u where u.id = p_unit and (u.id = p_keeper or u.community_id = p_keeper))
$$;

-- A node as the log of a community names it; null above the communities.
create function private.community_or_null(p_node uuid) returns uuid language sql stable as $$
  select u.id from app.org_unit u where u.id = p_node and u.level = 'community'
$$;
