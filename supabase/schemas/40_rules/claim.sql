-- Taking and giving back a place: accept_shift, decline_shift, withdraw, take_held_place, take_cover. Locks are taken in
-- one order everywhere: shift, responder, then waitlist entries and offers.

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

-- Gives a place back and passes it on to the waitlist.
create function private.free_place(p_shift uuid, p_now timestamptz) returns void language plpgsql as $$
begin
  update app.shift set filled = filled - 1 where id = p_shift;
  perform private.hold_next(p_shift, p_now);
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
