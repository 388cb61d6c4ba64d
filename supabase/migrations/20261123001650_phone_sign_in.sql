-- Sign-in by a code sent to the phone, for deployments that have SMS (config.json, features.phone_otp).
-- The number itself is the proof, so no invitation is needed: a login whose confirmed number belongs to an imported person is linked to him.
create function private.auth_phone(p_login uuid) returns text language plpgsql stable as $$
declare p text;
begin
  execute 'select phone from auth.users where id = $1 and phone_confirmed_at is not null' into p using p_login;
  return right(regexp_replace(p, '[^0-9]', '', 'g'), 11);
end $$;

create function private.link_phone() returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.login_id(); v_phone text; r app.responder;
begin
  if me is null then raise exception 'not signed in' using errcode = '42501'; end if;
  if exists (select from app.login where id = me) then return private.ok(); end if;
  v_phone := private.auth_phone(me);
  select x.* into r from app.responder x join app.responder_contact c on c.responder_id = x.id where c.phone = v_phone and x.state = 'active' for no key update of x;
  if not found then return private.no('gone'); end if;
  if r.login_id is not null or exists (select from app.login where sign_in_name = v_phone) then return private.no('name_taken'); end if;
  insert into app.login (id, sign_in_name, email, name) values (me, v_phone, private.new_email(), r.name);
  update app.invitation set revoked_at = now() where responder_id = r.id and used_at is null and revoked_at is null;
  update app.responder set login_id = me, updated_at = now() where id = r.id;
  return private.ok();
end $$;
create function api.link_phone() returns jsonb language sql volatile as $$ select private.link_phone() $$;
