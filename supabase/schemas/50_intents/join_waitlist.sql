-- Waits for a place of a full shift. Waiting binds nobody; the overlap is checked when a held place is taken.
select private.learn_shape('join_waitlist', '{"waitlist_id":"id","shift_id":"id"}');

create function mutator.join_waitlist(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare s app.shift;
begin
  if private.try_uuid(p_args ->> 'waitlist_id') is null then return private.invalid('waitlist_id'); end if;
  if p_actor.responder_id is null then return private.refused('not_eligible'); end if;
  select * into s from app.shift where id = private.try_uuid(p_args ->> 'shift_id') for no key update;
  if not found or s.state = 'draft' then return private.refused('gone'); end if;
  if s.state <> 'open' or s.ends_at <= p_actor.now then return private.refused('closed'); end if;
  if not private.may_serve(p_actor.responder_id, s) then return private.refused('not_eligible'); end if;
  -- a place held for somebody who already serves there would be kept from everybody else
  if exists (select from app.assignment
    where shift_id = s.id and responder_id = p_actor.responder_id and private.is_binding(state)) then
    return private.applied('already');
  end if;
  return private.queue_up(p_actor, (p_args ->> 'waitlist_id')::uuid, s);
end $$;
