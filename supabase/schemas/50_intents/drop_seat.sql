-- Takes an empty seat off a council. A seat that somebody holds ends first.
select private.learn_shape('drop_seat', '{"seat_id":"id"}');

create function mutator.drop_seat(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare x app.seat;
begin
  select * into x from app.seat where id = private.try_uuid(p_args ->> 'seat_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_keeper(p_actor, x.council_id);
  if x.state <> 'ended' then return private.refused('wrong_state'); end if;
  delete from app.seat where id = x.id;
  perform private.log_event(p_actor, 'seat_dropped', private.community_or_null(x.council_id), null, null, x.id);
  return private.applied();
end $$;
