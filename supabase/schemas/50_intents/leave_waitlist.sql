-- Stops waiting for a place. A place held for the person goes to the next in the queue.
select private.learn_shape('leave_waitlist', '{"waitlist_id":"id"}');

create function mutator.leave_waitlist(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare w app.waitlist_entry;
begin
  select shift_id into w.shift_id from app.waitlist_entry
  where id = private.try_uuid(p_args ->> 'waitlist_id') and responder_id = p_actor.responder_id;
  if not found then return private.refused('gone'); end if;
  perform from app.shift where id = w.shift_id for no key update;
  select * into w from app.waitlist_entry where id = (p_args ->> 'waitlist_id')::uuid for no key update;
  if w.state not in ('waiting', 'held') then return private.applied('already'); end if;
  return private.leave_queue(p_actor, w);
end $$;

-- Ends a wait. The caller holds the shift and the entry.
create function private.leave_queue(p_actor private.actor, w app.waitlist_entry) returns jsonb language plpgsql as $$
begin
  update app.waitlist_entry set state = 'left', hold_until = null where id = w.id;
  if w.state = 'held' then update app.shift set held = held - 1 where id = w.shift_id; end if;
  perform private.hold_next(w.shift_id, p_actor.now);
  perform private.tell_place_open(w.shift_id, p_actor.now, p_actor.login_id, w.created_at);
  return private.applied();
end $$;
