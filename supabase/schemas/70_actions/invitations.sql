-- One-time invitations: links by which people get a login, a role or a new password.

-- Invites people of one's own communities who have no login yet, at most 500, each by a link valid for seven days.
create function private.invite(p_responders uuid[]) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  r app.responder;
  out jsonb := '[]';
begin
  if exists (select from unnest(p_responders) p where not private.coordinates_person(me, p)) then
    return private.no('forbidden');
  end if;
  for r in
    select * from app.responder
    where id = any (p_responders) and login_id is null and state = 'active'
    order by id limit 500 for no key update
  loop
    out := out || (jsonb_build_object('responder_id', r.id, 'name', r.name)
      || private.write_invitation(me, 'responder', 168, p_responder => r.id, p_unit => (
        select ri.community_id from app.report_in ri
        where ri.responder_id = r.id and ri.state <> 'ended' and private.coordinates(me, ri.community_id) limit 1)));
  end loop;
  return private.ok(jsonb_build_object('invitations', out));
end $$;
create function api.invite(p_responder_ids uuid[]) returns jsonb language sql volatile as $$
  select private.invite(p_responder_ids)
$$;

-- Writes an invitation, valid for p_hours, and revokes earlier ones for the same. Answers its clear token, which the
-- database keeps only as a hash.
create function private.write_invitation(p_by uuid, p_purpose app.invitation_purpose, p_hours int,
  p_responder uuid default null, p_login uuid default null, p_unit uuid default null, p_role app.role default null,
  p_person text default null, p_partner uuid default null) returns jsonb language plpgsql as $$
declare
  v_token text := private.random_code(20);
  v_expires timestamptz := now() + make_interval(hours => p_hours);
begin
  update app.invitation set revoked_at = now()
  where used_at is null and revoked_at is null and purpose = p_purpose
    and (responder_id = p_responder or login_id = p_login or p_purpose = 'setup');
  insert into app.invitation (id, purpose, token_hash, email, responder_id, login_id, org_unit_id,
    partner_unit_id, role, person, expires_at, created_by)
  values (private.uuid_v7(), p_purpose, private.hash_token(v_token), private.new_email(), p_responder, p_login,
    p_unit, p_partner, p_role, p_person, v_expires, p_by);
  return jsonb_build_object('token', v_token, 'expires_at', v_expires);
end $$;

-- The first admin's link. The operator of the server calls it; it cannot be reached through the API.
create function private.new_setup_token() returns text language sql volatile as $$
  select private.write_invitation(null, 'setup', 24, p_role => 'admin') ->> 'token'
$$;

-- What the page behind a link shows: whose link it is, the place, and the address and name to sign up with.
create function private.invitation(p_token text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare f record;
begin
  select * into f from private.find_invitation(p_token);
  if f.problem is not null then return private.no(f.problem); end if;
  return private.ok(jsonb_build_object(
    'purpose', (f.inv).purpose, 'email', (f.inv).email, 'expires_at', (f.inv).expires_at,
    'record_id', (f.inv).responder_id, 'role', (f.inv).role,
    'kind', (select kind from app.responder where id = (f.inv).responder_id),
    'person', coalesce(
      (select name from app.responder where id = (f.inv).responder_id),
      (select name from app.login where id = (f.inv).login_id),
      (f.inv).person),
    'place', coalesce(
      (select name from app.org_unit where id = (f.inv).org_unit_id),
      (select name from app.partner_unit where id = (f.inv).partner_unit_id),
      (select u.name from app.report_in ri
        join app.org_unit u on u.id = ri.community_id
        where ri.responder_id = (f.inv).responder_id and ri.state <> 'ended' limit 1)),
    'sign_in_name', coalesce(
      (select private.shown_name(sign_in_name) from app.login where id = (f.inv).login_id),
      (select phone from app.responder_contact where responder_id = (f.inv).responder_id))));
end $$;
create function api.invitation(p_token text) returns jsonb language sql volatile as $$
  select private.invitation(p_token)
$$;

-- Links the login that just signed up to the person or role of an invitation. It must have signed up under the
-- invitation's own address.
create function private.redeem_invitation(p_token text, p_sign_in_name text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.login_id();
  f record;
  v_name text;
  v_phone text;
  v_sign_in text;
begin
  if me is null then raise exception 'not signed in' using errcode = '42501'; end if;
  -- the person is locked before their links, as where a coordinator invites again and where a record is joined
  perform from app.responder
  where id = (
    select responder_id from app.invitation where token_hash = private.hash_token(left(p_token, 200)))
  for no key update;
  select * into f from private.find_invitation(p_token);
  if f.problem = 'invitation_used'
    and exists (select from app.login where id = me and email = (f.inv).email) then
    return private.ok(jsonb_build_object('sign_in_name',
      (select private.shown_name(sign_in_name) from app.login where id = me)));
  end if;
  if f.problem is not null then return private.no(f.problem); end if;
  if (f.inv).purpose = 'reset' or private.auth_email(me) is distinct from (f.inv).email then
    return private.no('invitation_invalid');
  end if;
  v_name := coalesce((select name from app.responder where id = (f.inv).responder_id), (f.inv).person, '管理员');
  select phone into v_phone from app.responder_contact where responder_id = (f.inv).responder_id;
  v_sign_in := case when v_phone is null then private.normal_name(p_sign_in_name) else private.free_name(v_phone) end;
  -- a chosen name is never a number, nor one of the names kept for a number: those belong to imported people
  if v_sign_in is null or v_sign_in !~ '^[^\s@/"<>]{2,64}$'
    or v_phone is null and v_sign_in ~ '^[0-9]{7,15}(\.[0-9])?$' then
    return private.no('invalid', '{"field":"sign_in_name"}');
  end if;
  if v_phone is not null then
    update app.login set sign_in_name = 'left-' || replace(id::text, '-', '')
    where sign_in_name = v_sign_in and private.serves_nowhere(id);
  end if;
  if exists (select from app.login where sign_in_name = v_sign_in) then
    -- choosing a name tells whether it is taken, so an invitation has five misses an hour
    if not private.take_token('name_taken:' || (f.inv).id, 5, 3600) then return private.no('too_many_tries'); end if;
    return private.no('name_taken');
  end if;
  insert into app.login (id, sign_in_name, email, name, invited_from)
  values (me, v_sign_in, (f.inv).email, v_name, coalesce((f.inv).org_unit_id, (
    select org_unit_id from app.partner_unit where id = (f.inv).partner_unit_id)));
  update app.invitation set used_at = now() where id = (f.inv).id;
  update app.responder set login_id = me, updated_at = now() where id = (f.inv).responder_id;
  if (f.inv).role is not null then
    insert into app.role_grant (id, login_id, org_unit_id, partner_unit_id, role, created_by)
    values (private.uuid_v7(), me, (f.inv).org_unit_id, (f.inv).partner_unit_id, (f.inv).role, (f.inv).created_by);
  end if;
  return private.ok(jsonb_build_object('sign_in_name', coalesce(v_phone, v_sign_in)));
end $$;
create function api.redeem_invitation(p_token text, p_sign_in_name text default null) returns jsonb
language sql volatile as $$
  select private.redeem_invitation(p_token, p_sign_in_name)
$$;

-- A live invitation by its token, or the reason why not. Wrong tokens count, five a minute from one address. A right
-- one always opens, so that one person's wrong tokens shut nobody else out who has the same address. A token is 100
-- random bits, so it cannot be guessed.
create function private.find_invitation(p_token text, out inv app.invitation, out problem app.action_code)
language plpgsql as $$
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

-- Does an invitation's giver still have the say it rests on? It ends with their role, and when its person leaves, gets
-- a login, or has rights that the link would lend. The operator's own invitations are from nobody; they hold until they
-- expire.
create function private.still_stands(p_inv app.invitation) returns boolean language sql stable as $$
  select case
    when (p_inv).purpose = 'responder' and not exists (
      select from app.responder r
      where r.id = (p_inv).responder_id and r.login_id is null and r.state = 'active' and exists (
        select from app.report_in i where i.responder_id = r.id and i.state <> 'ended')) then false
    when (p_inv).created_by is null then true
    when (p_inv).purpose = 'responder' then private.coordinates_person((p_inv).created_by, (p_inv).responder_id)
    when (p_inv).purpose = 'reset' then
      private.may_reset_person((p_inv).created_by, (select l from app.login l where l.id = (p_inv).login_id))
      or private.may_reset_roles((p_inv).created_by, (p_inv).login_id)
    when (p_inv).partner_unit_id is not null then
      private.may_appoint_liaison((p_inv).created_by, (p_inv).partner_unit_id)
    else private.may_appoint((p_inv).created_by, (p_inv).org_unit_id, (p_inv).role) end
$$;

-- When a role ends, the invitations that rested on it are revoked, so that lists show it, too.
create function private.end_links() returns trigger language plpgsql as $$
begin
  update app.invitation i set revoked_at = now()
  where i.used_at is null and i.revoked_at is null
    and i.created_by in (select login_id from old_rows) and not private.still_stands(i);
  return null;
end $$;
create trigger ends_links after delete on app.role_grant referencing old table as old_rows
  for each statement execute function private.end_links();

-- A free sign-in name for a number; null when there is none. Several communities may list a number, and each may invite
-- its own record of it. The answer must not tell one that another did so before, so the second and third login of a
-- number get names that nobody has to type: 13800000000.2. The phone tries them in turn (src/gateway/auth.ts). When all
-- three are taken, the name of a login that serves nowhere any more is given on: leaving and coming back must not use a
-- number up.
create function private.free_name(p_phone text) returns text language sql stable as $$
  select x.name
  from (values (p_phone, 1), (p_phone || '.2', 2), (p_phone || '.3', 3)) x(name, turn)
  left join app.login l on l.sign_in_name = x.name
  where l.id is null or private.serves_nowhere(l.id)
  order by l.id is not null, x.turn limit 1
$$;

-- Does a login serve in no community and hold no role any more?
create function private.serves_nowhere(p_login uuid) returns boolean language sql stable as $$
  select not exists (select from app.role_grant where login_id = p_login)
    and not exists (
      select from app.responder r
      join app.report_in i on i.responder_id = r.id
      where r.login_id = p_login and i.state <> 'ended')
$$;
