-- 不顶了: the taker gives the place back. While a coordinator has not approved, the request is open again. A place that
-- is theirs already goes back to its owner, as long as places change hands by themselves and the owner is free for it.
select private.learn_shape('untake_cover', '{"cover_id":"id"}');

create function mutator.untake_cover(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  c app.cover_request := private.hold_cover(private.try_uuid(p_args ->> 'cover_id'), p_actor.responder_id);
  s app.shift;
  a app.assignment;
begin
  select * into s from app.shift where id = c.shift_id;
  if c.id is null or p_actor.responder_id is null then return private.refused('gone'); end if;
  if c.state = 'open' and private.may_serve(p_actor.responder_id, s) then return private.applied('already'); end if;
  if c.taker_id is distinct from p_actor.responder_id then return private.refused('gone'); end if;
  if c.state = 'taken' and c.with_assignment_id is not null then return private.refused('wrong_state'); end if;
  if c.state = 'taken' then
    select * into a from app.assignment where id = c.taker_assignment_id for no key update;
    if a.state not in ('assigned', 'accepted') then return private.refused('wrong_state'); end if;
    if not private.changes_hands(s, p_actor.now) then return private.refused('too_late'); end if;
    if not private.can_return(c, s) then return private.refused('not_free'); end if;
    perform private.return_place(c, s);
  end if;
  perform private.tell_askers(array[c.id], 'open', p_actor.now, p_actor.login_id, 'untaken');
  perform private.tell_wanted_again(array[c.id], p_actor.now, p_actor.login_id);
  update app.cover_request set state = 'open', taker_id = null, taker_assignment_id = null,
    back_assignment_id = null, claimed_at = null
  where id = c.id;
  perform private.log_event(p_actor, 'cover_untaken', s.community_id, p_actor.responder_id, s.id, c.id);
  return private.applied();
end $$;

-- May the owner have the place again: do they still serve here, without other duty then, and within the hard limits of
-- rest? They were judged by the soft ones when they first had it.
create function private.can_return(c app.cover_request, p_shift app.shift) returns boolean language sql stable as $$
  select private.may_serve(c.responder_id, p_shift)
    and private.overlap_of(c.responder_id, p_shift.starts_at, p_shift.ends_at) is null
    and (private.fatigue_of(c.responder_id, p_shift.starts_at, p_shift.ends_at)).hard is null
$$;

-- Gives the place back to its owner in one step. They had confirmed it or not; where the shift was moved meanwhile they
-- confirm the new span.
create function private.return_place(c app.cover_request, p_shift app.shift) returns void language plpgsql as $$
begin
  update app.assignment set state = 'withdrawn' where id = c.taker_assignment_id;
  update app.assignment a
  set starts_at = p_shift.starts_at, ends_at = p_shift.ends_at, due_at = p_shift.starts_at,
    state = case
      when a.accepted_at is null
        or private.asks_again(a.starts_at, a.ends_at, p_shift.starts_at, p_shift.ends_at) then 'assigned'
      else 'accepted' end::app.assignment_state,
    accepted_at = case
      when private.asks_again(a.starts_at, a.ends_at, p_shift.starts_at, p_shift.ends_at) then null
      else a.accepted_at end,
    accepted_by = case
      when private.asks_again(a.starts_at, a.ends_at, p_shift.starts_at, p_shift.ends_at) then null
      else a.accepted_by end
  where a.id = c.assignment_id;
end $$;
