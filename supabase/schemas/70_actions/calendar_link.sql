-- 日历订阅: an address at which the person's own calendar reads their duty. The function `calendar` serves it.

-- Whether the caller has such an address, since when, and when a calendar read it last.
create function private.calendar_link() returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  return private.ok(jsonb_build_object('link', (
    select private.calendar_link_seen(k) from app.calendar_link k where k.login_id = me)));
end $$;
create function api.calendar_link() returns jsonb language sql stable as $$ select private.calendar_link() $$;

-- Makes a new address, in the language of the phone, and ends the one before. Its token is answered once, and kept only
-- as a hash. For people who serve somewhere; ten an hour.
create function private.make_calendar_link(p_locale text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_token text := private.random_code(26);
  k app.calendar_link;
begin
  if not private.has_calendar(me) then return private.no('forbidden'); end if;
  if not private.take_token('calendar_link:' || me, 10, 3600) then
    return private.no('too_many_tries', jsonb_build_object('retry_after_s', private.rest_of_hour()));
  end if;
  insert into app.calendar_link as c (login_id, token_hash, locale)
  values (me, private.hash_token(v_token), case when p_locale = 'en' then 'en' else 'zh-CN' end)
  on conflict (login_id) do update
  set token_hash = excluded.token_hash, locale = excluded.locale, created_at = now(), read_at = null
  returning * into k;
  return private.ok(jsonb_build_object('token', v_token, 'link', private.calendar_link_seen(k)));
end $$;
create function api.make_calendar_link(p_locale text) returns jsonb language sql volatile as $$
  select private.make_calendar_link(p_locale)
$$;

-- Ends the address: a calendar that asks next is told that there is none.
create function private.drop_calendar_link() returns jsonb
language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  delete from app.calendar_link where login_id = me;
  return private.ok();
end $$;
create function api.drop_calendar_link() returns jsonb language sql volatile as $$
  select private.drop_calendar_link()
$$;

-- The duty behind an address, for the function `calendar`: {locale, turns}. Null for every token that opens nothing,
-- whatever the reason. An address is read sixty times an hour at most, then too_many_tries.
create function private.worker_calendar_feed(p_token text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare k app.calendar_link;
begin
  select * into k from app.calendar_link where token_hash = private.hash_token(left(p_token, 200));
  if k.login_id is null or not private.has_calendar(k.login_id) then return null; end if;
  if not private.take_token('calendar:' || k.login_id, 60, 3600) then
    return private.no('too_many_tries', jsonb_build_object('retry_after_s', private.rest_of_hour()));
  end if;
  update app.calendar_link set read_at = now()
  where login_id = k.login_id and coalesce(read_at < now() - interval '1 hour', true);
  return private.ok(jsonb_build_object('locale', k.locale, 'turns', private.calendar_turns(k.login_id, now())));
end $$;
create function api.worker_calendar_feed(p_token text) returns jsonb language sql volatile as $$
  select private.worker_calendar_feed(p_token)
$$;

-- A person's turns from 30 days back to 180 ahead: place and time, and nobody's name or number. One that they lost or
-- gave back stays for 30 days as cancelled, because a calendar may keep what it is not told of.
create function private.calendar_turns(p_login uuid, p_now timestamptz) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', a.id, 'starts_at', a.starts_at, 'ends_at', a.ends_at,
    'state', case
      when a.state in ('withdrawn', 'released', 'not_arrived') then 'cancelled'
      when a.state = 'assigned' then 'tentative' else 'confirmed' end,
    'post_name', p.name, 'place_name', pl.name, 'community_name', pl.community_name,
    'drill', coalesce(c.kind = 'drill', false),
    'changed_at', greatest(a.changed_at, p.updated_at)) order by a.starts_at, a.id), '[]')
  from app.responder r
  join app.assignment a on a.responder_id = r.id
  join app.shift s on s.id = a.shift_id
  join app.post p on p.id = s.post_id
  join private.place pl on pl.id = p.org_unit_id
  left join app.callout c on c.id = s.callout_id
  where r.login_id = p_login
    and a.ends_at > p_now - interval '30 days' and a.starts_at < p_now + interval '180 days'
    and (a.state not in ('withdrawn', 'released') or a.changed_at > p_now - interval '30 days')
$$;

-- Is this the login of somebody who serves in a community?
create function private.has_calendar(p_login uuid) returns boolean language sql stable as $$
  select exists (
    select from app.responder r
    join app.report_in i on i.responder_id = r.id
    where r.login_id = p_login and i.state <> 'ended')
$$;

-- What its person sees of an address: never the token.
create function private.calendar_link_seen(p_link app.calendar_link) returns jsonb language sql immutable as $$
  select jsonb_build_object('made_at', (p_link).created_at, 'read_at', (p_link).read_at)
$$;

-- Seconds until the present window of an hour is over (private.take_token).
create function private.rest_of_hour() returns int language sql stable as $$
  select 3600 - floor(extract(epoch from now()))::bigint % 3600
$$;
