-- Being there: check_in and check_out. Both are facts; they are recorded, never refused for lateness.

-- The assignment an actor may report on: his own, or any in a community he coordinates. Locks shift, then assignment.
create function private.reportable(p_actor private.actor, p_assignment uuid) returns app.assignment language plpgsql as $$
declare a app.assignment; s app.shift;
begin
  select * into a from app.assignment where id = p_assignment;
  if not found then return null; end if;
  select * into s from app.shift where id = a.shift_id for no key update;
  if a.responder_id is distinct from p_actor.responder_id and not private.coordinates(p_actor.login_id, s.community_id) then
    raise exception 'another person''s assignment' using errcode = '42501';
  end if;
  select * into a from app.assignment where id = p_assignment for no key update;
  return a;
end $$;

-- Is a relief owed? Only in a running call-out whose post has a next shift touching this one.
create function private.needs_relief(p_shift app.shift) returns boolean language sql stable as $$
  select p_shift.state = 'open' and exists (select from app.callout c where c.id = p_shift.callout_id and c.state in ('open', 'filled'))
    and exists (select from app.shift n where n.post_id = p_shift.post_id and n.starts_at = p_shift.ends_at and n.state = 'open')
$$;

-- Did somebody of the next shift arrive, or does the phone name its relief?
create function private.has_relief(p_shift app.shift, p_relief uuid) returns boolean language sql stable as $$
  select exists (
    select from app.assignment r join app.shift n on n.id = r.shift_id
    where n.post_id = p_shift.post_id and n.id <> p_shift.id and n.starts_at = p_shift.ends_at
      and (r.state = 'on_post' or r.id = p_relief and r.state in ('assigned', 'accepted')))
$$;

-- Was somebody of the next shift there when this person left, or does either phone of the two say so? A check-out may arrive hours after the relief has left again.
create function private.was_relieved(p_shift app.shift, p_relief uuid, p_handover app.handover, p_at timestamptz) returns boolean language sql stable as $$
  select p_handover.taken_at is not null or exists (
    select from app.shift n join app.assignment r on r.shift_id = n.id
    where n.post_id = p_shift.post_id and n.id <> p_shift.id and n.starts_at = p_shift.ends_at
      and (r.on_post_at is not null and coalesce(r.off_post_at, p_at) >= p_at
        or r.id in (p_relief, p_handover.to_assignment_id) and r.state not in ('withdrawn', 'released', 'not_arrived')))
$$;
