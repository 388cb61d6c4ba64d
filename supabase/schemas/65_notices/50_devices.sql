-- The devices of a person that receive push. An address that is put in here never comes out to a client again.

-- Adds the device on which a person said yes; a person has at most ten. A device belongs to the person who uses it
-- last. Its keys prove that it is the same device: with the address alone nobody can take somebody else's notices away.
create function private.save_push_subscription(p_endpoint text, p_p256dh text, p_auth text, p_locale text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_id uuid;
begin
  if not private.is_push_endpoint(p_endpoint) then return private.no('invalid', '{"field":"endpoint"}'); end if;
  if length(p_p256dh) > 200 or coalesce(p_p256dh, '') !~ '^[A-Za-z0-9_-]{80,100}=*$' then
    return private.no('invalid', '{"field":"p256dh"}');
  end if;
  if length(p_auth) > 100 or coalesce(p_auth, '') !~ '^[A-Za-z0-9_-]{16,40}=*$' then
    return private.no('invalid', '{"field":"auth"}');
  end if;
  insert into app.push_subscription as s (id, login_id, endpoint, p256dh, auth, locale)
  values (private.uuid_v7(), me, p_endpoint, p_p256dh, p_auth, case when p_locale = 'en' then 'en' else 'zh-CN' end)
  on conflict (endpoint) do update
  set login_id = excluded.login_id, p256dh = excluded.p256dh, auth = excluded.auth, locale = excluded.locale
  where s.login_id = me or (s.p256dh, s.auth) = (excluded.p256dh, excluded.auth)
  returning id into v_id;
  if v_id is null then return private.no('forbidden'); end if;
  delete from app.push_subscription
  where login_id = me and (dropped_at is not null or id in (
    select id from app.push_subscription
    where login_id = me and dropped_at is null and id <> v_id
    order by id desc offset 9));
  return private.ok();
end $$;
create function api.save_push_subscription(p_endpoint text, p_p256dh text, p_auth text, p_locale text) returns jsonb
language sql volatile as $$
  select private.save_push_subscription(p_endpoint, p_p256dh, p_auth, p_locale)
$$;

-- Switches a device off: address and keys are deleted; that the person did not want it stays.
create function private.drop_push_subscription(p_endpoint text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  update app.push_subscription set endpoint = null, p256dh = null, auth = null, dropped_at = now()
  where endpoint = p_endpoint and login_id = me;
  return private.ok();
end $$;
create function api.drop_push_subscription(p_endpoint text) returns jsonb language sql volatile as $$
  select private.drop_push_subscription(p_endpoint)
$$;

-- A closed account keeps no device and no notice.
create function private.forget_devices() returns trigger language plpgsql as $$
begin
  delete from app.push_subscription where login_id = new.id;
  delete from app.notice where login_id = new.id;
  return null;
end $$;
create trigger login_closes_devices after update of email on app.login for each row
  when (new.email = 'closed-' || new.id || '@login.invalid') execute function private.forget_devices();

-- The push services of the browsers: Chrome and its kin, Firefox, Edge, Safari. Nothing else is accepted as an address,
-- or a caller could make the server call any host. `supabase/functions/deliver/hosts.ts` has the same list.
create function private.is_push_endpoint(p_endpoint text) returns boolean language sql immutable as $$
  select coalesce(length(p_endpoint) <= 1000 and p_endpoint ~ (
    '^https://(fcm\.googleapis\.com|jmt17\.google\.com|updates\.push\.services\.mozilla\.com'
    || '|[a-z0-9-]+\.notify\.windows\.com|web\.push\.apple\.com)/[!-~]*$'), false)
$$;
