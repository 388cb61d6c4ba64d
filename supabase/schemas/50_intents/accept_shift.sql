-- Takes a place on an open shift, or confirms a place that a coordinator assigned. A full shift refuses, or puts the
-- person on its waitlist if on_full says so.
select private.learn_shape('accept_shift', '{"assignment_id":"id","shift_id":"id","offer_id":"id",
  "eta_min":"among 0 5 15 30","on_full":"one refuse waitlist","waitlist_id":"id"}');

create function mutator.accept_shift(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  s app.shift;
  mine app.assignment;
  against jsonb;
  v_id uuid := private.try_uuid(p_args ->> 'assignment_id');
  v_eta int := (p_args ->> 'eta_min')::int;
begin
  if v_id is null then return private.invalid('assignment_id'); end if;
  if p_actor.responder_id is null then return private.refused('not_eligible'); end if;
  select * into s from app.shift where id = private.try_uuid(p_args ->> 'shift_id') for no key update;
  if not found or s.state = 'draft' then return private.refused('gone'); end if;
  perform from app.responder where id = p_actor.responder_id for no key update;
  select * into mine from app.assignment
  where shift_id = s.id and responder_id = p_actor.responder_id and private.is_binding(state);
  if mine.state = 'assigned' then
    if private.is_of_old_span(p_actor, s) then return private.refused('stale'); end if;
    update app.assignment
    set state = 'accepted', accepted_at = p_actor.now, claimed_at = p_actor.tapped_at, eta_min = v_eta,
      due_at = private.due_at(p_actor.now, s.starts_at, v_eta)
    where id = mine.id;
    return private.applied(null, jsonb_build_object('assignment_id', mine.id));
  elsif mine.id is not null then
    return private.applied('already', jsonb_build_object('assignment_id', mine.id));
  end if;
  against := private.against_taking(p_actor, s);
  if against ->> 'code' = 'closed' then return against; end if;
  if not private.may_serve(p_actor.responder_id, s) then return private.refused('not_eligible'); end if;
  if against is not null then return against; end if;
  if not private.take_place(s.id, p_actor.responder_id, p_actor.now) then
    if p_args ->> 'on_full' = 'waitlist' and private.try_uuid(p_args ->> 'waitlist_id') is not null then
      return private.queue_up(p_actor, (p_args ->> 'waitlist_id')::uuid, s);
    end if;
    return private.refused('full', private.filled_by(s.id));
  end if;
  return private.seat(p_actor, v_id, s, v_eta);
end $$;
