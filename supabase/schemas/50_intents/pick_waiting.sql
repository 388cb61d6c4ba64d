-- 挑选候补: at a post whose community picks, a coordinator says which waiting person a freed place is held for. Those
-- who wait before them are told, once, that the community picked: no rank jumps silently.
select private.learn_shape('pick_waiting', '{"waitlist_id":"id"}');

create function mutator.pick_waiting(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  s app.shift;
  w app.waitlist_entry;
begin
  select shift_id into w.shift_id from app.waitlist_entry where id = private.try_uuid(p_args ->> 'waitlist_id');
  if not found then return private.refused('gone'); end if;
  select * into s from app.shift where id = w.shift_id for no key update;
  perform private.require_coordinator(p_actor, s.community_id);
  select * into w from app.waitlist_entry where id = (p_args ->> 'waitlist_id')::uuid for no key update;
  if w.state in ('held', 'taken') then return private.applied('already'); end if;
  if s.state <> 'open' or s.ends_at <= p_actor.now then return private.refused('closed'); end if;
  if w.state <> 'waiting' then return private.refused('wrong_state'); end if;
  -- another coordinator was first, or the place has gone on by rank
  if s.to_pick = 0 then return private.refused('full', private.filled_by(s.id)); end if;
  update app.shift set to_pick = to_pick - 1 where id = s.id;
  update app.waitlist_entry set state = 'held', hold_until = private.held_until(s, p_actor.now) where id = w.id;
  perform private.tell('passed_over', p_actor.now, p_actor.login_id, array(
    select id from app.waitlist_entry where shift_id = s.id and state = 'waiting' and rank < w.rank));
  perform private.log_event(p_actor, 'picked', s.community_id, w.responder_id, s.id, w.id);
  return private.applied();
end $$;
