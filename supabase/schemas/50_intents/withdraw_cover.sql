-- 不用顶了: the owner, or a coordinator, takes the request back. A person who had said yes is told,
-- and so is the owner of what a coordinator takes back.
select private.learn_shape('withdraw_cover', '{"cover_id":"id"}');

create function mutator.withdraw_cover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  c app.cover_request := private.hold_cover(private.try_uuid(p_args ->> 'cover_id'));
  v_community uuid;
begin
  if c.id is null then return private.refused('gone'); end if;
  select community_id into v_community from app.shift where id = c.shift_id;
  if private.acts_for_other(p_actor, c.responder_id) then
    perform private.require_coordinator(p_actor, v_community);
  end if;
  if c.state = 'taken' then return private.refused('wrong_state'); end if;
  if c.state not in ('open', 'claimed') then return private.applied('already'); end if;
  perform private.tell_askers(array[c.id], 'withdrawn', p_actor.now, p_actor.login_id, 'unasked');
  perform private.drop_claims(array[c.id], 'withdrawn', p_actor.now, p_actor.login_id, 'withdrawn');
  perform private.log_event(p_actor, 'cover_withdrawn', v_community, c.responder_id, c.shift_id, c.id);
  return private.applied();
end $$;
