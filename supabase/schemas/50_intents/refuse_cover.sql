-- 不批准顶班: a coordinator says no to the one who said yes. The request is open again, and the owner, who is told, as
-- responsible as before.
select private.learn_shape('refuse_cover', '{"cover_id":"id","assignment_id":"id","reason":"text 2000"}');

create function mutator.refuse_cover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  c app.cover_request := private.hold_cover(private.try_uuid(p_args ->> 'cover_id'));
  v_community uuid;
begin
  if c.id is null then return private.refused('gone'); end if;
  select community_id into v_community from app.shift where id = c.shift_id;
  perform private.require_coordinator(p_actor, v_community);
  if c.taker_id is null then return private.applied('already'); end if;
  if c.taker_assignment_id is distinct from private.try_uuid(p_args ->> 'assignment_id') then
    return private.refused('wrong_state');
  end if;
  if c.state <> 'claimed' then return private.refused('wrong_state'); end if;
  perform private.tell_askers(array[c.id], 'open', p_actor.now, p_actor.login_id, 'refused');
  perform private.drop_claims(array[c.id], 'open', p_actor.now, p_actor.login_id, 'refused', p_args ->> 'reason');
  perform private.log_event(p_actor, 'cover_refused', v_community, c.taker_id, c.shift_id, c.id);
  return private.applied();
end $$;
