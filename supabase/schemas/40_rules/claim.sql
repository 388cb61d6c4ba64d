-- Taking and giving back a place: accept_shift, decline_shift, withdraw, join_waitlist, leave_waitlist,
-- take_held_place, take_cover. Locks are taken in one order everywhere: shift, responder, then waitlist entries and
-- offers.

-- May this person serve at this shift?
create function private.may_serve(p_responder uuid, p_shift app.shift) returns boolean language plpgsql stable as $$
begin
  return private.belongs(p_responder, p_shift) and private.meets(p_responder, p_shift);
end $$;

-- Does the person belong to the shift's community, by a confirmed report-in, or were they asked for its call-out?
create function private.belongs(p_responder uuid, p_shift app.shift) returns boolean language plpgsql stable as $$
begin
  return exists (select from app.responder r where r.id = p_responder and r.state = 'active')
    and (
      exists (
        select from app.report_in ri
        where ri.responder_id = p_responder and ri.community_id = p_shift.community_id and ri.state = 'confirmed')
      or exists (
        select from app.offer o
        where o.responder_id = p_responder and o.callout_id = p_shift.callout_id
          and o.state in ('sent', 'expired', 'declined')));
end $$;

-- The requirement of shifts whose people must be able to do this; null: none.
create function private.requirement_of(p_skill text) returns jsonb language sql immutable as $$
  select case when p_skill is not null then jsonb_build_object('skill', p_skill) end
$$;

-- Is the person what the shift asks for? src/domain/person.ts lackedSkill says the same of skills.
create function private.meets(p_responder uuid, p_shift app.shift) returns boolean language plpgsql stable as $$
begin
  return p_shift.requirement is null or exists (
    select from app.responder r
    where r.id = p_responder
      and (p_shift.requirement ->> 'skill' is null or p_shift.requirement ->> 'skill' = any (r.skills))
      and (p_shift.requirement ->> 'kind' is null or p_shift.requirement ->> 'kind' = r.kind::text));
end $$;

-- Was the shift moved after this tap, so far that its people confirm again (R19)? Then a yes was meant for another span.
create function private.is_of_old_span(p_actor private.actor, p_shift app.shift) returns boolean
language sql stable as $$
  select p_shift.moved_at is not null and (p_actor.tapped_at is null or p_actor.tapped_at < p_shift.moved_at)
$$;

-- What stands against a person who takes a place of this shift by their own yes, as the refusal; null if nothing does.
-- The caller holds shift and responder, and asks may_serve.
create function private.against_taking(p_actor private.actor, p_shift app.shift) returns jsonb
language plpgsql stable as $$
declare
  v jsonb;
begin
  if p_shift.state <> 'open' or p_shift.ends_at <= p_actor.now then return private.refused('closed'); end if;
  if private.is_stale(p_actor, p_shift.starts_at) or private.is_of_old_span(p_actor, p_shift) then
    return private.refused('stale');
  end if;
  v := private.overlap_of(p_actor.responder_id, p_shift.starts_at, p_shift.ends_at);
  if v is not null then return private.refused('overlap', v); end if;
  v := private.too_tired(p_actor.responder_id, p_shift);
  if v is not null then return private.refused((v ->> 'code')::app.verdict_code, v -> 'detail'); end if;
  return null;
end $$;

-- Takes one place for a person: turns their own live hold into it, or takes a free one; false if there is neither. It
-- also ends their entry on the waitlist: a place held for somebody who serves already would be kept from everybody.
-- The caller holds the shift.
create function private.take_place(p_shift uuid, p_responder uuid, p_now timestamptz) returns boolean
language plpgsql as $$
declare w app.waitlist_entry;
begin
  select * into w
  from app.waitlist_entry
  where shift_id = p_shift and responder_id = p_responder and state in ('waiting', 'held')
  for no key update;
  if w.state = 'held' and w.hold_until > p_now then
    update app.shift set held = held - 1, filled = filled + 1 where id = p_shift;
  else
    update app.shift set filled = filled + 1 where id = p_shift and state = 'open' and filled + held < capacity;
    if not found then return false; end if;
    if w.state = 'held' then update app.shift set held = held - 1 where id = p_shift; end if;
  end if;
  if w.id is not null then update app.waitlist_entry set state = 'taken', hold_until = null where id = w.id; end if;
  return true;
end $$;

-- Puts the person on the shift and answers the verdict. The caller holds shift and responder, has checked the overlap,
-- and has taken the place.
create function private.seat(p_actor private.actor, p_id uuid, p_shift app.shift, p_eta int) returns jsonb
language plpgsql as $$
begin
  insert into app.assignment (
    id, shift_id, responder_id, starts_at, ends_at, state, eta_min, due_at, claimed_at, accepted_at, created_by)
  values (
    p_id, p_shift.id, p_actor.responder_id, p_shift.starts_at, p_shift.ends_at, 'accepted', p_eta,
    private.due_at(p_actor.now, p_shift.starts_at, p_eta), p_actor.tapped_at, p_actor.now, p_actor.login_id);
  if p_shift.callout_id is not null then
    update app.offer set state = 'accepted', answered_at = p_actor.now
    where callout_id = p_shift.callout_id and responder_id = p_actor.responder_id and state in ('sent', 'expired');
    perform private.settle_slot(p_shift.callout_id, p_shift.starts_at, p_shift.ends_at, p_actor.now);
  end if;
  return private.applied(null, jsonb_build_object('assignment_id', p_id));
end $$;

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

-- Gives a place back and passes it on to the waitlist.
create function private.free_place(p_shift uuid, p_now timestamptz) returns void language plpgsql as $$
begin
  update app.shift set filled = filled - 1 where id = p_shift;
  perform private.hold_next(p_shift, p_now);
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

-- Once all places of a slot are taken, withdraws its open offers, so that everyone still asked may rest (R7). A slot is
-- all shifts of a call-out with the same span.
create function private.settle_slot(
  p_callout uuid, p_starts timestamptz, p_ends timestamptz, p_now timestamptz
) returns void language plpgsql as $$
begin
  update app.offer set state = 'withdrawn', answered_at = null, reason = 'full'
  where callout_id = p_callout and slot_starts_at = p_starts and slot_ends_at = p_ends and state in ('sent', 'expired')
    and not exists (
      select from app.shift s
      where s.callout_id = p_callout and s.starts_at = p_starts and s.ends_at = p_ends
        and s.state = 'open' and s.filled + s.held < s.capacity);
end $$;

-- Who holds the places of a shift, and since when: the detail of refused(full), for the person who came too late. Ids
-- only; names are added when the verdict is read (with_names).
create function private.filled_by(p_shift uuid) returns jsonb language plpgsql stable as $$
begin
  return (
    select jsonb_build_object('filled', coalesce(jsonb_agg(
      jsonb_build_object('responder_id', a.responder_id, 'at', coalesce(a.accepted_at, a.created_at))
      order by coalesce(a.accepted_at, a.created_at) desc), '[]'))
    from app.assignment a
    where a.shift_id = p_shift and private.is_binding(a.state));
end $$;

-- A person's own binding assignment that overlaps a span, as the detail of refused(overlap); null if there is none.
create function private.overlap_of(p_responder uuid, p_starts timestamptz, p_ends timestamptz) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object('assignment_id', a.id, 'starts_at', a.starts_at, 'ends_at', a.ends_at)
    from app.assignment a
    where a.responder_id = p_responder and private.is_binding(a.state)
      and tstzrange(a.starts_at, a.ends_at) && tstzrange(p_starts, p_ends)
    order by a.starts_at limit 1);
end $$;

-- Refuses an intent that ran into the rule assignment_no_overlap. Person and shift are found by the arguments of the
-- intent, because the error does not name them.
create function private.overlap_refused(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql stable as $$
declare
  s app.shift;
  o app.offer;
  v_who uuid;
begin
  select * into o from app.offer where id = private.try_uuid(p_args ->> 'offer_id');
  v_who := coalesce(private.try_uuid(p_args ->> 'responder_id'), o.responder_id, p_actor.responder_id);
  select * into s
  from app.shift
  where id = coalesce(private.try_uuid(p_args ->> 'shift_id'), o.shift_id,
    (select w.shift_id from app.waitlist_entry w where w.id = private.try_uuid(p_args ->> 'waitlist_id')),
    (select c.shift_id from app.cover_request c where c.id = private.try_uuid(p_args ->> 'cover_id')),
    (select a.shift_id from app.assignment a where a.id = private.try_uuid(p_args ->> 'assignment_id')));
  return private.refused('overlap', private.overlap_of(v_who, s.starts_at, s.ends_at));
end $$;
