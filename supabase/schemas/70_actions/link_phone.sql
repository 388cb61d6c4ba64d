-- Sign-in by a code sent to the phone, for deployments that have SMS (config.json, features.phone_otp). The number
-- itself is the proof, so no invitation is needed: a login that was sent a code is linked to the person imported with
-- that number. It is off until the operator switches it on: where Auth confirms numbers without a code, anybody could
-- sign in as anybody.

-- Links the login that asks to the person with its proved number. A number that nobody has, one that has a login and
-- one that was not proved get the same answer.
create function private.link_phone() returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.login_id();
  v_phone text;
  r app.responder;
begin
  if me is null then raise exception 'not signed in' using errcode = '42501'; end if;
  if not private.phone_sign_in_is_on() or private.confirms_phones_by_itself() then
    return private.no('forbidden');
  end if;
  if exists (select from app.login where id = me) then return private.ok(); end if;
  v_phone := private.proved_number(me);
  -- several communities may list the number: one of the records is linked, and the person may then join the others
  select x.* into r from app.responder x
  join app.responder_contact c on c.responder_id = x.id
  where c.phone = v_phone and x.state = 'active'
  order by x.login_id nulls last, x.created_at, x.id limit 1
  for no key update of x;
  if not found or r.login_id is not null or exists (select from app.login where sign_in_name = v_phone) then
    return private.no('gone');
  end if;
  insert into app.login (id, sign_in_name, email, name, invited_from)
  values (me, v_phone, private.new_email(), r.name,
    (select community_id from app.responder_contact where responder_id = r.id));
  update app.invitation set revoked_at = now() where responder_id = r.id and used_at is null and revoked_at is null;
  update app.responder set login_id = me, updated_at = now() where id = r.id;
  return private.ok();
end $$;
create function api.link_phone() returns jsonb language sql volatile as $$ select private.link_phone() $$;

-- The number that this session proved by a code; null without proof. A confirmed number alone proves nothing: with
-- auto-confirmation somebody signs up, or changes to any number, and it is confirmed at once. So three things must
-- hold: a code was sent before, the number was confirmed after it, and this very session began with a code no earlier
-- than that (claim amr; its times are whole seconds).
create function private.proved_number(p_login uuid) returns text language plpgsql stable as $$
declare
  v_phone text;
  v_confirmed timestamptz;
  v_sent timestamptz;
  v_coded double precision;
begin
  execute 'select phone, phone_confirmed_at, greatest(confirmation_sent_at, phone_change_sent_at)
    from auth.users where id = $1' into v_phone, v_confirmed, v_sent using p_login;
  select max((a ->> 'timestamp')::double precision) into v_coded
  from jsonb_path_query(nullif(current_setting('request.jwt.claims', true), '')::jsonb,
    '$.amr[*] ? (@.method == "otp")') a;
  return case when v_sent <= v_confirmed and v_coded >= floor(extract(epoch from v_confirmed))
    then private.mainland_number(v_phone) end;
end $$;

-- Eleven digits of a mainland mobile number, given as Auth keeps it (861… or +861…); null for every other number, also
-- for one that ends in the same digits.
create function private.mainland_number(p_phone text) returns text language sql immutable as $$
  select substr(regexp_replace(p_phone, '^\+', ''), 3) where p_phone ~ '^\+?861[0-9]{10}$'
$$;

-- The operator's switch (docs/deploy.md); it cannot be reached through the API.
create function private.switch_phone_sign_in(p_on boolean) returns void language plpgsql as $$
begin
  if p_on and private.confirms_phones_by_itself() then
    raise exception
      'Auth confirms phone numbers without a code: switch that off, remove the numbers it confirmed, then try again';
  end if;
  insert into app.setting (key, value) values ('phone_sign_in', to_jsonb(p_on))
  on conflict (key) do update set value = excluded.value;
end $$;

create function private.phone_sign_in_is_on() returns boolean language sql stable as $$
  select coalesce((select value = 'true'::jsonb from app.setting where key = 'phone_sign_in'), false)
$$;

-- Does this database hold a number that was confirmed although no code was ever sent? Then Auth confirms numbers by
-- itself.
create function private.confirms_phones_by_itself() returns boolean language plpgsql stable as $$
declare v boolean;
begin
  execute 'select exists (select from auth.users where phone is not null and phone_confirmed_at is not null
    and confirmation_sent_at is null and phone_change_sent_at is null)' into v;
  return v;
end $$;
