-- 意见反馈: words about the app from anybody, signed in or at a door; ten a minute. The coordinators of a community read
-- what was written at its doors and by its people, without a name; the rest waits for the operator of the server.
create function private.feedback(p_text text, p_page text, p_door_code text, p_community uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  b app.org_unit;
  v_id uuid := private.uuid_v7();
  v_community uuid;
begin
  if not private.take_token(
    'feedback:' || coalesce(private.login_id()::text, private.caller_address()), 10, 60) then
    return private.no('too_many_tries', '{"retry_after_s":60}');
  end if;
  if length(p_text) > 4000 or length(coalesce(trim(p_text), '')) not between 1 and 2000 then
    return private.no('invalid', '{"field":"text"}');
  end if;
  if p_community is not null and not exists (
    select from private.communities_of(private.login_id()) c where c = p_community) then
    return private.no('forbidden');
  end if;
  select * into b from app.org_unit where door_code = private.normal_code(p_door_code);
  v_community := coalesce(b.community_id, p_community);
  insert into app.feedback (id, login_id, community_id, text, page)
  values (v_id, private.login_id(), v_community, trim(p_text), left(p_page, 200));
  if v_community is not null then
    insert into app.event (id, at, kind, community_id, subject_id, detail)
    values (private.uuid_v7(), now(), case when b.id is null then 'member_feedback' else 'door_feedback' end,
      v_community, v_id, case when b.id is not null then jsonb_build_object('building_id', b.id) end);
  end if;
  return private.ok();
end $$;
create function api.feedback(
  p_text text, p_page text default null, p_door_code text default null, p_community_id uuid default null)
returns jsonb language sql volatile as $$
  select private.feedback(p_text, p_page, p_door_code, p_community_id)
$$;

-- A resident asks for help at the door, five times a minute at most; the community's coordinators see it at once. All
-- doors together take thirty a minute from one address, because a program could name another code each time.
create function private.request_help(p_code text, p_text text, p_contact text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  b app.org_unit;
  v_id uuid := private.uuid_v7();
begin
  if not private.take_token('help_from:' || private.caller_address(), 30, 60)
    or not private.take_token('help:' || private.caller_address() || private.normal_code(p_code), 5, 60) then
    return private.no('too_many_tries', '{"retry_after_s":60}');
  end if;
  if length(p_text) > 1000 or length(p_contact) > 1000
    or length(coalesce(trim(p_text), '')) not between 1 and 500 then
    return private.no('invalid', '{"field":"text"}');
  end if;
  select * into b from app.org_unit where door_code = private.normal_code(p_code);
  if not found then return private.no('gone'); end if;
  -- words keep no number: one written among them becomes the contact, from which people can call it; full-width
  -- digits become plain ones, which a phone can dial
  insert into app.request (id, building_id, community_id, text, contact)
  values (v_id, b.id, b.community_id, trim(p_text),
    coalesce(nullif(left(trim(normalize(p_contact, nfkc)), 40), ''), private.number_in(p_text)));
  insert into app.event (id, at, kind, community_id, subject_id)
  values (private.uuid_v7(), now(), 'help_request', b.community_id, v_id);
  return private.ok();
end $$;
create function api.request_help(p_code text, p_text text, p_contact text default null) returns jsonb
language sql volatile as $$
  select private.request_help(p_code, p_text, p_contact)
$$;
