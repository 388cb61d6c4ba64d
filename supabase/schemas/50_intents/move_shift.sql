-- Gives a shift of a roster another span. Its people are told the old and the new one; a move of more than 15 minutes
-- at either end asks them to confirm again (R19). A draft just changes. Refused where the post has a shift already,
-- where somebody would then serve twice at once, or longer than a hard limit of rest allows; soft limits are for the
-- people to weigh when they confirm.
-- was_starts_at, was_ends_at: the span that the coordinator moved it from; another one moved it meanwhile if it has a
-- third span.
select private.learn_shape('move_shift', '{"shift_id":"id","starts_at":"time","ends_at":"time","reason":"text 2000",
  "was_starts_at":"time","was_ends_at":"time"}');

create function mutator.move_shift(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare
  s app.shift;
  v_was tstzrange;
  v_tired jsonb;
  v_people jsonb;
  v_starts timestamptz := (p_args ->> 'starts_at')::timestamptz;
  v_ends timestamptz := (p_args ->> 'ends_at')::timestamptz;
begin
  perform private.hold_draft_roster(array[private.try_uuid(p_args ->> 'shift_id')]);
  select * into s from app.shift where id = private.try_uuid(p_args ->> 'shift_id') for no key update;
  if not found then return private.refused('gone'); end if;
  perform private.require_coordinator(p_actor, s.community_id);
  if (s.starts_at, s.ends_at) = (v_starts, v_ends) then return private.applied('already'); end if;
  if (s.starts_at, s.ends_at) <> (
    coalesce((p_args ->> 'was_starts_at')::timestamptz, s.starts_at),
    coalesce((p_args ->> 'was_ends_at')::timestamptz, s.ends_at)) then
    return private.refused('shift_moved');
  end if;
  -- the shifts of a call-out share their span with a ladder
  if s.callout_id is not null or s.state not in ('draft', 'open')
    or exists (select from app.assignment where shift_id = s.id and state = 'on_post') then
    return private.refused('wrong_state');
  end if;
  if v_ends <= v_starts or v_ends > v_starts + private.longest_shift() or v_ends <= p_actor.now
    or not exists (
      select from app.roster r
      where r.id = s.roster_id
        and (v_starts at time zone interval '+08:00')::date between r.starts_on and r.ends_on + 1) then
    return private.invalid('starts_at');
  end if;
  if s.state = 'open' and v_starts >= private.publish_until(p_actor.now) then return private.refused('too_early'); end if;
  perform from app.responder
  where id in (select responder_id from app.assignment where shift_id = s.id and private.is_binding(state))
  order by id for no key update;
  -- two coordinators who plan one post at once wait here for each other
  perform from app.org_unit where id = s.community_id for no key update;
  if private.covered_shifts(jsonb_build_array(jsonb_build_object(
    'id', s.id, 'post_id', s.post_id, 'starts_at', v_starts, 'ends_at', v_ends)), array[s.id]) is not null then
    return private.refused('post_covered', jsonb_build_object('shifts',
      jsonb_build_array(jsonb_build_object('shift_id', s.id))));
  end if;
  if s.state = 'draft' then
    update app.shift set starts_at = v_starts, ends_at = v_ends where id = s.id;
    update app.roster set version = version + 1 where id = s.roster_id;
    perform private.note_edit(p_actor, array[s.id], 'time');
    return private.applied();
  end if;
  v_was := tstzrange(s.starts_at, s.ends_at);
  v_people := private.move_conflicts(s.id, v_starts, v_ends);
  if v_people is not null then
    return private.refused('roster_conflict', jsonb_build_object('people', v_people));
  end if;
  begin
    perform private.move_places(s, v_starts, v_ends);
    v_tired := private.over_limit_on(s.id);
    if v_tired is not null then raise exception 'too long for somebody' using errcode = 'RW009'; end if;
  exception when sqlstate 'RW009' then
    return private.refused('over_limit', v_tired);
  end;
  if private.asks_again(s.starts_at, s.ends_at, v_starts, v_ends) then
    perform private.end_yes_of_old_span(p_actor, s.id, p_args ->> 'reason');
  end if;
  perform private.tell('moved', p_actor.now, p_actor.login_id, array(
    select id from app.assignment where shift_id = s.id and private.is_binding(state)
    union all
    select id from app.waitlist_entry where shift_id = s.id and state in ('waiting', 'held')),
    p_actor.mutation_id::text, p_args ->> 'reason', v_was);
  perform private.note_edit(p_actor, array[s.id], 'time');
  perform private.log_event(p_actor, 'moved', s.community_id, null, s.id, s.id, null,
    jsonb_build_object('was_starts_at', s.starts_at, 'was_ends_at', s.ends_at));
  return private.applied();
end $$;

-- Ends what was said for the old span of a moved shift. A person who said yes to cover there, and waits for a
-- coordinator, has not said yes to the new one. A swap was offered for two spans, one of which is no more: it ends, and
-- its owner is told.
create function private.end_yes_of_old_span(p_actor private.actor, p_shift uuid, p_reason text) returns void
language plpgsql as $$
declare
  v_swaps uuid[] := array(
    select c.id from app.cover_request c
    join app.assignment w on w.id = c.with_assignment_id
    where p_shift in (c.shift_id, w.shift_id) and c.state in ('open', 'claimed'));
begin
  perform private.tell('swap_declined', p_actor.now, p_actor.login_id, array[c.assignment_id], c.id::text, p_reason)
  from app.cover_request c where c.id = any (v_swaps);
  perform private.drop_claims(v_swaps, 'lapsed', p_actor.now, p_actor.login_id, 'moved', p_reason);
  perform private.drop_claims(array(
    select c.id from app.cover_request c where c.shift_id = p_shift and c.state = 'claimed'),
    'open', p_actor.now, p_actor.login_id, 'moved', p_reason);
end $$;

-- The people of a shift who have other duty in its new span; null if there are none. Ids only, as in roster_conflicts.
create function private.move_conflicts(p_shift uuid, p_starts timestamptz, p_ends timestamptz) returns jsonb
language sql stable as $$
  select jsonb_agg(distinct jsonb_build_object(
    'responder_id', a.responder_id, 'starts_at', o.starts_at, 'ends_at', o.ends_at))
  from app.assignment a
  join app.assignment o on o.responder_id = a.responder_id and o.id <> a.id and private.is_binding(o.state)
  where a.shift_id = p_shift and private.is_binding(a.state)
    and tstzrange(o.starts_at, o.ends_at) && tstzrange(p_starts, p_ends)
$$;

-- Does a move ask the people to confirm again? Yes, if either end moves by more than 15 minutes (R19; `asksAgain`).
create function private.asks_again(
  p_was_starts timestamptz, p_was_ends timestamptz, p_starts timestamptz, p_ends timestamptz
) returns boolean language sql immutable parallel safe as $$
  select greatest(p_starts - p_was_starts, p_was_starts - p_starts, p_ends - p_was_ends, p_was_ends - p_ends)
    > interval '15 minutes'
$$;

-- Moves a shift and its places. Reminders of the old span are forgotten, so that the new one has its own. A held place
-- is not held beyond the new end.
create function private.move_places(p_shift app.shift, p_starts timestamptz, p_ends timestamptz) returns void
language plpgsql as $$
declare v_asks boolean := private.asks_again(p_shift.starts_at, p_shift.ends_at, p_starts, p_ends);
begin
  update app.shift
  set starts_at = p_starts, ends_at = p_ends, moved_at = case when v_asks then now() else moved_at end
  where id = p_shift.id;
  delete from app.notice
  where kind in ('reminder', 'unconfirmed') and subject_id in (
    select id from app.assignment where shift_id = p_shift.id and private.is_binding(state));
  update app.assignment
  set starts_at = p_starts, ends_at = p_ends, due_at = p_starts,
    state = case when v_asks then 'assigned' else state end,
    accepted_at = case when v_asks then null else accepted_at end,
    accepted_by = case when v_asks then null else accepted_by end
  where shift_id = p_shift.id and private.is_binding(state);
  update app.waitlist_entry set hold_until = least(hold_until, p_ends)
  where shift_id = p_shift.id and state = 'held';
end $$;

-- The first person of a shift who would pass a hard limit of rest, as the detail of refused(over_limit); null if
-- nobody.
create function private.over_limit_on(p_shift uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'responder_id', a.responder_id, 'limits', jsonb_build_array(f.hard), 'hours_24', f.hours_24)
  from app.assignment a
  cross join lateral private.fatigue_of(a.responder_id, a.starts_at, a.ends_at) f
  where a.shift_id = p_shift and private.is_binding(a.state) and f.hard is not null
  order by a.id limit 1
$$;
