-- 销假: an absence is taken back, or ends before its time; by the person, or by a coordinator of theirs. Its reason goes.
select private.learn_shape('end_absence', '{"absence_id":"id"}');

create function mutator.end_absence(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare x app.absence;
begin
  select * into x from app.absence where id = private.try_uuid(p_args ->> 'absence_id');
  if not found then return private.refused('gone'); end if;
  perform from app.responder where id = x.responder_id for no key update;
  perform private.require_say_over(p_actor, x.responder_id);
  update app.absence set ended_at = p_actor.now, reason = null where id = x.id and ended_at is null;
  if not found then return private.applied('already'); end if;
  perform private.log_event(p_actor, 'absence_ended', null, x.responder_id, null, x.id);
  return private.applied();
end $$;
