-- Does the second assignment carry on where the first one ends: in the next shift at the same post, or in the same
-- shift after a take-over split it?
create function private.carries_on(p_from app.assignment, p_to app.assignment) returns boolean language sql stable as $$
  select exists (
    select from app.shift s
    join app.shift n on n.id = p_to.shift_id and n.post_id = s.post_id
    where s.id = p_from.shift_id and p_to.id <> p_from.id
      and (n.starts_at = s.ends_at or n.id = s.id and p_to.starts_at = p_from.ends_at))
$$;

-- The handover note of an assignment that is left, locked; made here if neither phone has spoken yet. The caller holds
-- the shift already.
create function private.handover_of(p_actor private.actor, p_from app.assignment) returns app.handover
language plpgsql as $$
declare h app.handover;
begin
  insert into app.handover (id, community_id, created_by)
  select p_from.id, s.community_id, p_actor.login_id from app.shift s where s.id = p_from.shift_id
  on conflict (id) do nothing;
  select * into h from app.handover where id = p_from.id for no key update;
  return h;
end $$;

-- Did a relief confirm it, who has not given their place back since and was not taken off it?
create function private.is_taken(h app.handover) returns boolean language sql stable as $$
  select h.taken_at is not null and not exists (
    select from app.assignment r where r.id = h.to_assignment_id and r.state in ('withdrawn', 'released'))
$$;
