-- Being there: check_in and check_out. Both are facts: they are recorded, and never refused for being late.

-- The assignment that an actor may report on: their own, or any in a community that they coordinate. Locks the shift,
-- then the assignment. Null if there is no such assignment.
create function private.reportable(p_actor private.actor, p_assignment uuid) returns app.assignment
language plpgsql as $$
declare
  a app.assignment;
  s app.shift;
begin
  select * into a from app.assignment where id = p_assignment;
  if not found then return null; end if;
  select * into s from app.shift where id = a.shift_id for no key update;
  if private.acts_for_other(p_actor, a.responder_id)
    and not private.coordinates(p_actor.login_id, s.community_id) then
    raise exception 'another person''s assignment' using errcode = '42501';
  end if;
  select * into a from app.assignment where id = p_assignment for no key update;
  return a;
end $$;

-- Takes back an arrival that a coordinator reported for somebody: the person is on the way again, or has still to
-- confirm, and the promise is watched as before. What a person reported themselves stands, and so does what a handover
-- or take-over has built on. The caller holds the shift and the assignment.
create function private.take_back_arrival(p_actor private.actor, a app.assignment) returns jsonb language plpgsql as $$
declare s app.shift;
begin
  select * into s from app.shift where id = a.shift_id;
  perform private.require_coordinator(p_actor, s.community_id);
  if a.state in ('assigned', 'accepted') then return private.applied('already'); end if;
  if a.state <> 'on_post' or a.vouched_by is null or a.starts_at > s.starts_at
    or coalesce(p_actor.tapped_at, p_actor.now) > a.on_post_at + private.take_back_time()
    or exists (select from app.handover h where a.id in (h.id, h.to_assignment_id)
      and (h.given_at is not null or h.taken_at is not null)) then
    return private.refused('wrong_state');
  end if;
  update app.assignment
  set state = case when accepted_at is null then 'assigned' else 'accepted' end::app.assignment_state,
    on_post_at = null, vouched_by = null
  where id = a.id;
  perform private.log_event(p_actor, 'arrival_undone', s.community_id, a.responder_id, s.id, a.id);
  return private.applied();
end $$;

-- Does a person who leaves this shift need a relief? Only in a call-out that is on, at a post whose next shift begins
-- when this one ends.
create function private.needs_relief(p_shift app.shift) returns boolean language sql stable as $$
  select p_shift.state = 'open'
    and exists (select from app.callout c where c.id = p_shift.callout_id and c.state in ('open', 'filled'))
    and exists (
      select from app.shift n
      where n.post_id = p_shift.post_id and n.starts_at = p_shift.ends_at and n.state = 'open')
$$;

-- Is the relief known: has somebody of the next shift arrived, or does the phone name one who is expected?
create function private.has_relief(p_shift app.shift, p_relief uuid) returns boolean language sql stable as $$
  select exists (
    select from app.assignment r
    join app.shift n on n.id = r.shift_id
    where n.post_id = p_shift.post_id and n.id <> p_shift.id and n.starts_at = p_shift.ends_at
      and (r.state = 'on_post' or r.id = p_relief and r.state in ('assigned', 'accepted')))
$$;

-- Was the person relieved when they left, at p_at: was somebody of the next shift there, or did either of the two
-- phones say so? A check-out may arrive hours later, when the relief has left too; so this asks about p_at and not
-- about now.
create function private.was_relieved(
  p_shift app.shift, p_relief uuid, p_handover app.handover, p_at timestamptz
) returns boolean language sql stable as $$
  select private.is_taken(p_handover) or exists (
    select from app.shift n
    join app.assignment r on r.shift_id = n.id
    where n.post_id = p_shift.post_id and n.id <> p_shift.id and n.starts_at = p_shift.ends_at
      and (r.on_post_at is not null and coalesce(r.off_post_at, p_at) >= p_at
        or r.id in (p_relief, p_handover.to_assignment_id)
          and r.state not in ('withdrawn', 'released', 'not_arrived')))
$$;
