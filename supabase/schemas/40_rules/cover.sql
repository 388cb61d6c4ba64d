-- Cover (顶班, R21): a person who cannot serve asks for somebody else in their place, and stays responsible until it is
-- taken. ask_cover, take_cover, untake_cover, withdraw_cover, approve_cover, refuse_cover. An intent that changes a
-- request locks its shift first, then its people.

-- Up to how long before a shift a place changes hands by itself and may be given back; later a coordinator approves. In
-- a call-out people are asked hours or minutes ahead, so there it is the time from which their promise is watched (R8).
-- The same rule as src/domain/cover.ts; tests/vectors/cover.json.
create function private.cover_time(p_in_callout boolean) returns interval language sql immutable parallel safe as $$
  select case when p_in_callout then private.soon() else interval '3 hours' end
$$;

-- Does a place of this shift still change hands by itself?
create function private.changes_hands(p_shift app.shift, p_now timestamptz) returns boolean
language sql immutable parallel safe as $$
  select p_now < p_shift.starts_at - private.cover_time(p_shift.callout_id is not null)
$$;

-- The request of this id; null if there is none. Locks its shifts, then its people and p_also, each by id.
create function private.hold_cover(p_id uuid, p_also uuid default null) returns app.cover_request
language plpgsql as $$
declare c app.cover_request;
begin
  perform from app.shift
  where id in (
    select shift_id from app.cover_request where id = p_id
    union
    select a.shift_id from app.cover_request x join app.assignment a on a.id = x.with_assignment_id where x.id = p_id)
  order by id for no key update;
  select * into c from app.cover_request where id = p_id;
  if not found then return null; end if;
  perform from app.responder where id in (c.responder_id, c.taker_id, p_also) order by id for no key update;
  return c;
end $$;

-- Gives the owner's place to the taker and answers the verdict. The place is never free in between, so the waitlist
-- does not move; only a place that was held for the taker goes on to the next. The caller holds shift and people, and
-- has judged the taker, whose id is that of p_taker.
create function private.pass_place(
  p_actor private.actor, p_taker private.actor, c app.cover_request, p_shift app.shift, p_id uuid
) returns jsonb language plpgsql as $$
declare
  v jsonb;
  v_waited timestamptz := private.waited_from(p_shift.id, p_taker.responder_id);
begin
  update app.cover_request
  set state = 'taken', taker_id = p_taker.responder_id, taker_assignment_id = p_id,
    claimed_at = coalesce(claimed_at, p_actor.now)
  where id = c.id;
  update app.assignment set state = 'released' where id = c.assignment_id;
  update app.shift set filled = filled - 1 where id = p_shift.id;
  if not private.take_place(p_shift.id, p_taker.responder_id, p_actor.now) then
    raise exception 'the place that was given up is not there';
  end if;
  perform private.hold_next(p_shift.id, p_actor.now);
  if v_waited is not null then perform private.tell_place_open(p_shift.id, p_actor.now, null, v_waited); end if;
  v := private.seat(p_taker, p_id, p_shift, null);
  perform private.tell('cover_taken', p_actor.now, p_actor.login_id, array[c.assignment_id], p_id::text);
  perform private.log_event(p_actor, 'cover_taken', p_shift.community_id, p_taker.responder_id, p_shift.id, c.id);
  return v;
end $$;

-- Ends what was said to these requests and leaves them in a state without a taker. A person who had said yes and waits
-- for a coordinator is told that nothing comes of it. The caller holds their shifts.
create function private.drop_claims(
  p_covers uuid[], p_state app.cover_state, p_now timestamptz, p_by uuid, p_step text, p_reason text default null
) returns void language plpgsql as $$
begin
  perform private.tell('cover_off', p_now, p_by, array(
    select taker_assignment_id from app.cover_request where id = any (p_covers) and state = 'claimed'),
    p_step, p_reason);
  update app.cover_request set state = p_state, taker_id = null, taker_assignment_id = null, back_assignment_id = null,
    claimed_at = null
  where id = any (p_covers) and state in ('open', 'claimed');
end $$;

-- Tells those who had asked for these covers and swaps, except p_by, that nothing comes of the yes or of the asking,
-- and their place is theirs as before. p_why is what the phone says of it (`notice.step`); the id behind it keeps one
-- no apart from the next. p_state: the state that the requests are about to have; an open cover waits for somebody
-- else. The caller holds their shifts and has not changed the requests yet.
create function private.tell_askers(
  p_covers uuid[], p_state app.cover_state, p_now timestamptz, p_by uuid, p_why text
) returns void language plpgsql as $$
begin
  perform private.tell(
    case when c.with_assignment_id is null then 'cover_returned' else 'swap_declined' end::app.notice_kind,
    p_now, p_by, array[c.assignment_id],
    p_why || case when p_state = 'open' and c.with_assignment_id is null then '_open' else '' end
      || ':' || coalesce(c.taker_assignment_id, c.id))
  from app.cover_request c
  where c.id = any (p_covers);
end $$;

-- Tells the coordinators, except p_by, of covers whose taker does not come, where a coordinator had asked for the
-- owner: the place goes back to somebody who is ill or away. The caller has not changed the requests yet.
create function private.tell_wanted_again(p_covers uuid[], p_now timestamptz, p_by uuid) returns void
language plpgsql as $$
begin
  perform private.notify(p_now, array_remove(private.coordinators_of(s.community_id), p_by), 'cover_wanted',
    s.community_id, s.callout_id, s.id, c.id, 'again:' || c.taker_assignment_id)
  from app.cover_request c
  join app.shift s on s.id = c.shift_id
  join app.responder r on r.id = c.responder_id
  where c.id = any (p_covers) and c.with_assignment_id is null and c.asked_by is distinct from r.login_id;
end $$;

-- A request lasts as long as its owner's place waits for them, and of a swap the colleague's place, too. It lapses when
-- they arrive, give the place back, are taken off, leave the community, or when the shift is cancelled or stood down:
-- whatever does this changes the assignment. Where the colleague's place goes, the owner is told.
create function private.lapse_covers() returns trigger language plpgsql as $$
declare
  v_own uuid[];
  v_with uuid[];
  v_gone uuid[] := array(select id from new_rows where state not in ('assigned', 'accepted'));
begin
  if v_gone = '{}' then return null; end if;
  v_own := array(
    select id from app.cover_request where assignment_id = any (v_gone) and state in ('open', 'claimed'));
  v_with := array(
    select id from app.cover_request where with_assignment_id = any (v_gone) and state in ('open', 'claimed'));
  perform private.tell('swap_declined', now(), null, array[c.assignment_id], c.id::text) from app.cover_request c
  where c.id = any (v_with) and c.id <> all (v_own);
  if v_own || v_with <> '{}' then perform private.drop_claims(v_own || v_with, 'lapsed', now(), null, 'lapsed'); end if;
  return null;
end $$;
create trigger lapses_covers after update on app.assignment referencing new table as new_rows
  for each statement execute function private.lapse_covers();
