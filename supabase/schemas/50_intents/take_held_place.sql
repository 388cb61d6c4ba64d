-- Turns the place that is held for a waiting person into their assignment, in one update of the shift, so that nobody
-- can take it in between.
select private.learn_shape('take_held_place', '{"waitlist_id":"id","assignment_id":"id","eta_min":"among 0 5 15 30"}');

create function mutator.take_held_place(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  w app.waitlist_entry;
  s app.shift;
  against jsonb;
  v_eta int := (p_args ->> 'eta_min')::int;
begin
  if private.try_uuid(p_args ->> 'assignment_id') is null then return private.invalid('assignment_id'); end if;
  select shift_id into w.shift_id from app.waitlist_entry
  where id = private.try_uuid(p_args ->> 'waitlist_id') and responder_id = p_actor.responder_id;
  if not found then return private.refused('gone'); end if;
  select * into s from app.shift where id = w.shift_id for no key update;
  perform from app.responder where id = p_actor.responder_id for no key update;
  select * into w from app.waitlist_entry where id = (p_args ->> 'waitlist_id')::uuid for no key update;
  if w.state = 'taken' then return private.applied('already'); end if;
  if w.state <> 'held' or w.hold_until <= p_actor.now then return private.refused('wrong_state'); end if;
  if not private.meets(p_actor.responder_id, s) then return private.refused('not_eligible'); end if;
  against := private.against_taking(p_actor, s);
  if against is not null then return against; end if;
  update app.shift set held = held - 1, filled = filled + 1 where id = s.id;
  update app.waitlist_entry set state = 'taken', hold_until = null where id = w.id;
  return private.seat(p_actor, (p_args ->> 'assignment_id')::uuid, s, v_eta);
end $$;
