-- 换这一班: the colleague who was asked says yes. Well before both shifts the places change hands at once; later it waits
-- for a coordinator, and until then everybody serves as before.
select private.learn_shape('take_swap', '{"cover_id":"id","assignment_id":"id","back_assignment_id":"id"}');

create function mutator.take_swap(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  c app.cover_request := private.hold_swap(p_actor, p_args);
  s app.shift;
  v_start timestamptz;
  v_id uuid := private.try_uuid(p_args ->> 'assignment_id');
  v_back uuid := private.try_uuid(p_args ->> 'back_assignment_id');
begin
  if c.id is null then return private.refused('gone'); end if;
  if v_id is null then return private.invalid('assignment_id'); end if;
  if v_back is null or v_back = v_id then return private.invalid('back_assignment_id'); end if;
  if c.taker_id is not null then
    return private.applied('already', jsonb_build_object('assignment_id', c.taker_assignment_id));
  end if;
  v_start := private.swap_begins(c);
  if c.state <> 'open' or v_start <= p_actor.now then return private.refused('closed'); end if;
  if private.is_stale(p_actor, v_start) then return private.refused('stale'); end if;
  if private.is_used_id(v_id) then return private.invalid('assignment_id'); end if;
  if private.is_used_id(v_back) then return private.invalid('back_assignment_id'); end if;
  if private.swaps_freely(c, p_actor.now) then
    return private.exchange_places(p_actor, c, p_actor.responder_id, v_id, v_back);
  end if;
  update app.cover_request
  set state = 'claimed', taker_id = p_actor.responder_id, taker_assignment_id = v_id, back_assignment_id = v_back,
    claimed_at = p_actor.now
  where id = c.id;
  -- the one that begins first says how long there is to approve
  select x.* into s from app.shift x
  where x.id in (c.shift_id, (select a.shift_id from app.assignment a where a.id = c.with_assignment_id))
  order by x.starts_at, x.id limit 1;
  perform private.notify(p_actor.now, private.coordinators_of(s.community_id), 'cover_claimed', s.community_id,
    s.callout_id, s.id, c.id, v_id::text);
  perform private.log_event(p_actor, 'cover_claimed', s.community_id, p_actor.responder_id, s.id, c.id);
  return private.applied(null, jsonb_build_object('assignment_id', v_id));
end $$;

-- The swap that this person was asked for; null if there is none. Locks both shifts, then both people.
create function private.hold_swap(p_actor private.actor, p_args jsonb) returns app.cover_request
language plpgsql as $$
declare c app.cover_request := private.hold_cover(private.try_uuid(p_args ->> 'cover_id'), p_actor.responder_id);
begin
  return case when exists (
    select from app.assignment a where a.id = c.with_assignment_id and a.responder_id = p_actor.responder_id) then c
  end;
end $$;

-- When the earlier of both shifts begins.
create function private.swap_begins(c app.cover_request) returns timestamptz language sql stable as $$
  select min(s.starts_at) from app.shift s
  where s.id in (c.shift_id, (select a.shift_id from app.assignment a where a.id = c.with_assignment_id))
$$;
