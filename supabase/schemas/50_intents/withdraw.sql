-- Gives back one's own place, assigned or accepted, before being on post.
select private.learn_shape('withdraw', '{"assignment_id":"id","reason":"one work ill away other"}');

create function mutator.withdraw(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  a app.assignment;
  v_reason text := left(p_args ->> 'reason', 20);
begin
  select shift_id into a.shift_id from app.assignment
  where id = private.try_uuid(p_args ->> 'assignment_id') and responder_id = p_actor.responder_id;
  if not found then return private.refused('gone'); end if;
  perform from app.shift where id = a.shift_id for no key update;
  select * into a from app.assignment where id = (p_args ->> 'assignment_id')::uuid for no key update;
  if a.state in ('withdrawn', 'released') then return private.applied('already'); end if;
  if a.state not in ('assigned', 'accepted') then return private.refused('wrong_state'); end if;
  update app.assignment set state = 'withdrawn', left_because = v_reason where id = a.id;
  perform private.free_place(a.shift_id, p_actor.now);
  perform private.tell_place_open(a.shift_id, p_actor.now, p_actor.login_id);
  perform private.log_event(p_actor, 'withdrew', (select community_id from app.shift where id = a.shift_id),
    a.responder_id, a.shift_id, a.id);
  return private.applied();
end $$;
