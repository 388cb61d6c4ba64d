-- The waitlist of a shift (R23): who waits gets a place that was given back, by rank or as the community picks. Locks are
-- taken in one order everywhere: shift, responder, then waitlist entries and offers.

-- Puts a person on the waitlist of a shift and answers the verdict with their rank. A place that is free then, because
-- nobody waited for it, is held for them at once: there is nobody to pick from. The caller holds the shift.
create function private.queue_up(p_actor private.actor, p_id uuid, p_shift app.shift) returns jsonb
language plpgsql as $$
declare
  w app.waitlist_entry;
  v_free boolean := p_shift.filled + p_shift.held < p_shift.capacity;
begin
  select * into w
  from app.waitlist_entry
  where shift_id = p_shift.id and responder_id = p_actor.responder_id and state in ('waiting', 'held');
  if found then
    return private.applied('already', jsonb_build_object('rank', w.rank, 'waitlist_id', w.id));
  end if;
  insert into app.waitlist_entry (id, shift_id, responder_id, rank)
  select p_id, p_shift.id, p_actor.responder_id, coalesce(max(rank), 0) + 1
  from app.waitlist_entry
  where shift_id = p_shift.id
  returning * into w;
  if v_free then
    perform private.hold_for(p_shift, array[w.id], p_actor.now);
  else
    perform private.hold_next(p_shift.id, p_actor.now);
  end if;
  return private.applied('waitlisted', jsonb_build_object('rank', w.rank, 'waitlist_id', w.id));
end $$;

-- Does the community pick who of the waitlist gets a freed place? Where its post says so, until two hours before the
-- start. In a call-out never: there speed counts. The same rule as src/domain/waitlist.ts;
-- tests/vectors/waitlist.json.
create function private.community_picks(
  p_choice app.waitlist_choice, p_callout uuid, p_starts timestamptz, p_now timestamptz
) returns boolean language sql immutable parallel safe as $$
  select p_choice = 'community' and p_callout is null and p_now < p_starts - private.close_time()
$$;

-- For how many places of a shift a person has still to be picked: for each place that nobody has, as long as somebody
-- waits for it.
create function private.places_to_pick(p_shift app.shift, p_now timestamptz) returns int language sql stable as $$
  select case
    when p_shift.state = 'open' and private.community_picks(
      (select waitlist_choice from app.post where id = p_shift.post_id), p_shift.callout_id, p_shift.starts_at, p_now)
    then least(
      p_shift.capacity - p_shift.filled - p_shift.held + p_shift.to_pick,
      (select count(*) from app.waitlist_entry where shift_id = p_shift.id and state = 'waiting'))
    else 0 end::int
$$;

-- Passes the free places of a shift on to its waitlist (R23): each is held for the first who waits and is what the shift
-- asks for, or kept until the
-- community picks somebody, and the coordinators are told. It looks at every free place, not only at one: if two holds
-- run out together, no place may go to a stranger while somebody waits. The caller holds the shift.
create function private.hold_next(p_shift uuid, p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
declare
  s app.shift;
  w uuid[];
  v_pick int;
begin
  select * into s from app.shift where id = p_shift for no key update;
  v_pick := private.places_to_pick(s, p_now);
  if v_pick > s.to_pick then
    perform private.notify_of_place(s, 'to_pick', p_now, null);
  end if;
  if v_pick <> s.to_pick then
    update app.shift set held = held - to_pick + v_pick, to_pick = v_pick where id = p_shift returning * into s;
  end if;
  if v_pick > 0 or s.state <> 'open' or s.ends_at <= p_now or s.filled + s.held >= s.capacity then return; end if;
  select array_agg(x.id) into w
  from (
    select id
    from app.waitlist_entry
    where shift_id = p_shift and state = 'waiting' and private.meets(responder_id, s)
    order by rank limit s.capacity - s.filled - s.held
    for no key update) x;
  if w is not null then perform private.hold_for(s, w, p_now); end if;
end $$;

-- Until when a place of this shift is held that is freed now (R23), never beyond the end of the shift. Outside a
-- call-out the message of a hold waits until the quiet hours end, so the time to answer begins then. Where the shift
-- begins before that time is over, the hold is as short as by day, and its message wakes (private.due_notices). The
-- same rule as src/domain/waitlist.ts; tests/vectors/waitlist.json.
create function private.held_until(p_shift app.shift, p_now timestamptz) returns timestamptz language sql stable as $$
  select least(p_shift.ends_at, case
    when p_shift.callout_id is null and private.is_quiet(p_now)
      and p_shift.starts_at >= private.quiet_until(p_now) + private.hold_time(false)
    then private.quiet_until(p_now) + private.hold_time(false)
    else p_now + private.hold_time(p_shift.callout_id is not null) end)
$$;

-- Holds free places of a shift for these entries of its waitlist. The caller holds the shift.
create function private.hold_for(p_shift app.shift, p_entries uuid[], p_now timestamptz) returns void
language plpgsql set search_path = '' as $$
begin
  update app.waitlist_entry set state = 'held', hold_until = private.held_until(p_shift, p_now)
  where id = any (p_entries);
  update app.shift set held = held + cardinality(p_entries) where id = p_shift.id;
end $$;

-- Tells the coordinators of a place that somebody gave back and nobody who waits takes, except p_by, who let it go. A
-- call-out asks people by itself and tells of the places it cannot fill. p_waited: since when the person waited who let
-- it go; a place that nobody gave back since then was open before, and is no news. The caller holds the shift and has
-- passed the place on.
create function private.tell_place_open(
  p_shift uuid, p_now timestamptz, p_by uuid, p_waited timestamptz default null
) returns void language plpgsql set search_path = '' as $$
declare s app.shift;
begin
  select * into s from app.shift where id = p_shift;
  if s.callout_id is not null or s.state <> 'open' or s.ends_at <= p_now or s.filled + s.held >= s.capacity then
    return;
  end if;
  if p_waited is null or exists (
    select from app.assignment a
    where a.shift_id = s.id and not private.is_binding(a.state) and a.changed_at >= p_waited) then
    perform private.notify_of_place(s, 'place_open', p_now, p_by);
  end if;
end $$;

-- Since when a person has waited for the shift; null if they do not.
create function private.waited_from(p_shift uuid, p_responder uuid) returns timestamptz language sql stable as $$
  select created_at from app.waitlist_entry
  where shift_id = p_shift and responder_id = p_responder and state in ('waiting', 'held')
$$;

-- Tells the coordinators, except p_by, of a free place of a shift. Who has not read of it yet hears no second time within
-- ten minutes. A notice is never replaced: what it has sent counts for the limits of R29.
create function private.notify_of_place(p_shift app.shift, p_kind app.notice_kind, p_now timestamptz, p_by uuid)
returns void language sql set search_path = '' as $$
  select private.notify(p_now, array(
      select l from unnest(array_remove(private.coordinators_of(p_shift.community_id), p_by)) l
      where not exists (
        select from app.notice n
        where n.login_id = l and n.kind = p_kind and n.subject_id = p_shift.id and n.read_at is null
          and n.created_at > p_now - interval '10 minutes')),
    p_kind, p_shift.community_id, null, p_shift.id, p_shift.id, floor(extract(epoch from p_now))::bigint::text)
$$;
