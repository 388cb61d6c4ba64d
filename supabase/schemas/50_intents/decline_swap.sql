-- 不换: the colleague who was asked says no, and need not say why.
select private.learn_shape('decline_swap', '{"cover_id":"id"}');

create function mutator.decline_swap(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  c app.cover_request := private.hold_swap(p_actor, p_args);
begin
  if c.id is null then return private.refused('gone'); end if;
  if c.state = 'taken' then return private.refused('wrong_state'); end if;
  if c.state not in ('open', 'claimed') then return private.applied('already'); end if;
  update app.cover_request
  set state = 'withdrawn', taker_id = null, taker_assignment_id = null, back_assignment_id = null, claimed_at = null
  where id = c.id;
  perform private.tell('swap_declined', p_actor.now, p_actor.login_id, array[c.assignment_id], c.id::text);
  perform private.log_event(p_actor, 'swap_declined',
    (select community_id from app.shift where id = c.shift_id), p_actor.responder_id, c.shift_id, c.id);
  return private.applied();
end $$;
