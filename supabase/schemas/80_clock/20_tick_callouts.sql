-- What the clock does to call-outs: offers that expire, modes that end, ladders that climb. Each function may run twice
-- at once and hours late.

-- Expires offers, thanks people where a slot is full, and withdraws what is over with its slot.
create function private.tick_offers(p_now timestamptz) returns void language plpgsql as $$
declare slot record;
begin
  update app.offer set state = 'expired'
  where id in (
    select id from app.offer where state = 'sent' and expires_at <= p_now
    order by id for no key update skip locked);
  for slot in
    select distinct o.callout_id, o.slot_starts_at, o.slot_ends_at from app.offer o
    join app.callout c on c.id = o.callout_id
    where c.state in ('open', 'filled') and o.state in ('sent', 'expired')
  loop
    perform private.settle_slot(slot.callout_id, slot.slot_starts_at, slot.slot_ends_at, p_now);
  end loop;
  update app.offer o set state = 'withdrawn', reason = 'over'
  where o.state in ('sent', 'expired') and o.slot_ends_at <= p_now;
end $$;

-- Two hours before a mode expires its opener is asked to renew it. When it expires, its call-outs keep their shifts and
-- wait for a decision (R15).
create function private.tick_modes(p_now timestamptz) returns void language plpgsql as $$
declare m app.mode;
begin
  for m in
    select * from app.mode where state = 'open' and expires_at <= p_now + interval '2 hours'
    order by id for no key update skip locked
  loop
    if m.expires_at <= p_now then
      perform private.end_mode(m.id, 'expired', p_now, null);
    elsif m.reminded_at is null then
      update app.mode set reminded_at = p_now where id = m.id;
    else
      continue;
    end if;
    insert into app.event (id, at, kind, community_id, subject_id)
    select private.uuid_v7(), p_now,
      case when m.expires_at <= p_now then 'mode_expired' else 'mode_expiring' end, c.id, m.id
    from app.org_unit u
    join app.org_unit c on c.level = 'community' and (c.path operator(extensions.<@) u.path or c.id = u.community_id)
    where u.id = m.org_unit_id;
  end loop;
end $$;

-- A call-out is filled while none of its coming shifts misses anybody, else open. One without coming shifts keeps
-- its state: nobody is needed any more, so nothing can fill it.
create function private.tick_callouts(p_now timestamptz) returns void language sql as $$
  update app.callout c set state = n.state
  from (
    select s.callout_id,
      case when sum(s.capacity - s.filled) > 0 then 'open' else 'filled' end::app.callout_state as state
    from app.shift s
    join app.callout k on k.id = s.callout_id
    where k.state in ('open', 'filled') and s.state = 'open' and s.ends_at > p_now
    group by s.callout_id) n
  where n.callout_id = c.id and c.state in ('open', 'filled') and c.state <> n.state
$$;

-- Climbs the ladders of running call-outs, the soonest slot first. One scheduler at a time, and never two on one
-- call-out.
create function private.tick_ladders(p_now timestamptz) returns void language plpgsql as $$
declare v_id uuid;
begin
  if not pg_try_advisory_xact_lock(20261127, 4004) then return; end if;
  for v_id in
    select l.id from app.ladder l
    join app.callout c on c.id = l.callout_id
    where l.state <> 'over' and (l.state <> 'waiting' or l.opens_at <= p_now)
      and c.state in ('open', 'filled') and c.attention = 'none'
      and (c.kind = 'drill' or (private.mode_of(c.community_id)).id is not null)
    order by l.slot_starts_at, l.id
    for no key update of c, l skip locked
  loop
    perform private.climb(v_id, p_now);
  end loop;
end $$;
