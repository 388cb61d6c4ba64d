-- 请求增援: asks another community of the street for people for one slot.
select private.learn_shape('request_reinforcement', '{"reinforcement_id":"id","ladder_id":"id","to_community_id":"id",
  "people":"int 1 200","note":"text 2000"}');

create function mutator.request_reinforcement(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  l app.ladder;
  c app.callout;
  v_id uuid := private.try_uuid(p_args ->> 'reinforcement_id');
  v_to uuid := private.try_uuid(p_args ->> 'to_community_id');
begin
  if v_id is null then return private.invalid('reinforcement_id'); end if;
  select * into l from app.ladder where id = private.try_uuid(p_args ->> 'ladder_id');
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, l.community_id);
  select * into c from app.callout where id = l.callout_id for no key update;
  if exists (select from app.reinforcement where id = v_id) then return private.applied('already'); end if;
  if c.state not in ('open', 'filled') or c.attention <> 'none' or l.slot_ends_at <= p_actor.now then
    return private.refused('not_open');
  end if;
  if not exists (
    select from app.org_unit a
    join app.org_unit b on a.parent_id = b.parent_id and b.level = 'community' and b.id <> a.id
    where a.id = l.community_id and b.id = v_to) then
    return private.invalid('to_community_id');
  end if;
  if exists (select from app.reinforcement
    where ladder_id = l.id and to_community_id = v_to and state = 'asked') then
    return private.applied('already');
  end if;
  insert into app.reinforcement (id, ladder_id, from_community_id, to_community_id, people, note, asked_at, asked_by)
  values (v_id, l.id, l.community_id, v_to, (p_args ->> 'people')::int, private.plain_words(p_args ->> 'note'),
    p_actor.now, p_actor.login_id);
  perform private.log_event(p_actor, 'reinforcement_asked', v_to, null, null, v_id, null,
    jsonb_build_object('people', (p_args ->> 'people')::int));
  perform private.notify(p_actor.now, private.coordinators_of(v_to), 'reinforcement', v_to, l.callout_id, null, v_id,
    'asked');
  return private.applied();
end $$;
