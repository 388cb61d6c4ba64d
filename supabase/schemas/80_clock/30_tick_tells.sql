-- What the clock tells people, and what it clears away every minute.

-- Counts once a minute who may listen to a community. A ring to more than 30 logins is spread over 10 ms for each,
-- three seconds at most (docs/adr/0017).
create function private.tick_bells() returns void language sql as $$
  with listener as (
    select ri.community_id, r.login_id from app.report_in ri
    join app.responder r on r.id = ri.responder_id
    where ri.state = 'confirmed' and r.state <> 'closed' and r.login_id is not null
    union
    select u.community_id, g.login_id from app.role_grant g
    join app.org_unit u on u.id = g.org_unit_id
    where u.community_id is not null and g.role in ('coordinator', 'grid_lead', 'building_lead')),
  crowd as (
    select 'org:' || community_id as topic, least(3000, 10 * count(*))::int as spread_ms
    from listener group by community_id having count(*) > 30),
  gone as (delete from sync.bell b where not exists (select from crowd c where c.topic = b.topic))
  -- only what changed: a topic is not rung while its row here is locked
  insert into sync.bell (topic, spread_ms)
  select c.topic, c.spread_ms from crowd c
  where not exists (select from sync.bell b where b.topic = c.topic and b.spread_ms = c.spread_ms)
  order by c.topic
  on conflict (topic) do update set spread_ms = excluded.spread_ms
$$;

-- Deletes logins that have redeemed no invitation within a day: they have no role and no scope. Also deletes rate
-- limits whose window is over, and old tries of passwords.
create function private.tick_logins(p_now timestamptz) returns void language plpgsql as $$
begin
  delete from app.rate_window where until < p_now - interval '1 minute';
  delete from app.sign_in_try
  where passed_at is null and failed_at < p_now - interval '1 day' or passed_at < p_now - private.keep_history();
  if to_regclass('auth.users') is not null then
    execute 'delete from auth.users u
      where u.created_at < $1 and not exists (select from app.login l where l.id = u.id)'
      using p_now - interval '24 hours';
  end if;
end $$;

-- Reminders 24 h, 2 h and 30 min before a shift (R30), until the place is confirmed; a place that was confirmed is
-- reminded of once, at 2 h. One is due when its moment passes between two ticks; after a long silence a shift gets only
-- the latest. A place that is not confirmed at 2 h is in doubt (存疑): the coordinators are told, and as many people as
-- may be needed of those who wait.
create function private.tick_reminders(p_now timestamptz) returns void language plpgsql as $$
declare
  v_from timestamptz;
  v_open record;
begin
  insert into app.reminder_clock (at) values (p_now) on conflict do nothing;
  if found then return; end if;
  select at into v_from from app.reminder_clock for no key update;
  if v_from >= p_now then return; end if;
  update app.reminder_clock set at = p_now where true;
  insert into app.notice (id, login_id, kind, community_id, callout_id, shift_id, subject_id, step, created_at)
  select distinct on (r.login_id, a.id) private.uuid_v7(), r.login_id, 'reminder', s.community_id, s.callout_id, s.id,
    a.id, w.step, p_now
  from (values
    ('t24h', interval '24 hours'), ('t2h', interval '2 hours'), ('t30m', interval '30 minutes')) w(step, ahead)
  join app.shift s
    on s.starts_at > v_from + w.ahead and s.starts_at <= p_now + w.ahead and s.starts_at > p_now and s.state = 'open'
  cross join lateral (select * from app.assignment x where x.shift_id = s.id offset 0) a
  join app.responder r on r.id = a.responder_id and r.login_id is not null
  where (a.state = 'assigned' or a.state = 'accepted' and w.ahead = private.close_time())
    and coalesce(a.accepted_at, a.created_at) < s.starts_at - w.ahead
  order by r.login_id, a.id, w.ahead
  on conflict on constraint notice_once do nothing;
  for v_open in
    select x.id, x.responder_id, s.id as shift_id, s.community_id, s.callout_id from app.shift s
    cross join lateral (select * from app.assignment y where y.shift_id = s.id offset 0) x
    where s.starts_at > v_from + private.close_time() and s.starts_at <= p_now + private.close_time()
      and s.starts_at > p_now and s.state = 'open' and x.state = 'assigned'
    order by x.id
  loop
    insert into app.event (id, at, kind, community_id, responder_id, shift_id, subject_id)
    values (private.uuid_v7(), p_now, 'unconfirmed', v_open.community_id, v_open.responder_id, v_open.shift_id,
      v_open.id);
    perform private.notify(p_now, private.coordinators_of(v_open.community_id), 'unconfirmed', v_open.community_id,
      v_open.callout_id, v_open.shift_id, v_open.id);
    perform private.warm_waitlist(v_open.shift_id, p_now);
  end loop;
end $$;

-- Tells the first people who wait for a shift that a place may become free, one for each place in doubt; each once.
create function private.warm_waitlist(p_shift uuid, p_now timestamptz) returns void language sql as $$
  select private.tell('may_open', p_now, null, array(
    select w.id from app.waitlist_entry w
    where w.shift_id = p_shift and w.state = 'waiting'
    order by w.rank
    limit (select count(*) from app.assignment a where a.shift_id = p_shift and a.state = 'assigned')))
$$;

-- Writes reminders, then plans deliveries, and deletes old notices. The tick calls it after every function that raises
-- notices.
create function private.tick_deliveries(p_now timestamptz) returns void language plpgsql as $$
begin
  perform private.tick_reminders(p_now);
  perform private.plan_deliveries(p_now);
  delete from app.notice
  where id in (
    select id from app.notice where created_at < p_now - private.keep_notices() order by created_at limit 500);
  delete from app.delivery where robot_id is not null and created_at < p_now - private.keep_notices();
end $$;
