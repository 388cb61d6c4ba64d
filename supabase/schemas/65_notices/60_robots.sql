-- The group robots of a community. An address or secret that is put in here never comes out to a client again.

-- The robots of a community, for its coordinators.
create function private.robots(p_community_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  if not private.coordinates(me, p_community_id) then return private.no('forbidden'); end if;
  return private.ok(jsonb_build_object('robots', (
    select coalesce(jsonb_agg(private.robot_seen(b) order by b.kind), '[]')
    from app.robot b where b.community_id = p_community_id)));
end $$;
create function api.robots(p_community_id uuid) returns jsonb language sql stable as $$
  select private.robots(p_community_id)
$$;

-- Adds a robot, or gives it another address: one of a kind per community. A new address is untested.
create function private.set_robot(p_community_id uuid, p_kind text, p_webhook text, p_secret text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  b app.robot;
begin
  if not private.coordinates(me, p_community_id) then return private.no('forbidden'); end if;
  if not coalesce(p_kind = any (enum_range(null::app.robot_kind)::text[]), false) then
    return private.no('invalid', '{"field":"kind"}');
  end if;
  if length(p_webhook) > 500 or not coalesce(private.is_webhook(p_kind::app.robot_kind, p_webhook), false) then
    return private.no('invalid', '{"field":"webhook"}');
  end if;
  if length(p_secret) > 200 then return private.no('invalid', '{"field":"secret"}'); end if;
  insert into app.robot as r (id, community_id, kind, webhook, secret, created_by)
  values (private.uuid_v7(), p_community_id, p_kind::app.robot_kind, p_webhook, nullif(trim(p_secret), ''), me)
  on conflict on constraint robot_one_of_a_kind do update
  set webhook = excluded.webhook, secret = excluded.secret, state = 'untested', created_by = me
  returning * into b;
  return private.ok(jsonb_build_object('robot', private.robot_seen(b)));
end $$;
create function api.set_robot(p_community_id uuid, p_kind text, p_webhook text, p_secret text default null)
returns jsonb language sql volatile as $$
  select private.set_robot(p_community_id, p_kind, p_webhook, p_secret)
$$;

-- Removes a robot; nothing more is sent to its group.
create function private.drop_robot(p_robot_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  if not private.coordinates(me, (select community_id from app.robot where id = p_robot_id)) then
    return private.no('forbidden');
  end if;
  delete from app.robot where id = p_robot_id;
  return private.ok();
end $$;
create function api.drop_robot(p_robot_id uuid) returns jsonb language sql volatile as $$
  select private.drop_robot(p_robot_id)
$$;

-- Sends a test message to the robot's group, at most three a minute; the robot's state then tells whether it arrived.
create function private.test_robot(p_robot_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  b app.robot;
begin
  select * into b from app.robot where id = p_robot_id;
  if not private.coordinates(me, b.community_id) then return private.no('forbidden'); end if;
  if not private.take_token('robot:' || p_robot_id, 3, 60) then
    return private.no('too_many_tries', '{"retry_after_s":60}');
  end if;
  insert into app.delivery (id, robot_id, community_id, channel, state, content, next_at, created_at)
  values (private.uuid_v7(), b.id, b.community_id, 'robot', 'queued', '{"test":true}', now(), now());
  return private.ok();
end $$;
create function api.test_robot(p_robot_id uuid) returns jsonb language sql volatile as $$
  select private.test_robot(p_robot_id)
$$;

-- What clients see of a robot: the last four characters of its address, no secret.
create function private.robot_seen(p_robot app.robot) returns jsonb language sql immutable as $$
  select jsonb_build_object('id', (p_robot).id, 'kind', (p_robot).kind, 'tail', right((p_robot).webhook, 4),
    'state', (p_robot).state)
$$;

-- Is this an address of that kind of robot? Nothing else is accepted, or a coordinator could make the server call any
-- host.
create function private.is_webhook(p_kind app.robot_kind, p_webhook text) returns boolean language sql immutable as $$
  select case p_kind
    when 'wecom' then p_webhook ~ '^https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=[A-Za-z0-9-]{8,80}$'
    when 'dingtalk' then p_webhook ~ '^https://oapi\.dingtalk\.com/robot/send\?access_token=[A-Za-z0-9]{16,128}$'
    when 'feishu' then
      p_webhook ~ '^https://open\.(feishu\.cn|larksuite\.com)/open-apis/bot/v2/hook/[A-Za-z0-9-]{8,80}$' end
$$;
