-- Rights beyond coordinating a community: modes, imports, roles, resets, phone numbers.

-- May the login open a mode for this unit? Coordinators may for their community, officers for their subtree.
create function private.may_open_mode(p_login uuid, p_unit uuid) returns boolean language sql stable as $$
  select private.reaches(p_login, p_unit, '{coordinator,street_officer,district_officer,city_officer}')
$$;

-- May the login import this kind here? Divisions: an admin. Organisations: an admin or who keeps them. The rest: an
-- admin or the community's coordinator.
create function private.may_import(p_login uuid, p_kind app.import_kind, p_community uuid) returns boolean
language sql stable as $$
  select private.is_admin(p_login)
    or (p_kind not in ('division', 'partner_unit', 'party_org', 'seat') and p_community is not null
      and private.coordinates(p_login, p_community))
    or (p_kind in ('partner_unit', 'party_org', 'seat') and private.keeps(p_login, p_community))
$$;

-- May the login give this role on this unit? An admin gives any role anywhere; a coordinator lead roles in their
-- community; an officer lesser roles below their own unit.
create function private.may_appoint(p_login uuid, p_unit uuid, p_role app.role) returns boolean
language sql stable as $$
  select private.is_admin(p_login)
    or (p_role in ('building_lead', 'grid_lead', 'responder') and private.reaches(p_login, p_unit, '{coordinator}'))
    or exists (
      select from app.org_unit n
      join app.org_unit a on n.path operator(extensions.<@) a.path and n.id <> a.id
      join app.role_grant g on g.org_unit_id = a.id and g.login_id = p_login
      where n.id = p_unit and g.role in ('street_officer', 'district_officer', 'city_officer')
        and p_role <> 'admin' and private.is_below(p_role, g.role))
$$;

-- May the login reset the target's password? A reset lends the whole login. So it belongs to the unit that invited the
-- person: to its coordinators while the person still serves there, and to the officers above it.
create function private.may_reset(p_login uuid, p_target app.login) returns boolean language sql stable as $$
  select private.is_admin(p_login)
    or private.reaches(p_login, (p_target).invited_from, '{street_officer,district_officer,city_officer}')
    or private.coordinates(p_login, (p_target).invited_from) and exists (
      select from app.responder r
      join app.report_in ri on ri.responder_id = r.id
      where r.login_id = (p_target).id and ri.community_id = (p_target).invited_from and ri.state <> 'ended')
$$;

-- The same for a person on a community's list, who may hold roles. The link would lend these to the one who gets it. So
-- the person's roles must all be those of a lead, on units that p_by coordinates. Nobody may reset themselves: an open
-- session alone would change the password, without the old one.
create function private.may_reset_person(p_by uuid, p_target app.login) returns boolean language sql stable as $$
  select private.may_reset(p_by, p_target)
    and (p_target).id <> p_by
    and not exists (
      select from app.role_grant g
      where g.login_id = (p_target).id
        and case
          when g.partner_unit_id is not null then not private.may_appoint_liaison(p_by, g.partner_unit_id)
          else g.role not in ('responder', 'building_lead', 'grid_lead')
            or not private.coordinates(p_by, g.org_unit_id) end)
$$;

-- The same for somebody with roles: p_by may, if they may appoint to each of these roles and it is not themselves.
create function private.may_reset_roles(p_by uuid, p_login uuid) returns boolean language sql stable as $$
  select p_login <> p_by
    and exists (select from app.role_grant where login_id = p_login)
    and not exists (
      select from app.role_grant g
      where g.login_id = p_login and not case
        when g.partner_unit_id is not null then private.may_appoint_liaison(p_by, g.partner_unit_id)
        else private.may_appoint(p_by, g.org_unit_id, g.role) end)
$$;

-- May the login see this person's number (R14)? Coordinators of the person may at any time. While the person's shift is
-- live, or begins soon, so may a lead whose subtree holds its post, and the others on the same shift.
create function private.may_reveal(p_login uuid, p_responder uuid) returns boolean language sql stable as $$
  select private.coordinates_person(p_login, p_responder)
    or exists (
      select from app.assignment a
      join app.shift s on s.id = a.shift_id
      join app.post p on p.id = s.post_id
      where a.responder_id = p_responder and a.state in ('accepted', 'on_post')
        and now() between a.starts_at - private.soon() and a.ends_at
        and (private.reaches(p_login, p.org_unit_id, '{building_lead,grid_lead}')
          or exists (
            select from app.assignment m
            join app.responder me on me.id = m.responder_id
            where me.login_id = p_login and m.shift_id = a.shift_id and m.state in ('accepted', 'on_post'))
          -- a person on post may call the relief that comes to it, from the check-in until the relief has taken
          -- the post over
          or exists (
            select from app.assignment m
            join app.responder me on me.id = m.responder_id
            join app.shift t on t.id = m.shift_id
            where me.login_id = p_login and m.state = 'on_post' and t.post_id = s.post_id
              and t.ends_at = s.starts_at
              and not exists (select from app.handover h where h.id = m.id and private.is_taken(h)))))
$$;
