-- Passwords: how they are kept, which are too easy, and how they are changed. How many wrong ones may be tried stands
-- in sign_in_tries.sql.

-- Will this password do, for the person with this link? Asked before a sign-up, because Auth itself only counts
-- characters.
create function private.judge_password(p_token text, p_password text, p_sign_in_name text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  f record;
  v_why text;
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

-- Changes one's own password, with the old one. The session that asks goes on; every other one ends.
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

-- Sets a new password for a login. Nobody else stays signed in, and no link to set another password is left. Links are
-- revoked first, because a caller who came by one already holds its lock.
create function private.set_password(p_login uuid, p_password text, p_keep uuid default null) returns void
language plpgsql as $$
begin
  update app.invitation set revoked_at = now()
  where login_id = p_login and purpose = 'reset' and used_at is null and revoked_at is null;
  execute 'update auth.users set encrypted_password = $2, updated_at = now() where id = $1'
    using p_login, private.hash_password(p_password);
  perform private.end_sessions(p_login, p_keep);
  -- somebody who had the old password may have made a link for a calendar, and may have the key of the stand-in codes
  delete from app.calendar_link where login_id = p_login;
  update app.login set stand_in_key = gen_random_uuid() where id = p_login;
  -- or have a device that receives the person's notices. A subscription does not say whose session made it, so all go;
  -- a device that is still signed in subscribes again at its next start (renewPush in src/views/me/devicePush.ts)
  delete from app.push_subscription where login_id = p_login;
end $$;

-- Ends the sessions of a login, but for the one given; their access tokens end with them (private.login_id).
create function private.end_sessions(p_login uuid, p_keep uuid default null) returns void language plpgsql as $$
begin
  if to_regclass('auth.refresh_tokens') is not null then
    execute 'delete from auth.refresh_tokens where user_id::text = $1 and session_id is distinct from $2'
      using p_login::text, p_keep;
  end if;
  if to_regclass('auth.sessions') is not null then
    execute 'delete from auth.sessions where user_id = $1 and id is distinct from $2' using p_login, p_keep;
  end if;
end $$;

create function private.weak_password(p_why text) returns jsonb language sql immutable as $$
  select private.no('weak_password', jsonb_build_object('why', p_why))
$$;

-- Why a password is too easy; null when it will do. p_names: the person's mobile number and sign-in name.
-- short: fewer than 8 characters; long: more than the 72 bytes bcrypt reads; figures: nothing but digits; common: in
-- the list of common ones; own: little besides a name.
create function private.password_problem(p_password text, p_names text[]) returns text language plpgsql stable as $$
declare
  v_plain text;
  n text;
begin
  if p_password is null or char_length(p_password) < 8 then return 'short'; end if;
  if octet_length(p_password) > 72 then return 'long'; end if;
  v_plain := lower(regexp_replace(normalize(p_password, nfkc), '[\s-]', '', 'g'));
  if v_plain ~ '^[0-9]*$' then return 'figures'; end if;
  if exists (select from private.common_password where word = v_plain) then return 'common'; end if;
  foreach n in array p_names loop
    if char_length(n) >= 3 and strpos(v_plain, lower(n)) > 0 and char_length(replace(v_plain, lower(n), '')) < 6 then
      return 'own';
    end if;
  end loop;
  return null;
end $$;

-- The names that a password of this login must not be made of.
create function private.names_of(p_login uuid) returns text[] language sql stable as $$
  select array(
    select sign_in_name from app.login where id = p_login
    union
    select c.phone from app.responder r
    join app.responder_contact c on c.responder_id = r.id
    where r.login_id = p_login)
$$;

-- The names that a password chosen with this invitation must not be made of.
create function private.names_behind(p_inv app.invitation) returns text[] language sql stable as $$
  select private.names_of(p_inv.login_id)
    || array(select phone from app.responder_contact where responder_id = p_inv.responder_id)
$$;

-- bcrypt as Auth keeps it, at Auth's own cost.
create function private.hash_password(p_password text) returns text language sql volatile as $$
  select extensions.crypt(p_password, extensions.gen_salt('bf', 10))
$$;

-- The hash of nobody's password, at the same cost: a try for an account that does not exist takes as long as any other.
create function private.nobodys_hash() returns text language sql immutable as $$
  select '$2a$10$iy.jUxOCFZbJn4Vr2JnVd.0tRznTWP3xof71rM5FDNjy8RM6feltS'::text
$$;

-- Is this the password behind a hash? pgcrypto knows the prefix 2a only; 2b and 2y mean the same here.
create function private.password_fits(p_password text, p_hash text) returns boolean language sql stable as $$
  select extensions.crypt(p_password, h.hash) = h.hash
  from (select regexp_replace(p_hash, '^\$2[by]\$', '$2a$') as hash) h
$$;
