-- A new password by a one-time link. The login keeps its id, so what waits on the phone stays; all other sessions end.

-- Sets the password of the login behind a reset link.
create function private.reset_password(p_token text, p_password text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  f record;
  v_why text;
begin
  select * into f from private.find_invitation(p_token);
  if f.problem is not null then return private.no(f.problem); end if;
  if (f.inv).purpose <> 'reset' then return private.no('invitation_invalid'); end if;
  v_why := private.password_problem(p_password, private.names_behind(f.inv));
  if v_why is not null then return private.weak_password(v_why); end if;
  perform private.set_password((f.inv).login_id, p_password);
  update app.invitation set used_at = now(), revoked_at = null where id = (f.inv).id;
  return private.ok(jsonb_build_object('email', (select email from app.login where id = (f.inv).login_id)));
end $$;
create function api.reset_password(p_token text, p_password text) returns jsonb language sql volatile as $$
  select private.reset_password(p_token, p_password)
$$;

-- A reset for a person without a role, by their coordinator.
create function private.issue_reset(p_responder uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  l app.login;
begin
  select x.* into l from app.responder r join app.login x on x.id = r.login_id where r.id = p_responder;
  -- the same answer for a person of another community and for nobody: it tells no names
  if l.id is null then
    return private.no(
      case when private.coordinates_person(me, p_responder) then 'gone' else 'forbidden' end::app.action_code);
  end if;
  if not private.may_reset_person(me, l) then return private.no('forbidden'); end if;
  return private.write_reset(me, l.id);
end $$;
create function api.issue_reset(p_responder_id uuid) returns jsonb language sql volatile as $$
  select private.issue_reset(p_responder_id)
$$;

-- A reset for somebody with a role (coordinator, officer), by a person who may appoint to each of their roles. Any
-- other caller gets one answer for every name, so that names cannot be found by trying.
create function private.issue_role_reset(p_sign_in_name text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_login uuid;
begin
  if not exists (
    select from app.role_grant
    where login_id = me
      and role in ('admin', 'coordinator', 'street_officer', 'district_officer', 'city_officer')) then
    return private.no('forbidden');
  end if;
  select id into v_login from app.login where sign_in_name = private.normal_name(p_sign_in_name);
  -- the same answer for a name that nobody has and for a person the caller may not appoint
  if not private.may_reset_roles(me, v_login) then return private.no('gone'); end if;
  return private.write_reset(me, v_login);
end $$;
create function api.issue_role_reset(p_sign_in_name text) returns jsonb language sql volatile as $$
  select private.issue_role_reset(p_sign_in_name)
$$;

-- Writes a reset link, valid for 24 hours, and tells every community in which the person serves or holds a role.
create function private.write_reset(p_by uuid, p_login uuid) returns jsonb language plpgsql as $$
declare v_person uuid := (select id from app.responder where login_id = p_login);
begin
  perform private.tell_communities(p_by, array(
    select ri.community_id from app.report_in ri where ri.responder_id = v_person and ri.state <> 'ended'
    union
    select u.community_id from app.role_grant g
    join app.org_unit u on u.id = g.org_unit_id
    where g.login_id = p_login and u.community_id is not null),
    'reset_issued', v_person, p_login);
  return private.ok(private.write_invitation(p_by, 'reset', 24, p_login => p_login));
end $$;
