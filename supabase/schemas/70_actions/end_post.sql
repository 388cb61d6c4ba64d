-- Giving up one post.

-- Ends a post. Where shifts are planned or open there, it first answers how many, and who serves on them when
-- (has_duty); with p_release they are called off and their people released by name. A post that never had a shift is
-- deleted. Refused while somebody is on post there, or a call-out runs there (in_use): that is stood down first.
create function private.end_post(p_id uuid, p_community uuid, p_release boolean) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_shifts uuid[];
  v_duty jsonb;
  v_actor private.actor := row(me, null, null, now(), null);
begin
  if not private.may_import(me, 'post', p_community) then return private.no('forbidden'); end if;
  perform private.hold_draft_roster(array(
    select id from app.shift where post_id = p_id and community_id = p_community and ends_at > now()));
  select array_agg(s.id) into v_shifts from (
    select id from app.shift
    where post_id = p_id and community_id = p_community and state in ('draft', 'open') and ends_at > now()
    order by id for no key update) s;
  perform from app.post where id = p_id and community_id = p_community and ended_at is null for no key update;
  if not found then return private.no('gone'); end if;
  if exists (select from app.assignment where shift_id = any (v_shifts) and state = 'on_post') then
    return private.no('invalid', '{"field":"on_post"}');
  end if;
  if exists (
    select from app.shift s
    join app.callout c on c.id = s.callout_id
    where s.id = any (v_shifts) and c.state not in ('stood_down', 'closed')) then
    return private.no('in_use', '{"callouts":1}');
  end if;
  select coalesce(jsonb_agg(private.duty_in_words(a) || jsonb_build_object('name', r.name)
    order by a.starts_at, r.name), '[]') into v_duty
  from app.assignment a
  join app.responder r on r.id = a.responder_id
  where a.shift_id = any (v_shifts) and a.state in ('assigned', 'accepted');
  if v_shifts is not null and not coalesce(p_release, false) then
    return private.no('has_duty', jsonb_build_object('shifts', cardinality(v_shifts), 'duty', v_duty));
  end if;
  perform private.drop_drafts(v_actor, array(
    select id from app.shift where id = any (v_shifts) and state = 'draft'));
  perform private.note_edit(v_actor, v_shifts, 'cancelled');
  perform private.release_shifts(v_actor, array(
    select id from app.shift where id = any (v_shifts) and state = 'open'), 'cancelled', null);
  begin
    delete from app.post where id = p_id;
  exception when foreign_key_violation then -- shifts were served here
    update app.post set ended_at = now(), updated_at = clock_timestamp() where id = p_id;
  end;
  return private.ok(jsonb_build_object('released', v_duty));
end $$;
create function api.end_post(p_id uuid, p_community_id uuid, p_release boolean default false) returns jsonb
language sql volatile as $$
  select private.end_post(p_id, p_community_id, p_release)
$$;
