-- Swap (换班): a request for cover that asks for one place in exchange. Only the owner of that place may say yes; then
-- both places change hands in one step, or neither does. offer_swap, take_swap, decline_swap; else as in cover.sql.

-- Does a swap still happen without a coordinator? Only while both its shifts are far enough ahead.
create function private.swaps_freely(c app.cover_request, p_now timestamptz) returns boolean language sql stable as $$
  select bool_and(private.changes_hands(s, p_now)) from app.shift s
  where s.id in (c.shift_id, (select a.shift_id from app.assignment a where a.id = c.with_assignment_id))
$$;

-- Exchanges both places and answers the verdict of the taker. Each is judged as if they had given up their own place
-- already; where one of them cannot serve, nothing changes. The caller holds both shifts and both people. p_taker and
-- p_owner: who acts for the taker and for the owner.
create function private.exchange_places(
  p_actor private.actor, c app.cover_request, p_taker uuid, p_id uuid, p_back uuid
) returns jsonb language plpgsql as $$
declare
  taker private.actor := p_actor;
  owner private.actor := p_actor;
  s app.shift; -- the owner's, which the taker gets
  w app.shift; -- the taker's, which the owner gets
  against jsonb;
  v_waited timestamptz[];
begin
  select * into s from app.shift where id = c.shift_id;
  select x.* into w from app.shift x
  join app.assignment a on a.shift_id = x.id
  where a.id = c.with_assignment_id;
  taker.responder_id := p_taker;
  owner.responder_id := c.responder_id;
  taker.tapped_at := p_actor.now;
  owner.tapped_at := p_actor.now;
  v_waited := array[
    private.waited_from(s.id, p_taker), private.waited_from(w.id, c.responder_id)];
  begin
    update app.cover_request
    set state = 'taken', taker_id = p_taker, taker_assignment_id = p_id, back_assignment_id = p_back,
      claimed_at = coalesce(claimed_at, p_actor.now)
    where id = c.id;
    update app.assignment set state = 'released' where id in (c.assignment_id, c.with_assignment_id);
    update app.shift set filled = filled - 1 where id in (s.id, w.id);
    against := private.against_exchange(taker, owner, s, w);
    if against is not null then raise exception 'one of them cannot serve there' using errcode = 'RW009'; end if;
    if not private.take_place(s.id, p_taker, p_actor.now)
      or not private.take_place(w.id, c.responder_id, p_actor.now) then
      raise exception 'the places that were given up are not there';
    end if;
    perform private.hold_next(x, p_actor.now) from unnest(array[s.id, w.id]) x;
    perform private.tell_place_open(x.id, p_actor.now, null, x.waited)
    from unnest(array[s.id, w.id], v_waited) x(id, waited) where x.waited is not null;
    perform private.seat(owner, p_back, w, null);
    against := private.seat(taker, p_id, s, null);
  exception when sqlstate 'RW009' then
    return against;
  end;
  perform private.tell('swap_taken', p_actor.now, p_actor.login_id, array[p_back]);
  perform private.log_event(p_actor, 'swap_taken', s.community_id, p_taker, s.id, c.id);
  return against;
end $$;

-- What stands against an exchange, as the refusal; null if nothing does. The taker's own reason is theirs to know; of
-- the owner only that they are not free.
create function private.against_exchange(
  p_taker private.actor, p_owner private.actor, p_for_taker app.shift, p_for_owner app.shift
) returns jsonb language plpgsql stable as $$
declare v jsonb;
begin
  v := private.against_taking(p_taker, p_for_taker);
  if v is not null then return v; end if;
  if not private.may_serve(p_taker.responder_id, p_for_taker) then return private.refused('not_eligible'); end if;
  v := private.against_taking(p_owner, p_for_owner);
  if v is not null or not private.may_serve(p_owner.responder_id, p_for_owner) then
    return private.refused('not_free', jsonb_build_object('because', coalesce(v ->> 'code', 'not_eligible')));
  end if;
  return null;
end $$;
