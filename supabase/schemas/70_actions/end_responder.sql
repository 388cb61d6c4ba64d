-- Taking one person off a community's list.

-- Ends the person's report-in here, and with it their roles in this community and the links that rested on it. Where
-- they have coming duty or a role, it is first answered with what would be lost (has_duty); with p_release the duty is
-- released by name. A record that nothing hangs on is deleted. Nobody takes off themselves: their own role would go.
create function private.end_responder(p_responder uuid, p_community uuid, p_release boolean) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_released jsonb;
  v_removed boolean := false;
  v_login uuid;
  v_duty jsonb;
  v_roles jsonb;
begin
  if not private.may_import(me, 'responder', p_community) then return private.no('forbidden'); end if;
  perform private.lock_duty_of_responder(p_responder);
  select login_id into v_login from app.responder where id = p_responder for no key update;
  if not private.is_listed(p_responder, p_community) then return private.no('gone'); end if;
  if v_login = me then return private.no('invalid', '{"field":"self"}'); end if;
  if private.is_on_post(p_responder, p_community) then return private.no('invalid', '{"field":"on_post"}'); end if;
  v_duty := private.coming_duty(p_responder, p_community);
  v_roles := private.roles_in(v_login, p_community);
  if not coalesce(p_release, false) and (v_duty <> '[]' or v_roles <> '[]') then
    return private.no('has_duty', jsonb_build_object('duty', v_duty, 'roles', v_roles));
  end if;
  v_released := private.release_future(me, p_responder, p_community);
  if private.is_bare(p_responder, p_community) then
    begin
      perform private.remove_record('responder', p_responder);
      v_removed := true;
    exception when foreign_key_violation then null; -- something hangs on the record after all, so it is ended
    end;
  end if;
  if not v_removed then
    update app.report_in set state = 'ended' where responder_id = p_responder and community_id = p_community;
    insert into app.event (id, at, kind, login_id, community_id, responder_id, reason, detail)
    values (private.uuid_v7(), now(), 'left_community', me, p_community, p_responder, 'by_coordinator',
      jsonb_build_object('released', jsonb_array_length(v_released)));
    perform private.end_roles(v_login, p_responder, p_community);
  end if;
  return private.ok(jsonb_build_object('released', v_released, 'removed', v_removed));
end $$;
create function api.end_responder(p_responder_id uuid, p_community_id uuid, p_release boolean default false)
returns jsonb language sql volatile as $$
  select private.end_responder(p_responder_id, p_community_id, p_release)
$$;

-- The assignments in a community that would be released if a person left it.
create function private.coming_duty(p_responder uuid, p_community uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(private.duty_in_words(a) order by a.starts_at), '[]')
  from app.assignment a
  join app.shift s on s.id = a.shift_id
  where a.responder_id = p_responder and s.community_id = p_community and a.state in ('assigned', 'accepted')
    and s.ends_at > now()
$$;

-- The roles that a login holds in a community, and at which of its units.
create function private.roles_in(p_login uuid, p_community uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'place_name', pl.name) order by g.role, pl.name), '[]')
  from app.role_grant g
  join app.org_unit u on u.id = g.org_unit_id
  join private.place pl on pl.id = u.id
  where g.login_id = p_login and u.community_id = p_community
$$;

-- Ends the roles of a person who leaves a community, and the unused links to them that rested on their place in it.
create function private.end_roles(p_login uuid, p_responder uuid, p_community uuid) returns void language sql as $$
  delete from app.role_grant g using app.org_unit u
  where u.id = g.org_unit_id and u.community_id = p_community and g.login_id = p_login;
  update app.invitation i set revoked_at = now()
  where (i.responder_id = p_responder or i.login_id = p_login) and i.used_at is null and i.revoked_at is null
    and not private.still_stands(i)
$$;

-- Is there nothing but the entry on this one list? Then the record was a slip of the pen, or never used.
create function private.is_bare(p_responder uuid, p_community uuid) returns boolean language sql stable as $$
  select not exists (
      select from app.responder r where r.id = p_responder and (r.login_id is not null or r.joined_to is not null))
    and not exists (
      select from app.report_in i where i.responder_id = p_responder and i.community_id <> p_community)
    and not exists (select from app.assignment a where a.responder_id = p_responder)
    and not exists (select from app.offer o where o.responder_id = p_responder)
    and not exists (select from app.event e where e.responder_id = p_responder)
$$;

-- Locks every shift on which a person serves, waits or covers, in id order and before the person, as everywhere.
create function private.lock_duty_of_responder(p_responder uuid) returns void language sql volatile as $$
  select s.id from app.shift s
  where s.id in (
    select a.shift_id from app.assignment a where a.responder_id = p_responder
    union
    select w.shift_id from app.waitlist_entry w where w.responder_id = p_responder
    union
    select c.shift_id from app.cover_request c where c.taker_id = p_responder)
  order by s.id for no key update
$$;
