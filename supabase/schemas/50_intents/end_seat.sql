-- The holder of a seat gives it up: it stands empty, with the day, until somebody is invited.
select private.learn_shape('end_seat', '{"seat_id":"id","ended_on":"text 10"}');

create function mutator.end_seat(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  x app.seat;
  v_day date := private.try_day(coalesce(p_args ->> 'ended_on', private.day_of(p_actor.now)::text), p_actor.now);
begin
  select * into x from app.seat where id = private.try_uuid(p_args ->> 'seat_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_keeper(p_actor, x.council_id);
  if v_day is null then return private.invalid('ended_on'); end if;
  if x.state = 'ended' then return private.applied('already'); end if;
  update app.seat set state = 'ended', since_on = v_day where id = x.id;
  perform private.log_event(p_actor, 'seat_ended', private.community_or_null(x.council_id), x.responder_id, null, x.id);
  return private.applied();
end $$;
