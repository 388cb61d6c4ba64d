-- Sign-in by name, one-time invitations, password resets. Tokens are 100 bits, stored hashed.
create function private.ok(p_detail jsonb default '{}') returns jsonb language sql immutable as $$
  select jsonb_build_object('status', 'applied') || p_detail
$$;
create function private.no(p_code app.action_code, p_detail jsonb default null) returns jsonb language sql immutable as $$
  select jsonb_build_object('status', 'refused', 'code', p_code, 'detail', p_detail)
$$;
create function private.require_login() returns uuid language plpgsql stable as $$
declare me uuid := private.login_id();
begin
  if me is null or not exists (select from app.login where id = me) then raise exception 'not signed in' using errcode = '42501'; end if;
  return me;
end $$;

create function private.hash_token(p_token text) returns bytea language sql immutable as $$
  select sha256(convert_to('redwhistle:' || private.normal_code(p_token), 'utf8'))
$$;
create function private.new_email() returns text language sql volatile as $$
  select 'u' || lower(private.random_code(16)) || '@login.invalid'
$$;

-- A sign-in name as it is kept and looked up: case, spaces and hyphens do not matter.
create function private.normal_name(p_name text) returns text language sql immutable as $$
  select lower(regexp_replace(left(coalesce(p_name, ''), 200), '[\s-]', '', 'g'))
$$;

-- What makes decoys of this database its own; no phone ever receives it.
insert into app.setting (key, value) values ('decoy_salt', to_jsonb(gen_random_uuid()));

-- An address that looks like any other, letter by letter, and is the same for the same name.
create function private.decoy_email(p_name text) returns text language sql stable as $$
  select 'u' || string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', (get_byte(h.bytes, i) & 31) + 1, 1), '' order by i) || '@login.invalid'
  from (select sha256(convert_to(p_name || (select value::text from app.setting where key = 'decoy_salt'), 'utf8')) as bytes) h, generate_series(0, 15) i
$$;

-- The address behind a sign-in name. An unknown name gets a stable decoy, and one is made for every name, so that names
-- can be told apart neither by the answer nor by its time. A name is asked for ten times a minute by one address: who
-- asks elsewhere keeps nobody out.
create function private.sign_in_name(p_name text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  n text := private.normal_name(left(p_name, 200));
  v_decoy text := private.decoy_email(n);
  v_email text := (select email from app.login where sign_in_name = n);
begin
  if not private.take_token('sign_in:' || private.caller_address(), 120, 60)
    or not private.take_token('sign_in_name:' || left(n, 64) || ' ' || private.caller_address(), 10, 60) then
    return private.no('too_many_tries', jsonb_build_object('retry_after_s', 60));
  end if;
  return jsonb_build_object('email', coalesce(v_email, v_decoy));
end $$;
create function api.sign_in_name(p_name text) returns jsonb language sql volatile as $$ select private.sign_in_name(p_name) $$;

-- A live invitation by its token, or the reason why not. Wrong tokens count, five a minute from one address; a right
-- one always opens, so that nobody's wrong ones keep others behind the same address out. A token is 100 random bits: it
-- is known or it is not.
create function private.find_invitation(p_token text, out inv app.invitation, out problem app.action_code) language plpgsql as $$
begin
  select * into inv from app.invitation where token_hash = private.hash_token(left(p_token, 200)) for no key update;
  problem := case
    when inv.id is null and not private.take_token('invitation:' || private.caller_address(), 5, 60)
      then 'too_many_tries'
    when inv.id is null or inv.revoked_at is not null then 'invitation_invalid'
    when inv.used_at is not null then 'invitation_used'
    when inv.expires_at <= now() then 'invitation_expired'
    when not private.still_stands(inv) then 'invitation_invalid' end::app.action_code;
end $$;

create function private.invitation(p_token text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare f record;
begin
  select * into f from private.find_invitation(p_token);
  if f.problem is not null then return private.no(f.problem); end if;
  return private.ok(jsonb_build_object('purpose', (f.inv).purpose, 'email', (f.inv).email, 'expires_at', (f.inv).expires_at,
    'record_id', (f.inv).responder_id,
    'person', coalesce((select name from app.responder where id = (f.inv).responder_id), (select name from app.login where id = (f.inv).login_id), (f.inv).person),
    'place', coalesce((select name from app.org_unit where id = (f.inv).org_unit_id),
      (select u.name from app.report_in ri join app.org_unit u on u.id = ri.community_id where ri.responder_id = (f.inv).responder_id and ri.state <> 'ended' limit 1)),
    'sign_in_name', coalesce((select private.shown_name(sign_in_name) from app.login where id = (f.inv).login_id), (select phone from app.responder_contact where responder_id = (f.inv).responder_id))));
end $$;
create function api.invitation(p_token text) returns jsonb language sql volatile as $$ select private.invitation(p_token) $$;

create function private.auth_email(p_login uuid) returns text language plpgsql stable as $$
declare e text;
begin
  execute 'select email from auth.users where id = $1' into e using p_login;
  return e;
end $$;

-- Does a login serve in no community and hold no role any more?
create function private.serves_nowhere(p_login uuid) returns boolean language sql stable as $$
  select not exists (select from app.role_grant where login_id = p_login)
    and not exists (select from app.responder r join app.report_in i on i.responder_id = r.id where r.login_id = p_login and i.state <> 'ended')
$$;

-- A number may be listed by several communities, and each may invite its own record of it. The answer must not tell one that another did so
-- before, so the second and third login of a number get names nobody has to type: 13800000000.2. The phone tries them in turn (src/gateway/auth.ts).
-- Where all are taken, one of a login that serves nowhere any more is given on: leaving and coming back must not use a number up.
create function private.free_name(p_phone text) returns text language sql stable as $$
  select x.name from (values (p_phone, 1), (p_phone || '.2', 2), (p_phone || '.3', 3)) x(name, turn)
  left join app.login l on l.sign_in_name = x.name
  where l.id is null or private.serves_nowhere(l.id) order by l.id is not null, x.turn limit 1
$$;

-- Links the login that just signed up to what the invitation is for. The login must have used the invitation's own address.
create function private.redeem_invitation(p_token text, p_sign_in_name text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.login_id(); f record; v_name text; v_phone text; v_sign_in text;
begin
  if me is null then raise exception 'not signed in' using errcode = '42501'; end if;
  -- the person before their links, as where a coordinator invites again and where a record is joined
  perform from app.responder where id = (
    select responder_id from app.invitation where token_hash = private.hash_token(left(p_token, 200))) for no key update;
  select * into f from private.find_invitation(p_token);
  if f.problem = 'invitation_used' and exists (select from app.login where id = me and email = (f.inv).email) then
    return private.ok(jsonb_build_object('sign_in_name', (select private.shown_name(sign_in_name) from app.login where id = me)));
  end if;
  if f.problem is not null then return private.no(f.problem); end if;
  if (f.inv).purpose = 'reset' or private.auth_email(me) is distinct from (f.inv).email then return private.no('invitation_invalid'); end if;
  v_name := coalesce((select name from app.responder where id = (f.inv).responder_id), (f.inv).person, '管理员');
  select phone into v_phone from app.responder_contact where responder_id = (f.inv).responder_id;
  v_sign_in := case when v_phone is null then private.normal_name(p_sign_in_name) else private.free_name(v_phone) end;
  -- a chosen name is never a number, nor one of the names kept for it: those belong to imported people
  if v_sign_in is null or v_sign_in !~ '^[^\s@/"<>]{2,64}$' or v_phone is null and v_sign_in ~ '^[0-9]{7,15}(\.[0-9])?$' then
    return private.no('invalid', '{"field":"sign_in_name"}');
  end if;
  if v_phone is not null then
    update app.login set sign_in_name = 'left-' || replace(id::text, '-', '')
    where sign_in_name = v_sign_in and private.serves_nowhere(id);
  end if;
  if exists (select from app.login where sign_in_name = v_sign_in) then
    -- who chooses a name learns whether it is taken, so an invitation has five misses an hour
    if not private.take_token('name_taken:' || (f.inv).id, 5, 3600) then return private.no('too_many_tries'); end if;
    return private.no('name_taken');
  end if;
  insert into app.login (id, sign_in_name, email, name, invited_from) values (me, v_sign_in, (f.inv).email, v_name, (f.inv).org_unit_id);
  update app.invitation set used_at = now() where id = (f.inv).id;
  update app.responder set login_id = me, updated_at = now() where id = (f.inv).responder_id;
  if (f.inv).role is not null then
    insert into app.role_grant (id, login_id, org_unit_id, role, created_by) values (private.uuid_v7(), me, (f.inv).org_unit_id, (f.inv).role, (f.inv).created_by);
  end if;
  return private.ok(jsonb_build_object('sign_in_name', coalesce(v_phone, v_sign_in)));
end $$;
create function api.redeem_invitation(p_token text, p_sign_in_name text default null) returns jsonb language sql volatile as $$
  select private.redeem_invitation(p_token, p_sign_in_name)
$$;

-- What a password chosen with this invitation must not be made of.
create function private.names_behind(p_inv app.invitation) returns text[] language sql stable as $$
  select private.names_of(p_inv.login_id)
    || array(select phone from app.responder_contact where responder_id = p_inv.responder_id)
$$;
create function private.weak_password(p_why text) returns jsonb language sql immutable as $$
  select private.no('weak_password', jsonb_build_object('why', p_why))
$$;

-- Will this password do, for the person with this link? Asked before a sign-up: Auth itself only counts characters.
create function private.judge_password(p_token text, p_password text, p_sign_in_name text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare f record; v_why text;
begin
  select * into f from private.find_invitation(p_token);
  if f.problem is not null then return private.no(f.problem); end if;
  v_why := private.password_problem(p_password, private.names_behind(f.inv) || private.normal_name(p_sign_in_name));
  return case when v_why is null then private.ok() else private.weak_password(v_why) end;
end $$;
create function api.judge_password(p_token text, p_password text, p_sign_in_name text default null) returns jsonb
language sql volatile as $$
  select private.judge_password(p_token, p_password, p_sign_in_name)
$$;

-- The same at the door of the embedded server, where the sign-up itself passes:
-- {status: admitted | weak | refused, why}. Names are looked at for a live invitation only: a taken address with its
-- number as the password would else be told from a decoy.
create function private.judge_sign_up(p_email text, p_password text) returns jsonb language plpgsql stable as $$
declare
  inv app.invitation; v_why text := private.password_problem(p_password, '{}');
  v_admitted boolean := private.before_user_created_hook(
    jsonb_build_object('user', jsonb_build_object('email', p_email))) = '{}';
begin
  if v_admitted and v_why is null then
    select * into inv from app.invitation where email = lower(p_email);
    v_why := private.password_problem(p_password, private.names_behind(inv));
  end if;
  return case when v_why is not null then jsonb_build_object('status', 'weak', 'why', v_why)
    when v_admitted then '{"status":"admitted"}'::jsonb
    else '{"status":"refused"}' end;
end $$;

-- A new password by a one-time link. The login id stays, so what waits on the phone stays; all other sessions end.
create function private.reset_password(p_token text, p_password text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare f record; v_why text;
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

-- A new password by the old one. The session that asks goes on; every other one ends.
create function private.change_password(p_old text, p_new text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_why text := private.password_problem(p_new, private.names_of(me));
  v_tried jsonb;
begin
  if v_why is not null then return private.weak_password(v_why); end if;
  v_tried := private.try_password(coalesce(private.auth_email(me), me::text), coalesce(p_old, ''),
    private.caller_address());
  if v_tried ->> 'status' = 'wait' then return private.no('too_many_tries', v_tried - 'status'); end if;
  if v_tried ->> 'status' = 'wrong' then return private.no('wrong_password'); end if;
  perform private.set_password(me, p_new, private.session_id());
  return private.ok();
end $$;
create function api.change_password(p_old text, p_new text) returns jsonb language sql volatile as $$
  select private.change_password(p_old, p_new)
$$;

-- Writes an invitation and answers its clear token, the only time it exists outside the holder's hands.
create function private.write_invitation(p_by uuid, p_purpose app.invitation_purpose, p_hours int, p_responder uuid default null, p_login uuid default null,
  p_unit uuid default null, p_role app.role default null, p_person text default null) returns jsonb language plpgsql as $$
declare v_token text := private.random_code(20); v_expires timestamptz := now() + make_interval(hours => p_hours);
begin
  update app.invitation set revoked_at = now() where used_at is null and revoked_at is null and purpose = p_purpose
    and (responder_id = p_responder or login_id = p_login or p_purpose = 'setup');
  insert into app.invitation (id, purpose, token_hash, email, responder_id, login_id, org_unit_id, role, person, expires_at, created_by)
  values (private.uuid_v7(), p_purpose, private.hash_token(v_token), private.new_email(), p_responder, p_login, p_unit, p_role, p_person, v_expires, p_by);
  return jsonb_build_object('token', v_token, 'expires_at', v_expires);
end $$;

-- The first admin's link; called by the operator of the server, never through the API.
create function private.new_setup_token() returns text language sql volatile as $$
  select private.write_invitation(null, 'setup', 24, p_role => 'admin') ->> 'token'
$$;

-- Does the caller coordinate a community this person reports to?
create function private.coordinates_person(p_login uuid, p_responder uuid) returns boolean language sql stable as $$
  select exists (select from app.report_in ri where ri.responder_id = p_responder and ri.state <> 'ended' and private.coordinates(p_login, ri.community_id))
$$;

create function private.invite(p_responders uuid[]) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login(); r app.responder; out jsonb := '[]';
begin
  if exists (select from unnest(p_responders) p where not private.coordinates_person(me, p)) then return private.no('forbidden'); end if;
  for r in select * from app.responder where id = any (p_responders) and login_id is null and state = 'active' order by id limit 500 for no key update loop
    out := out || (jsonb_build_object('responder_id', r.id, 'name', r.name) || private.write_invitation(me, 'responder', 168, p_responder => r.id,
      p_unit => (select ri.community_id from app.report_in ri where ri.responder_id = r.id and ri.state <> 'ended' and private.coordinates(me, ri.community_id) limit 1)));
  end loop;
  return private.ok(jsonb_build_object('invitations', out));
end $$;
create function api.invite(p_responder_ids uuid[]) returns jsonb language sql volatile as $$ select private.invite(p_responder_ids) $$;

-- Who may give which role: admin any role anywhere; officers lesser roles below their own node; coordinators lead roles in their community.
create function private.may_appoint(p_login uuid, p_unit uuid, p_role app.role) returns boolean language sql stable as $$
  select private.is_admin(p_login)
    or (p_role in ('building_lead', 'grid_lead', 'responder') and private.reaches(p_login, p_unit, '{coordinator}'))
    or exists (select from app.org_unit n join app.org_unit a on n.path operator(extensions.<@) a.path and n.id <> a.id
      join app.role_grant g on g.org_unit_id = a.id and g.login_id = p_login
      where n.id = p_unit and g.role in ('street_officer', 'district_officer', 'city_officer') and p_role <> 'admin' and p_role < g.role)
$$;

-- What is done to people's rights is written down where each community concerned reads it; who did it, and for whom, is added when it is read.
create function private.tell_communities(p_by uuid, p_communities uuid[], p_kind text, p_responder uuid, p_subject uuid, p_detail jsonb default null)
returns void language sql as $$
  insert into app.event (id, at, kind, login_id, community_id, responder_id, subject_id, detail)
  select private.uuid_v7(), now(), p_kind, p_by, c, p_responder, p_subject, p_detail from unnest(p_communities) c
$$;

create function private.appoint(p_unit uuid, p_role text, p_name text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login(); v_role app.role; v_made jsonb;
begin
  if not coalesce(p_role = any (enum_range(null::app.role)::text[]), false) then return private.no('invalid', '{"field":"role"}'); end if;
  v_role := p_role;
  if not private.may_appoint(me, p_unit, v_role) then return private.no('forbidden'); end if;
  if not exists (select from app.org_unit where id = p_unit) then return private.no('gone'); end if;
  if length(p_name) > 200 or length(coalesce(trim(p_name), '')) not between 1 and 40 then return private.no('invalid', '{"field":"name"}'); end if;
  v_made := private.write_invitation(me, 'role', 168, p_unit => p_unit, p_role => v_role, p_person => trim(p_name));
  perform private.tell_communities(me, array(select community_id from app.org_unit where id = p_unit), 'appointed', null,
    (select id from app.invitation where token_hash = private.hash_token(v_made ->> 'token')), jsonb_build_object('role', v_role, 'org_unit_id', p_unit));
  return private.ok(v_made);
end $$;
create function api.appoint(p_org_unit_id uuid, p_role text, p_name text) returns jsonb language sql volatile as $$
  select private.appoint(p_org_unit_id, p_role, p_name)
$$;

-- Units an admin or officer may appoint people to, for the pickers of the setup screens.
create function private.units_below(p_parent uuid) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  return private.ok(jsonb_build_object('units', (
    select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'code', u.code, 'level', u.level, 'name', u.name, 'parent_id', u.parent_id) order by u.code nulls last, u.sort), '[]')
    from app.org_unit u where u.level <= 'community' and u.parent_id is not distinct from p_parent
      and (private.is_admin(me) or private.reaches(me, u.id, '{street_officer,district_officer,city_officer}')
        or exists (select from app.org_unit d join app.role_grant g on g.org_unit_id = d.id where g.login_id = me and d.path operator(extensions.<@) u.path)))));
end $$;
create function api.units_below(p_parent uuid default null) returns jsonb language sql stable as $$ select private.units_below(p_parent) $$;

-- A reset lends the whole login, so it is the word of the community that invited it, while the person still serves there, or of those above it.
create function private.may_reset(p_login uuid, p_target app.login) returns boolean language sql stable as $$
  select private.is_admin(p_login) or private.reaches(p_login, (p_target).invited_from, '{street_officer,district_officer,city_officer}')
    or private.coordinates(p_login, (p_target).invited_from) and exists (
      select from app.responder r join app.report_in ri on ri.responder_id = r.id
      where r.login_id = (p_target).id and ri.community_id = (p_target).invited_from and ri.state <> 'ended')
$$;

-- The reset of a person by those who have a say over the login. A coordinator's own password is reset by somebody above, and a lead of
-- another community is reset there: the link would lend their rights.
create function private.may_reset_person(p_by uuid, p_target app.login) returns boolean language sql stable as $$
  select private.may_reset(p_by, p_target) and ((p_target).id = p_by or not exists (select from app.role_grant g where g.login_id = (p_target).id
    and (g.role not in ('responder', 'building_lead', 'grid_lead') or not private.coordinates(p_by, g.org_unit_id))))
$$;
-- The reset of somebody with roles, by those who may appoint to each of them.
create function private.may_reset_roles(p_by uuid, p_login uuid) returns boolean language sql stable as $$
  select exists (select from app.role_grant where login_id = p_login)
    and not exists (select from app.role_grant g where g.login_id = p_login and not private.may_appoint(p_by, g.org_unit_id, g.role))
$$;

-- A link is somebody's word, and holds while they could still give it: not once their role is over, nor once the person has left, has a
-- login, or has rights the link would lend. The operator's own links are nobody's word and hold until their time is over.
create function private.still_stands(p_inv app.invitation) returns boolean language sql stable as $$
  select case
    when (p_inv).purpose = 'responder' and not exists (select from app.responder r where r.id = (p_inv).responder_id and r.login_id is null
      and r.state = 'active' and exists (select from app.report_in i where i.responder_id = r.id and i.state <> 'ended')) then false
    when (p_inv).created_by is null then true
    when (p_inv).purpose = 'responder' then private.coordinates_person((p_inv).created_by, (p_inv).responder_id)
    when (p_inv).purpose = 'reset' then private.may_reset_person((p_inv).created_by, (select l from app.login l where l.id = (p_inv).login_id))
      or private.may_reset_roles((p_inv).created_by, (p_inv).login_id)
    else private.may_appoint((p_inv).created_by, (p_inv).org_unit_id, (p_inv).role) end
$$;

-- A role that ends takes its links along, so that lists say so, too.
create function private.end_links() returns trigger language plpgsql as $$
begin
  update app.invitation i set revoked_at = now() where i.used_at is null and i.revoked_at is null
    and i.created_by in (select login_id from old_rows) and not private.still_stands(i);
  return null;
end $$;
create trigger ends_links after delete on app.role_grant referencing old table as old_rows for each statement execute function private.end_links();

-- Writes the reset and tells every community the person serves in, or holds a role in.
create function private.write_reset(p_by uuid, p_login uuid) returns jsonb language plpgsql as $$
declare v_person uuid := (select id from app.responder where login_id = p_login);
begin
  perform private.tell_communities(p_by, array(
    select ri.community_id from app.report_in ri where ri.responder_id = v_person and ri.state <> 'ended'
    union select u.community_id from app.role_grant g join app.org_unit u on u.id = g.org_unit_id where g.login_id = p_login and u.community_id is not null),
    'reset_issued', v_person, p_login);
  return private.ok(private.write_invitation(p_by, 'reset', 24, p_login => p_login));
end $$;

create function private.issue_reset(p_responder uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login(); l app.login;
begin
  select x.* into l from app.responder r join app.login x on x.id = r.login_id where r.id = p_responder;
  -- one answer for a person one has no say over and for nobody: names nothing
  if l.id is null then return private.no(case when private.coordinates_person(me, p_responder) then 'gone' else 'forbidden' end::app.action_code); end if;
  if not private.may_reset_person(me, l) then return private.no('forbidden'); end if;
  return private.write_reset(me, l.id);
end $$;
create function api.issue_reset(p_responder_id uuid) returns jsonb language sql volatile as $$ select private.issue_reset(p_responder_id) $$;

-- A reset for somebody with a role (coordinator, officer), by whoever may appoint to each of his roles there. People without
-- a role are their coordinator's (issue_reset). Whoever may appoint nobody learns nothing about names.
create function private.issue_role_reset(p_sign_in_name text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login(); v_login uuid;
begin
  if not exists (select from app.role_grant where login_id = me and role in ('admin', 'coordinator', 'street_officer', 'district_officer', 'city_officer')) then return private.no('forbidden'); end if;
  select id into v_login from app.login where sign_in_name = private.normal_name(p_sign_in_name);
  -- a name of nobody and one of somebody the caller may not appoint are answered alike
  if not private.may_reset_roles(me, v_login) then return private.no('gone'); end if;
  return private.write_reset(me, v_login);
end $$;
create function api.issue_role_reset(p_sign_in_name text) returns jsonb language sql volatile as $$ select private.issue_role_reset(p_sign_in_name) $$;

create function api.who_am_i() returns jsonb language sql stable as $$
  select jsonb_build_object('db_role', current_user, 'login', private.login_id())
$$;
