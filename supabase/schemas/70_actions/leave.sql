-- Leaving a community, and closing an account (注销账号).

-- Ends one's report-in to a community, and with it every role one holds there; its coordinators are told. Refused while
-- one is on post there, and to the last who coordinates it.
create function private.leave_community(p_community uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  r app.responder;
  v_released jsonb;
begin
  perform private.lock_duty_of(me);
  select * into r from app.responder where login_id = me for no key update;
  if private.roles_in(me, p_community) = '[]' and not exists (
    select from app.report_in where responder_id = r.id and community_id = p_community and state <> 'ended') then
    return private.no('gone');
  end if;
  if exists (
    select from app.assignment a
    join app.shift s on s.id = a.shift_id
    where a.responder_id = r.id and a.state = 'on_post' and s.community_id = p_community) then
    return private.no('invalid', '{"field":"on_post"}');
  end if;
  if private.is_last_coordinator(me, p_community) then return private.no('last_coordinator'); end if;
  v_released := private.release_future(me, r.id, p_community);
  update app.report_in set state = 'ended' where responder_id = r.id and community_id = p_community;
  insert into app.event (id, at, kind, login_id, community_id, responder_id, detail)
  values (private.uuid_v7(), now(), 'left_community', me, p_community, r.id,
    jsonb_build_object('released', jsonb_array_length(v_released)));
  perform private.end_roles(me, r.id, p_community);
  return private.ok(jsonb_build_object('released', v_released));
end $$;
create function api.leave_community(p_community_id uuid) returns jsonb language sql volatile as $$
  select private.leave_community(p_community_id)
$$;

-- Closes one's own account. Coming assignments are released first, by name. Then contact, names, consents and login are
-- deleted, and the name is taken out of what others wrote. The responder row stays as 已注销人员 with its id.
create function private.close_account() returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  r app.responder;
  v_released jsonb := '[]';
  v_names text[];
  v_communities uuid[];
begin
  if private.is_admin(me) and (select count(distinct login_id) from app.role_grant where role = 'admin') = 1 then
    return private.no('last_admin');
  end if;
  perform private.lock_duty_of(me);
  select * into r from app.responder where login_id = me for no key update;
  if private.is_last_coordinator(me, null) then return private.no('last_coordinator'); end if;
  v_communities := private.communities_to_forget(me, r.id);
  select array[l.name, r.name, r.display_name] into v_names from app.login l where l.id = me;
  if r.id is not null then
    if exists (select from app.assignment where responder_id = r.id and state = 'on_post') then
      return private.no('invalid', '{"field":"on_post"}');
    end if;
    v_released := private.release_future(me, r.id, null);
    insert into app.event (id, at, kind, login_id, community_id, responder_id)
    select private.uuid_v7(), now(), 'account_closed', me, community_id, r.id
    from app.report_in where responder_id = r.id and state <> 'ended';
    perform private.lock_around(array[r.id], v_communities);
    -- what a page or a unit's list said of them waits under their number
    delete from app.report_form f using app.responder_contact c
    where c.responder_id = r.id and f.phone = c.phone and f.community_id = any (v_communities);
    update app.report_in set state = 'ended' where responder_id = r.id;
    delete from app.responder_contact where responder_id = r.id;
    delete from app.consent where responder_id = r.id;
    delete from app.invitation where responder_id = r.id;
    delete from app.import_change where record_id = r.id;
    delete from app.report_form where responder_id = r.id or login_id = me;
    delete from app.withheld_name where responder_id = r.id;
    update app.responder
    set login_id = null, state = 'closed', name = '已注销人员', display_name = null, pinyin = '', initials = '',
      skills = '{}', home_building_id = null, updated_at = now()
    where id = r.id;
  end if;
  -- the invitation they came by carries their name
  delete from app.invitation where login_id = me or email = (select email from app.login where id = me);
  update app.login
  set name = '已注销', sign_in_name = 'closed-' || replace(id::text, '-', ''),
    email = 'closed-' || id || '@login.invalid'
  where id = me;
  perform private.forget_words(v_names, v_communities, me);
  delete from app.role_grant where login_id = me;
  execute 'delete from auth.users where id = $1' using me;
  return private.ok(jsonb_build_object('released', v_released));
end $$;
create function api.close_account() returns jsonb language sql volatile as $$ select private.close_account() $$;

-- Would nobody coordinate a community any more without the person's roles in it, or (null) without any of their roles?
-- Nobody could call out its people then. The roles are locked: of the last two who leave at one moment, one stays.
create function private.is_last_coordinator(p_login uuid, p_community uuid) returns boolean language plpgsql as $$
begin
  perform from app.role_grant g
  where g.role = 'coordinator' and g.login_id in (
    select unnest(private.coordinators_of(c)) from private.communities_of(p_login) c
    where p_community is null or c = p_community)
  order by g.id for update;
  return exists (
    select from private.communities_of(p_login) c
    join app.org_unit u on u.id = c
    where (p_community is null or c = p_community) and private.coordinators_of(c) = array[p_login]
      -- a role above the community stays when one leaves it
      and (p_community is null or not private.reaches(p_login, u.parent_id, '{coordinator}')));
end $$;

-- Releases a person's coming assignments, in one community or (null) in all, ends their turns in queues, drafts and
-- offers, lets go what they said yes to and wait for, which who had asked is told, and answers which assignments it
-- released.
create function private.release_future(
  p_login uuid, p_responder uuid, p_community uuid, p_now timestamptz default now())
returns jsonb language plpgsql as $$
declare
  out jsonb := '[]';
  x record;
  v_claimed uuid[];
begin
  for x in
    select s.id as shift_id, a.id, a.starts_at, pl.name from app.assignment a
    join app.shift s on s.id = a.shift_id
    join app.post p on p.id = s.post_id
    join private.place pl on pl.id = p.org_unit_id
    where a.responder_id = p_responder and a.state in ('assigned', 'accepted') and s.ends_at > p_now
      and (p_community is null or s.community_id = p_community)
    order by s.id
  loop
    perform from app.shift where id = x.shift_id for no key update;
    update app.assignment set state = 'released' where id = x.id and state in ('assigned', 'accepted');
    continue when not found;
    perform private.free_place(x.shift_id, p_now);
    perform private.tell_place_open(x.shift_id, p_now, p_login);
    out := out || jsonb_build_object('starts_at', x.starts_at, 'place_name', x.name);
  end loop;
  for x in
    select w.id, w.shift_id, w.state, w.created_at from app.waitlist_entry w
    join app.shift s on s.id = w.shift_id
    where w.responder_id = p_responder and w.state in ('waiting', 'held')
      and (p_community is null or s.community_id = p_community)
    order by w.shift_id
  loop
    update app.waitlist_entry set state = 'left', hold_until = null where id = x.id;
    if x.state = 'held' then update app.shift set held = held - 1 where id = x.shift_id; end if;
    perform private.hold_next(x.shift_id, p_now);
    perform private.tell_place_open(x.shift_id, p_now, p_login, x.created_at);
  end loop;
  v_claimed := array(
    select c.id from app.cover_request c
    join app.shift s on s.id = c.shift_id
    where c.taker_id = p_responder and c.state = 'claimed' and (p_community is null or s.community_id = p_community));
  perform private.tell_askers(v_claimed, 'open', p_now, p_login, 'untaken'),
    private.tell_wanted_again(v_claimed, p_now, p_login);
  update app.cover_request set state = 'open', taker_id = null, taker_assignment_id = null,
    back_assignment_id = null, claimed_at = null
  where id = any (v_claimed);
  delete from app.draft_assignment d using app.shift s
  where s.id = d.shift_id and d.responder_id = p_responder and (p_community is null or s.community_id = p_community);
  update app.offer o set state = 'withdrawn', reason = 'left'
  from app.callout c
  where c.id = o.callout_id and o.responder_id = p_responder and o.state in ('sent', 'expired')
    and (p_community is null or c.community_id = p_community);
  return out;
end $$;

-- Locks every shift on which a person serves, waits or covers, in id order and before the person, as everywhere.
create function private.lock_duty_of(p_login uuid) returns void language plpgsql as $$
begin
  perform from app.shift
  where id in (
    select a.shift_id from app.assignment a
    join app.responder r on r.id = a.responder_id
    where r.login_id = p_login
    union
    select w.shift_id from app.waitlist_entry w
    join app.responder r on r.id = w.responder_id
    where r.login_id = p_login
    union
    select c.shift_id from app.cover_request c
    join app.responder r on r.id = c.taker_id
    where r.login_id = p_login)
  order by id for no key update;
end $$;
