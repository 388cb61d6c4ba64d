-- Appointing people to roles, by an invitation to a person by name.

-- Writes an invitation to a role at a unit, valid for seven days, and answers its token.
create function private.appoint(p_unit uuid, p_role text, p_name text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_role app.role;
  v_made jsonb;
begin
  if not coalesce(p_role = any (enum_range(null::app.role)::text[]), false) then
    return private.no('invalid', '{"field":"role"}');
  end if;
  v_role := p_role;
  if not private.may_appoint(me, p_unit, v_role) then return private.no('forbidden'); end if;
  if not exists (select from app.org_unit where id = p_unit) then return private.no('gone'); end if;
  if length(p_name) > 200 or length(coalesce(trim(p_name), '')) not between 1 and 40 then
    return private.no('invalid', '{"field":"name"}');
  end if;
  v_made := private.write_invitation(me, 'role', 168, p_unit => p_unit, p_role => v_role, p_person => trim(p_name));
  perform private.tell_communities(me, array(select community_id from app.org_unit where id = p_unit), 'appointed',
    null, (select id from app.invitation where token_hash = private.hash_token(v_made ->> 'token')),
    jsonb_build_object('role', v_role, 'org_unit_id', p_unit));
  return private.ok(v_made);
end $$;
create function api.appoint(p_org_unit_id uuid, p_role text, p_name text) returns jsonb language sql volatile as $$
  select private.appoint(p_org_unit_id, p_role, p_name)
$$;

-- The people who hold or are offered a role at a unit, for those who may appoint to that role there. They see from it
-- who has not opened their invitation. It gives names and roles, no number and nothing of duty.
create function private.appointed(p_unit uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  if not exists (
    select from unnest(enum_range(null::app.role)) r where private.may_appoint(me, p_unit, r)) then
    return private.no('forbidden');
  end if;
  return private.ok(jsonb_build_object('people', (
    select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'role', x.role, 'expires_at', x.expires_at)
      order by x.role, x.expires_at nulls first, x.name, x.id), '[]')
    from (
      select g.id, l.name, g.role, null::timestamptz as expires_at
      from app.role_grant g join app.login l on l.id = g.login_id
      where g.org_unit_id = p_unit
      union all
      select i.id, i.person, i.role, i.expires_at from app.invitation i
      where i.org_unit_id = p_unit and i.purpose = 'role' and i.used_at is null and i.revoked_at is null
        and i.expires_at > now()) x
    where private.may_appoint(me, p_unit, x.role))));
end $$;
create function api.appointed(p_org_unit_id uuid) returns jsonb language sql stable as $$
  select private.appointed(p_org_unit_id)
$$;

-- Writes what was done to somebody's rights into the log of each community concerned. It keeps ids; the names of both
-- people are joined in when it is read.
create function private.tell_communities(p_by uuid, p_communities uuid[], p_kind text, p_responder uuid, p_subject uuid,
  p_detail jsonb default null) returns void language sql as $$
  insert into app.event (id, at, kind, login_id, community_id, responder_id, subject_id, detail)
  select private.uuid_v7(), now(), p_kind, p_by, c, p_responder, p_subject, p_detail from unnest(p_communities) c
$$;

-- Which units there are to appoint people at; see private.units_below() in 10_tables/10_org.sql.
create function api.units_below(p_parent uuid default null) returns jsonb language sql stable as $$
  select private.units_below(p_parent)
$$;
