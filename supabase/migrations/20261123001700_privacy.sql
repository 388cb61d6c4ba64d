-- Numbers shown by name and logged, feedback, leaving a community, closing an account.

-- Roles that lead people: their subtree must hold the person's live shift.
create function private.may_reveal(p_login uuid, p_responder uuid) returns boolean language sql stable as $$
  select private.coordinates_person(p_login, p_responder)
    or exists (
      select from app.assignment a join app.shift s on s.id = a.shift_id join app.post p on p.id = s.post_id
      where a.responder_id = p_responder and a.state in ('accepted', 'on_post') and now() between a.starts_at - interval '30 minutes' and a.ends_at
        and (private.reaches(p_login, p.org_unit_id, '{building_lead,grid_lead}')
          or exists (select from app.assignment m join app.responder me on me.id = m.responder_id
            where me.login_id = p_login and m.shift_id = a.shift_id and m.state in ('accepted', 'on_post'))))
$$;

-- Are there words in it: at least two letters or Han characters? Blanks, digits and punctuation are no reason. As in src/domain/reason.ts.
create function private.says_something(p_text text) returns boolean language sql immutable as $$
  select length(regexp_replace(coalesce(p_text, ''), '[^A-Za-z\u00C0-\u024F\u3400-\u4DBF\u4E00-\u9FFF]', '', 'g')) >= 2
$$;

create function private.reveal_contact(p_responder uuid, p_reason text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login(); v_phone text; v_until timestamptz;
begin
  if not private.may_reveal(me, p_responder) then return private.no('not_on_duty_together'); end if;
  if length(p_reason) > 2000 or not private.says_something(p_reason) then return private.no('invalid', '{"field":"reason"}'); end if;
  -- a list is not copied by looking at it person by person
  if not private.take_token('reveal:' || me, 20, 3600) then return private.no('too_many_tries', '{"retry_after_s":3600}'); end if;
  select phone into v_phone from app.responder_contact where responder_id = p_responder;
  if v_phone is null then return private.no('no_contact'); end if;
  select coalesce(min(ends_at), now() + interval '15 minutes') into v_until from app.assignment
  where responder_id = p_responder and state in ('accepted', 'on_post') and now() between starts_at - interval '30 minutes' and ends_at;
  insert into app.contact_reveal (id, responder_id, login_id, reason, until) values (private.uuid_v7(), p_responder, me, left(trim(p_reason), 200), v_until);
  return private.ok(jsonb_build_object('phone', v_phone, 'until', v_until));
end $$;
create function api.reveal_contact(p_responder_id uuid, p_reason text) returns jsonb language sql volatile as $$
  select private.reveal_contact(p_responder_id, p_reason)
$$;

create function private.feedback(p_text text, p_page text, p_door_code text) returns jsonb language plpgsql security definer set search_path = '' as $$
begin
  if not private.take_token('feedback:' || coalesce(private.login_id()::text, private.caller_address()), 10, 60) then return private.no('too_many_tries', '{"retry_after_s":60}'); end if;
  if length(p_text) > 4000 or length(coalesce(trim(p_text), '')) not between 1 and 2000 then return private.no('invalid', '{"field":"text"}'); end if;
  insert into app.feedback (id, login_id, community_id, text, page)
  values (private.uuid_v7(), private.login_id(), (select community_id from app.org_unit where door_code = private.normal_code(p_door_code)), trim(p_text), left(p_page, 200));
  return private.ok();
end $$;
create function api.feedback(p_text text, p_page text default null, p_door_code text default null) returns jsonb language sql volatile as $$
  select private.feedback(p_text, p_page, p_door_code)
$$;

-- A resident asks for help at the door; the community's coordinators see it at once.
create function private.request_help(p_code text, p_text text, p_contact text) returns jsonb language plpgsql security definer set search_path = '' as $$
declare b app.org_unit; v_id uuid := private.uuid_v7();
begin
  if not private.take_token('help:' || private.caller_address() || private.normal_code(p_code), 5, 60) then return private.no('too_many_tries', '{"retry_after_s":60}'); end if;
  if length(p_text) > 1000 or length(p_contact) > 1000 or length(coalesce(trim(p_text), '')) not between 1 and 500 then return private.no('invalid', '{"field":"text"}'); end if;
  select * into b from app.org_unit where door_code = private.normal_code(p_code);
  if not found then return private.no('gone'); end if;
  -- a number written among the words is moved to where it is called from: words keep none
  insert into app.request (id, building_id, community_id, text, contact)
  values (v_id, b.id, b.community_id, trim(p_text), coalesce(nullif(left(trim(p_contact), 40), ''), private.number_in(p_text)));
  insert into app.event (id, at, kind, community_id, subject_id) values (private.uuid_v7(), now(), 'help_request', b.community_id, v_id);
  return private.ok();
end $$;
create function api.request_help(p_code text, p_text text, p_contact text default null) returns jsonb language sql volatile as $$
  select private.request_help(p_code, p_text, p_contact)
$$;

-- Locks every shift a person has to do with, in id order and before the person, as everywhere.
create function private.lock_duty_of(p_login uuid) returns void language plpgsql as $$
begin
  perform from app.shift where id in (
    select a.shift_id from app.assignment a join app.responder r on r.id = a.responder_id where r.login_id = p_login
    union select w.shift_id from app.waitlist_entry w join app.responder r on r.id = w.responder_id where r.login_id = p_login) order by id for no key update;
end $$;

-- Releases a person's coming duty, optionally in one community, lets his places in queues go, and answers what was released.
create function private.release_future(p_login uuid, p_responder uuid, p_community uuid, p_now timestamptz default now()) returns jsonb language plpgsql as $$
declare out jsonb := '[]'; x record;
begin
  for x in
    select s.id as shift_id, a.id, a.starts_at, pl.name from app.assignment a join app.shift s on s.id = a.shift_id join app.post p on p.id = s.post_id join private.place pl on pl.id = p.org_unit_id
    where a.responder_id = p_responder and a.state in ('assigned', 'accepted') and s.ends_at > p_now and (p_community is null or s.community_id = p_community) order by s.id
  loop
    perform from app.shift where id = x.shift_id for no key update;
    update app.assignment set state = 'released' where id = x.id and state in ('assigned', 'accepted');
    continue when not found;
    perform private.free_place(x.shift_id, p_now);
    out := out || jsonb_build_object('starts_at', x.starts_at, 'place_name', x.name);
  end loop;
  for x in
    select w.id, w.shift_id, w.state from app.waitlist_entry w join app.shift s on s.id = w.shift_id
    where w.responder_id = p_responder and w.state in ('waiting', 'held') and (p_community is null or s.community_id = p_community) order by w.shift_id
  loop
    update app.waitlist_entry set state = 'left', hold_until = null where id = x.id;
    continue when x.state <> 'held';
    update app.shift set held = held - 1 where id = x.shift_id;
    perform private.hold_next(x.shift_id, p_now);
  end loop;
  delete from app.draft_assignment d using app.shift s where s.id = d.shift_id and d.responder_id = p_responder and (p_community is null or s.community_id = p_community);
  update app.offer o set state = 'withdrawn', reason = 'left' from app.callout c
  where c.id = o.callout_id and o.responder_id = p_responder and o.state in ('sent', 'expired') and (p_community is null or c.community_id = p_community);
  return out;
end $$;

create function private.leave_community(p_community uuid) returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login(); r app.responder; v_released jsonb;
begin
  perform private.lock_duty_of(me);
  select * into r from app.responder where login_id = me for no key update;
  if not exists (select from app.report_in where responder_id = r.id and community_id = p_community and state <> 'ended') then return private.no('gone'); end if;
  if exists (select from app.assignment a join app.shift s on s.id = a.shift_id where a.responder_id = r.id and a.state = 'on_post' and s.community_id = p_community) then
    return private.no('invalid', '{"field":"on_post"}');
  end if;
  v_released := private.release_future(me, r.id, p_community);
  update app.report_in set state = 'ended' where responder_id = r.id and community_id = p_community;
  insert into app.event (id, at, kind, login_id, community_id, responder_id, detail)
  values (private.uuid_v7(), now(), 'left_community', me, p_community, r.id, jsonb_build_object('released', jsonb_array_length(v_released)));
  return private.ok(jsonb_build_object('released', v_released));
end $$;
create function api.leave_community(p_community_id uuid) returns jsonb language sql volatile as $$ select private.leave_community(p_community_id) $$;

-- Future places first, by name; then contact, names, consents and the login go, and the name out of what others wrote. The responder row stays
-- as 已注销人员 with its id.
create function private.close_account() returns jsonb language plpgsql security definer set search_path = '' as $$
declare me uuid := private.require_login(); r app.responder; v_released jsonb := '[]'; v_names text[]; v_communities uuid[];
begin
  if private.is_admin(me) and (select count(distinct login_id) from app.role_grant where role = 'admin') = 1 then return private.no('last_admin'); end if;
  perform private.lock_duty_of(me);
  select * into r from app.responder where login_id = me for no key update;
  v_communities := private.communities_to_forget(me, r.id);
  select array[l.name, r.name, r.display_name] into v_names from app.login l where l.id = me;
  if r.id is not null then
    if exists (select from app.assignment where responder_id = r.id and state = 'on_post') then return private.no('invalid', '{"field":"on_post"}'); end if;
    v_released := private.release_future(me, r.id, null);
    insert into app.event (id, at, kind, login_id, community_id, responder_id)
    select private.uuid_v7(), now(), 'account_closed', me, community_id, r.id from app.report_in where responder_id = r.id and state <> 'ended';
    update app.report_in set state = 'ended' where responder_id = r.id;
    delete from app.responder_contact where responder_id = r.id;
    delete from app.consent where responder_id = r.id;
    delete from app.invitation where responder_id = r.id;
    update app.responder set login_id = null, state = 'closed', name = '已注销人员', display_name = null, pinyin = '', initials = '', skills = '{}',
      home_building_id = null, updated_at = now() where id = r.id;
  end if;
  -- the link he came by carries his name
  delete from app.invitation where login_id = me or email = (select email from app.login where id = me);
  update app.login set name = '已注销', sign_in_name = 'closed-' || replace(id::text, '-', ''), email = 'closed-' || id || '@login.invalid' where id = me;
  perform private.forget_words(v_names, v_communities, me);
  delete from app.role_grant where login_id = me;
  execute 'delete from auth.users where id = $1' using me;
  return private.ok(jsonb_build_object('released', v_released));
end $$;
create function api.close_account() returns jsonb language sql volatile as $$ select private.close_account() $$;
