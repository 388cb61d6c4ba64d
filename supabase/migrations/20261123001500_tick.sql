-- The scheduler: pg_cron in production, the embedded server locally, every 5 s. Idempotent; safe twice at once and hours late.
create function private.tick_offers(p_now timestamptz) returns void language plpgsql as $$
declare slot record;
begin
  update app.offer set state = 'expired' where id in (select id from app.offer where state = 'sent' and expires_at <= p_now order by id for no key update skip locked);
  for slot in
    select distinct o.callout_id, o.slot_starts_at, o.slot_ends_at from app.offer o join app.callout c on c.id = o.callout_id
    where c.state in ('open', 'filled') and o.state in ('sent', 'expired')
  loop
    perform private.settle_slot(slot.callout_id, slot.slot_starts_at, slot.slot_ends_at, p_now);
  end loop;
  update app.offer o set state = 'withdrawn', reason = 'over' where o.state in ('sent', 'expired') and o.slot_ends_at <= p_now;
end $$;

create function private.tick_holds(p_now timestamptz) returns void language plpgsql as $$
declare v_shift uuid;
begin
  for v_shift in
    select shift_id from app.waitlist_entry where state = 'held' and hold_until <= p_now
    union select w.shift_id from app.waitlist_entry w join app.shift s on s.id = w.shift_id where w.state = 'waiting' and s.ends_at <= p_now order by 1
  loop
    perform from app.shift where id = v_shift for no key update;
    with passed as (
      update app.waitlist_entry set state = 'passed', hold_until = null where shift_id = v_shift and state = 'held' and hold_until <= p_now returning 1)
    update app.shift set held = held - (select count(*) from passed) where id = v_shift;
    -- a shift that is over keeps nobody waiting
    update app.waitlist_entry w set state = 'passed' from app.shift s where s.id = v_shift and s.ends_at <= p_now and w.shift_id = v_shift and w.state = 'waiting';
    perform private.hold_next(v_shift, p_now);
  end loop;
end $$;

-- At T−2 h the opener is asked to renew; at expiry the call-outs keep their shifts and wait for a decision.
create function private.tick_modes(p_now timestamptz) returns void language plpgsql as $$
declare m app.mode;
begin
  for m in select * from app.mode where state = 'open' and expires_at <= p_now + interval '2 hours' order by id for no key update skip locked loop
    if m.expires_at <= p_now then
      update app.mode set state = 'expired' where id = m.id;
      update app.callout set attention = 'undecided' where mode_id = m.id and state in ('open', 'filled');
      update app.offer set state = 'withdrawn', reason = 'mode_expired' where callout_id in (select id from app.callout where mode_id = m.id) and state in ('sent', 'expired');
    elsif m.reminded_at is null then
      update app.mode set reminded_at = p_now where id = m.id;
    else continue;
    end if;
    insert into app.event (id, at, kind, community_id, subject_id)
    select private.uuid_v7(), p_now, case when m.expires_at <= p_now then 'mode_expired' else 'mode_expiring' end, c.id, m.id
    from app.org_unit u join app.org_unit c on c.level = 'community' and (c.path operator(extensions.<@) u.path or c.id = u.community_id) where u.id = m.org_unit_id;
  end loop;
end $$;

-- In 平时 an accepted assignment counts as served and ends with its span; a call-out's people report themselves.
create function private.tick_ended(p_now timestamptz) returns void language plpgsql as $$
declare s app.shift;
begin
  for s in
    select x.* from app.shift x where x.state = 'open' and x.roster_id is not null and x.ends_at <= p_now and x.filled > 0
      and (private.mode_of(x.community_id)).id is null order by x.id for no key update skip locked limit 500
  loop
    update app.assignment set state = case when state = 'assigned' then 'released' else 'done' end::app.assignment_state
    where shift_id = s.id and state in ('assigned', 'accepted', 'on_post');
    update app.shift set filled = 0 where id = s.id;
  end loop;
end $$;

create function private.tick_callouts(p_now timestamptz) returns void language sql as $$
  update app.callout c set state = case when n.missing > 0 then 'open' else 'filled' end::app.callout_state
  from (select s.callout_id, sum(s.capacity - s.filled) filter (where s.ends_at > p_now) as missing from app.shift s
    join app.callout k on k.id = s.callout_id where k.state in ('open', 'filled') and s.state = 'open' group by s.callout_id) n
  where n.callout_id = c.id and c.state in ('open', 'filled') and c.state <> case when n.missing > 0 then 'open' else 'filled' end::app.callout_state
$$;

-- A login that has redeemed no invitation has no role and no scope; it goes after a day, whatever its address. So do rate limits whose window is over.
create function private.tick_logins(p_now timestamptz) returns void language plpgsql as $$
begin
  delete from app.rate_window where until < p_now - interval '1 minute';
  delete from app.sign_in_try
  where passed_at is null and failed_at < p_now - interval '1 day' or passed_at < p_now - interval '90 days';
  if to_regclass('auth.users') is not null then
    execute 'delete from auth.users u where u.created_at < $1 and not exists (select from app.login l where l.id = u.id)'
      using p_now - interval '24 hours';
  end if;
end $$;

create function private.tick(p_now timestamptz) returns void language plpgsql security definer set search_path = '' as $$
begin
  -- in the order everybody locks: shifts, call-outs, offers
  perform private.tick_holds(p_now);
  perform private.tick_modes(p_now);
  perform private.tick_ended(p_now); -- after the modes: roster duty under a mode that just ended is over too; it skips what is locked
  perform private.tick_callouts(p_now);
  perform private.tick_offers(p_now);
  if extract(second from p_now) < 5 then perform private.tick_logins(p_now); end if;
end $$;
