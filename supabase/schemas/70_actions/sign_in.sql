-- Signing in by name, and what a signed-in client asks about itself. Auth signs in by e-mail address; here each login
-- has one that is 80 random bits and belongs to no mailbox.

-- The address behind a sign-in name. An unknown name gets a stable decoy, and one is made for every name, so that
-- neither the answer nor its time tells whether a name exists. One caller's address may ask for a name ten times a
-- minute; callers at other addresses shut nobody out.
create function private.sign_in_name(p_name text) returns jsonb
language plpgsql security definer set search_path = '' as $$
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
create function api.sign_in_name(p_name text) returns jsonb language sql volatile as $$
  select private.sign_in_name(p_name)
$$;

-- The salt of this database's decoys and of its counters of tries; no phone ever receives it.
insert into app.setting (key, value) values ('decoy_salt', to_jsonb(gen_random_uuid()));

-- An address that looks like any other, letter by letter, and is the same for the same name.
create function private.decoy_email(p_name text) returns text language sql stable as $$
  select 'u' || string_agg(
    substr('0123456789abcdefghjkmnpqrstvwxyz', (get_byte(h.bytes, i) & 31) + 1, 1), '' order by i) || '@login.invalid'
  from (
    select sha256(convert_to(
      p_name || (select value::text from app.setting where key = 'decoy_salt'), 'utf8')) as bytes) h,
    generate_series(0, 15) i
$$;

-- A new address for a login: 80 random bits.
create function private.new_email() returns text language sql volatile as $$
  select 'u' || lower(private.random_code(16)) || '@login.invalid'
$$;

-- The address under which Auth knows a login.
create function private.auth_email(p_login uuid) returns text language plpgsql stable as $$
declare e text;
begin
  execute 'select email from auth.users where id = $1' into e using p_login;
  return e;
end $$;

-- Judges a sign-up at the door of the embedded server, through which the sign-up itself passes:
-- {status: admitted | weak | refused, why}. The person's names are compared for a live invitation only. Otherwise an
-- address that is taken could be told from a decoy, by trying its number as the password.
create function private.judge_sign_up(p_email text, p_password text) returns jsonb language plpgsql stable as $$
declare
  inv app.invitation;
  v_why text := private.password_problem(p_password, '{}');
  v_admitted boolean := private.before_user_created_hook(
    jsonb_build_object('user', jsonb_build_object('email', p_email))) = '{}';
begin
  if v_admitted and v_why is null then
    select * into inv from app.invitation where email = lower(p_email);
    v_why := private.password_problem(p_password, private.names_behind(inv));
  end if;
  return case
    when v_why is not null then jsonb_build_object('status', 'weak', 'why', v_why)
    when v_admitted then '{"status":"admitted"}'::jsonb
    else '{"status":"refused"}' end;
end $$;

create function api.who_am_i() returns jsonb language sql stable as $$
  select jsonb_build_object('db_role', current_user, 'login', private.login_id())
$$;

-- The key with which this login's phones seal what is not sent yet (docs/adr/0014).
create function private.seal_key() returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  return private.ok(jsonb_build_object('key', (select encode(seal_key, 'base64') from app.login where id = me)));
end $$;
create function api.seal_key() returns jsonb language sql volatile as $$ select private.seal_key() $$;
