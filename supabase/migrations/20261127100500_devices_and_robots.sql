-- Where notices may go: a person's own devices, a community's group robots. What is put in here never comes out to a client again.

-- The push services of the browsers: Chrome and its kin, Firefox, Edge, Safari. Nothing else is an address for a push: the server would
-- otherwise call wherever a caller points it. `supabase/functions/deliver/hosts.ts` has the same list.
create function private.is_push_endpoint(p_endpoint text) returns boolean language sql immutable as $$
  select coalesce(length(p_endpoint) <= 1000 and p_endpoint ~ ('^https://(fcm\.googleapis\.com|jmt17\.google\.com|updates\.push\.services\.mozilla\.com'
    || '|[a-z0-9-]+\.notify\.windows\.com|web\.push\.apple\.com)/[!-~]*$'), false)
$$;

-- A device that said yes. It belongs to the person who uses it last, and its keys prove that it is the same device: an address
-- alone takes nobody's notices away. A person has at most ten.
create function private.save_push_subscription(p_endpoint text, p_p256dh text, p_auth text, p_locale text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login(); v_id uuid;
begin
  if not private.is_push_endpoint(p_endpoint) then return private.no('invalid', '{"field":"endpoint"}'); end if;
  if length(p_p256dh) > 200 or coalesce(p_p256dh, '') !~ '^[A-Za-z0-9_-]{80,100}=*$' then return private.no('invalid', '{"field":"p256dh"}'); end if;
  if length(p_auth) > 100 or coalesce(p_auth, '') !~ '^[A-Za-z0-9_-]{16,40}=*$' then return private.no('invalid', '{"field":"auth"}'); end if;
  insert into app.push_subscription as s (id, login_id, endpoint, p256dh, auth, locale)
  values (private.uuid_v7(), me, p_endpoint, p_p256dh, p_auth, case when p_locale = 'en' then 'en' else 'zh-CN' end)
  on conflict (endpoint) do update set login_id = excluded.login_id, p256dh = excluded.p256dh, auth = excluded.auth, locale = excluded.locale
  where s.login_id = me or (s.p256dh, s.auth) = (excluded.p256dh, excluded.auth)
  returning id into v_id;
  if v_id is null then return private.no('forbidden'); end if;
  delete from app.push_subscription where login_id = me and (dropped_at is not null
    or id in (select id from app.push_subscription where login_id = me and dropped_at is null and id <> v_id order by id desc offset 9));
  return private.ok();
end $$;
create function api.save_push_subscription(p_endpoint text, p_p256dh text, p_auth text, p_locale text) returns jsonb language sql volatile as $$
  select private.save_push_subscription(p_endpoint, p_p256dh, p_auth, p_locale)
$$;

-- Switched off: address and keys go, and only that the person did not want it stays.
create function private.drop_push_subscription(p_endpoint text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  update app.push_subscription set endpoint = null, p256dh = null, auth = null, dropped_at = now() where endpoint = p_endpoint and login_id = me;
  return private.ok();
end $$;
create function api.drop_push_subscription(p_endpoint text) returns jsonb language sql volatile as $$
  select private.drop_push_subscription(p_endpoint)
$$;

-- The addresses under which each kind of robot lives; anything else would let a coordinator send the server somewhere.
create function private.is_webhook(p_kind app.robot_kind, p_webhook text) returns boolean language sql immutable as $$
  select case p_kind
    when 'wecom' then p_webhook ~ '^https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=[A-Za-z0-9-]{8,80}$'
    when 'dingtalk' then p_webhook ~ '^https://oapi\.dingtalk\.com/robot/send\?access_token=[A-Za-z0-9]{16,128}$'
    when 'feishu' then p_webhook ~ '^https://open\.(feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/[A-Za-z0-9-]{8,80}$' end
$$;
create function private.robot_seen(p_robot app.robot) returns jsonb language sql immutable as $$
  select jsonb_build_object('id', (p_robot).id, 'kind', (p_robot).kind, 'tail', right((p_robot).webhook, 4), 'state', (p_robot).state)
$$;

-- One robot of a kind per community; a new address is untested again.
create function private.set_robot(p_community_id uuid, p_kind text, p_webhook text, p_secret text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login(); b app.robot;
begin
  if not private.coordinates(me, p_community_id) then return private.no('forbidden'); end if;
  if not coalesce(p_kind = any (enum_range(null::app.robot_kind)::text[]), false) then return private.no('invalid', '{"field":"kind"}'); end if;
  if length(p_webhook) > 500 or not coalesce(private.is_webhook(p_kind::app.robot_kind, p_webhook), false) then return private.no('invalid', '{"field":"webhook"}'); end if;
  if length(p_secret) > 200 then return private.no('invalid', '{"field":"secret"}'); end if;
  insert into app.robot as r (id, community_id, kind, webhook, secret, created_by)
  values (private.uuid_v7(), p_community_id, p_kind::app.robot_kind, p_webhook, nullif(trim(p_secret), ''), me)
  on conflict on constraint robot_one_of_a_kind do update set webhook = excluded.webhook, secret = excluded.secret, state = 'untested', created_by = me
  returning * into b;
  return private.ok(jsonb_build_object('robot', private.robot_seen(b)));
end $$;
create function api.set_robot(p_community_id uuid, p_kind text, p_webhook text, p_secret text default null) returns jsonb language sql volatile as $$
  select private.set_robot(p_community_id, p_kind, p_webhook, p_secret)
$$;

create function private.drop_robot(p_robot_id uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  if not private.coordinates(me, (select community_id from app.robot where id = p_robot_id)) then return private.no('forbidden'); end if;
  delete from app.robot where id = p_robot_id;
  return private.ok();
end $$;
create function api.drop_robot(p_robot_id uuid) returns jsonb language sql volatile as $$ select private.drop_robot(p_robot_id) $$;

-- Has the robot say that it works; its state tells whether it did.
create function private.test_robot(p_robot_id uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login(); b app.robot;
begin
  select * into b from app.robot where id = p_robot_id;
  if not private.coordinates(me, b.community_id) then return private.no('forbidden'); end if;
  if not private.take_token('robot:' || p_robot_id, 3, 60) then return private.no('too_many_tries', '{"retry_after_s":60}'); end if;
  insert into app.delivery (id, robot_id, community_id, channel, state, content, next_at, created_at)
  values (private.uuid_v7(), b.id, b.community_id, 'robot', 'queued', '{"test":true}', now(), now());
  return private.ok();
end $$;
create function api.test_robot(p_robot_id uuid) returns jsonb language sql volatile as $$ select private.test_robot(p_robot_id) $$;

create function private.robots(p_community_id uuid) returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  if not private.coordinates(me, p_community_id) then return private.no('forbidden'); end if;
  return private.ok(jsonb_build_object('robots', (select coalesce(jsonb_agg(private.robot_seen(b) order by b.kind), '[]') from app.robot b where b.community_id = p_community_id)));
end $$;
create function api.robots(p_community_id uuid) returns jsonb language sql stable as $$ select private.robots(p_community_id) $$;
select private.apply_grants();
