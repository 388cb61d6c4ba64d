-- Planning deliveries (R29): which notice goes out now, by which channel, and what is not sent and why.

-- Is a notice about the person's own duty, or for those who lead? Own notices of one building go out as one message,
-- a lead's of one community. Each kind stands here by its name.
create function private.is_own_notice(p_kind app.notice_kind) returns boolean
language sql immutable parallel safe as $$
  select case
    when p_kind in ('offer', 'assigned', 'hold', 'filled', 'reminder', 'promise_due', 'cancelled', 'released', 'moved',
      'passed', 'recalled', 'reopened', 'taken_over', 'let_go', 'membership_ended', 'cover_asked', 'cover_taken',
      'cover_approved', 'cover_off', 'cover_returned', 'cover_untaken',
      'swap_asked', 'swap_taken', 'swap_declined', 'passed_over', 'may_open', 'report_settled') then true
    when p_kind in ('stood_down', 'relief_late', 'unconfirmed', 'not_arrived', 'no_relief', 'support_asked',
      'escalated', 'unfilled', 'reinforcement', 'mode_expiring', 'mode_expired', 'cover_claimed',
      'cover_wanted', 'to_pick', 'place_open', 'away_on_duty', 'report_asked') then false end
$$;

-- Does a notice tell of a change that somebody made to what the person had: a place, a turn in a queue, a request (R19,
-- R43); or, to a coordinator, of a place that somebody gave back, or that its person will not come to? One act may
-- touch many shifts, so these go out as one message of the community, not one for each building.
create function private.is_change(p_kind app.notice_kind) returns boolean language sql immutable parallel safe as $$
  select p_kind in ('cancelled', 'released', 'moved', 'passed', 'recalled', 'reopened', 'taken_over', 'let_go',
    'membership_ended', 'cover_taken', 'cover_approved', 'cover_off', 'cover_returned',
    'swap_taken', 'place_open', 'away_on_duty')
$$;

-- Does a notice ask for what has to be done before a shift begins, or tell that its duty is the person's (R21, R30)?
-- Such a notice goes out in the quiet hours, too, when the shift begins before they end. A colleague's wish to swap
-- does not: nobody's duty depends on the answer.
create function private.is_before_start(p_kind app.notice_kind) returns boolean
language sql immutable parallel safe as $$
  select p_kind in ('assigned', 'reminder', 'unconfirmed', 'hold', 'may_open', 'to_pick', 'cover_claimed',
    'cover_wanted', 'cover_untaken', 'swap_declined')
$$;

-- Until when a notice of what is ahead has something to say: until its shift begins. One that was written later speaks
-- of a shift that runs, until it ends. The same rule as saidUntil of src/queries/noticeRows.ts.
create function private.said_until(p_at timestamptz, p_starts timestamptz, p_ends timestamptz) returns timestamptz
language sql immutable parallel safe as $$
  select case when p_at <= p_starts then p_starts else p_ends end
$$;

-- Does a notice come before others: of a call-out, or a call for support from a post?
create function private.is_urgent(p_kind app.notice_kind, p_callout uuid) returns boolean
language sql immutable parallel safe as $$
  select p_callout is not null or p_kind = 'support_asked'
$$;

-- Is there still something to do about a notice? Its subject's row tells, and the time; without a row, yes, until it is
-- read. Each kind stands here by its name. No `set` here: the function has to be merged into the query that asks it, or
-- it reads all notices.
create function private.notice_standing(p_now timestamptz) returns table (id uuid, stands boolean, asks boolean)
language sql stable as $$
  select n.id, coalesce(case
    when n.kind = 'offer' then (
      select o.state = 'sent' from app.offer o where o.id = n.subject_id)
    when n.kind = 'assigned' then (
      select a.state = 'assigned' and a.ends_at > p_now from app.assignment a where a.id = n.subject_id)
    when n.kind = 'unconfirmed' then (
      select a.state = 'assigned' and private.said_until(n.created_at, a.starts_at, a.ends_at) > p_now
      from app.assignment a where a.id = n.subject_id)
    -- one that came before its person confirmed has had its answer
    when n.kind = 'reminder' then (
      select (a.state = 'assigned' or a.state = 'accepted' and coalesce(a.accepted_at, a.created_at) <= n.created_at)
        and private.said_until(n.created_at, a.starts_at, a.ends_at) > p_now
      from app.assignment a where a.id = n.subject_id)
    when n.kind = 'promise_due' then (
      select a.state = 'accepted' from app.assignment a where a.id = n.subject_id)
    when n.kind = 'hold' then (
      select w.state = 'held' from app.waitlist_entry w where w.id = n.subject_id)
    when n.kind = 'passed_over' then (
      select w.state = 'waiting' from app.waitlist_entry w where w.id = n.subject_id)
    when n.kind = 'may_open' then (
      select w.state = 'waiting' and private.said_until(n.created_at, s.starts_at, s.ends_at) > p_now
      from app.waitlist_entry w join app.shift s on s.id = w.shift_id where w.id = n.subject_id)
    when n.kind = 'to_pick' then (
      select s.to_pick > 0 from app.shift s where s.id = n.subject_id)
    when n.kind = 'place_open' then (
      select s.state = 'open' and s.filled + s.held < s.capacity and s.ends_at > p_now
      from app.shift s where s.id = n.subject_id)
    when n.kind = 'away_on_duty' then (
      select a.state in ('assigned', 'accepted') and a.ends_at > p_now
        and private.is_away(a.responder_id, a.starts_at, a.ends_at)
      from app.assignment a where a.id = n.subject_id)
    when n.kind = 'support_asked' then (
      select a.state in ('accepted', 'on_post') from app.assignment a where a.id = n.subject_id)
    when n.kind = 'reopened' then (
      select a.state = 'not_arrived' from app.assignment a where a.id = n.subject_id)
    -- that a shift is over for which the person waited needs no push
    when n.kind = 'passed' then n.step <> 'over'
    when n.kind = 'cover_claimed' then (
      select c.state = 'claimed' and c.taker_assignment_id::text = n.step from app.cover_request c
      where c.id = n.subject_id)
    when n.kind = 'cover_wanted' then (
      select c.state = 'open' from app.cover_request c where c.id = n.subject_id)
    when n.kind = 'swap_asked' then (
      select c.state = 'open' from app.cover_request c where c.id = private.try_uuid(n.step))
    when n.kind in ('cover_asked', 'cover_untaken') then (
      select private.is_binding(a.state) and private.said_until(n.created_at, a.starts_at, a.ends_at) > p_now
      from app.assignment a where a.id = n.subject_id)
    -- a list of a unit is one notice, whose subject is the unit: it stands until it is read
    when n.kind = 'report_asked' then (
      select f.state = 'requested' from app.report_form f where f.id = n.subject_id)
    -- whose place it is matters until the shift is over
    when n.kind in ('moved', 'cover_approved', 'cover_returned', 'swap_taken', 'swap_declined') then (
      select private.is_binding(a.state) and a.ends_at > p_now from app.assignment a where a.id = n.subject_id)
    when n.kind in ('cancelled', 'released', 'recalled', 'taken_over', 'let_go', 'membership_ended', 'cover_taken',
      'cover_off', 'report_settled') then true
    when n.kind in ('filled', 'stood_down', 'relief_late', 'not_arrived', 'no_relief', 'escalated', 'unfilled',
      'reinforcement', 'mode_expiring', 'mode_expired') then true end, true),
    -- Does it wait for an answer? Having seen it is none, so it goes on by its other channels until there is one.
    coalesce(case
      when n.kind = 'offer' then (
        select o.state = 'sent' from app.offer o where o.id = n.subject_id)
      when n.kind in ('assigned', 'reminder', 'moved') then (
        select a.state = 'assigned' from app.assignment a where a.id = n.subject_id)
      when n.kind = 'hold' then (
        select w.state = 'held' from app.waitlist_entry w where w.id = n.subject_id)
      when n.kind = 'to_pick' then (
        select s.to_pick > 0 from app.shift s where s.id = n.subject_id)
      when n.kind = 'cover_claimed' then (
        select c.state = 'claimed' and c.taker_assignment_id::text = n.step from app.cover_request c
        where c.id = n.subject_id)
      when n.kind = 'swap_asked' then (
        select c.state = 'open' from app.cover_request c where c.id = private.try_uuid(n.step))
      when n.kind = 'reinforcement' then (
        select r.state = 'asked' from app.reinforcement r where r.id = n.subject_id) end, false)
  from app.notice n
$$;

-- A notice whose next rung is due, with what decides about it.
-- bundle: notices of one bundle go out as one message; one building for a person's own notices, the community for its
-- leads and for changes. urgent: of a call-out, or a call for support from a post. climbs: it goes on to SMS while it
-- is not known; of a call-out, a call for support under an open mode, or a change of a shift that is near. wakes: of a
-- real call-out under an open mode, a call for support from real duty, a change of a shift that begins before the quiet
-- hours end, what has to be known before such a shift, or a hold that leaves less than its full time after them; only
-- such notices go out in them. known: its person has seen it, and it asks for no answer.
create type private.due_notice as (
  id uuid,
  login_id uuid,
  community_id uuid,
  kind app.notice_kind,
  subject_id uuid,
  bundle uuid,
  rung int,
  stands boolean,
  known boolean,
  urgent boolean,
  climbs boolean,
  wakes boolean,
  drill app.yes_no);

-- One pass over everything that is due, at most 1,000 notices; answers how many it looked at. Two passes at once would
-- count a person's minute twice, so the second one does nothing and answers 0.
create function private.plan_deliveries(p_now timestamptz) returns int language plpgsql as $$
declare v_due private.due_notice[];
begin
  if not pg_try_advisory_xact_lock(20261127, 1004) then return 0; end if;
  select array_agg(d) into v_due from private.due_notices(p_now) d;
  if v_due is null then return 0; end if;
  -- the app shows a notice as soon as it exists
  insert into app.delivery (id, notice_id, login_id, community_id, channel, state, next_at, created_at, settled_at)
  select private.uuid_v7(), d.id, d.login_id, d.community_id, 'in_app', 'sent', p_now, p_now, p_now
  from unnest(v_due) d
  where d.rung = 0 and not exists (
    select from app.delivery x where x.notice_id = d.id and x.channel = 'in_app');
  -- a notice that is known or has nothing left to do goes no further
  insert into app.delivery
    (id, notice_id, login_id, community_id, channel, state, reason, next_at, created_at, settled_at)
  select private.uuid_v7(), d.id, d.login_id, d.community_id, 'web_push', 'not_sent', 'superseded', p_now, p_now, p_now
  from unnest(v_due) d
  where d.rung = 0 and not d.stands;
  update app.notice set next_at = null where id in (select d.id from unnest(v_due) d where not d.stands or d.known);
  perform private.plan_robots(p_now, v_due);
  perform private.plan_messages(p_now, v_due);
  perform private.plan_calls(p_now, v_due);
  return cardinality(v_due);
end $$;

-- The 1,000 notices that are due longest.
create function private.due_notices(p_now timestamptz) returns setof private.due_notice language sql stable as $$
  with open_mode as materialized (
    select c.id, (private.mode_of(c.id)).id is not null as emergency
    from (
      select distinct community_id as id from app.notice
      where next_at <= p_now and private.is_urgent(kind, callout_id)) c)
  select n.id, n.login_id, n.community_id, n.kind, n.subject_id,
    case
      when private.is_own_notice(n.kind) and not private.is_change(n.kind) and n.kind <> 'assigned'
        then coalesce(n.org_unit_id, n.community_id)
      else coalesce(n.community_id, n.subject_id) end,
    n.rung, s.stands, n.read_at is not null and not s.asks, c.urgent,
    n.callout_id is not null and n.kind not in ('filled', 'stood_down')
      or n.kind = 'support_asked' and coalesce(m.emergency, false)
      or n.step = 'placed' -- of a stand-down: they had a place, and may be on their way
      or c.change and c.begins <= n.created_at + private.near(),
    n.drill = 'no' and (
      c.urgent and coalesce(m.emergency, false)
      or n.kind = 'support_asked'
      or (c.change or private.is_before_start(n.kind)) and c.begins < private.quiet_until(p_now)
      or n.kind = 'hold' and n.callout_id is null and (
        select w.hold_until < private.quiet_until(p_now) + private.hold_time(false)
        from app.waitlist_entry w where w.id = n.subject_id)), n.drill
  from app.notice n
  cross join lateral (
    select private.is_change(n.kind) as change, private.is_urgent(n.kind, n.callout_id) as urgent,
      least(n.starts_at, n.was_starts_at) as begins) c
  join private.notice_standing(p_now) s on s.id = n.id
  left join open_mode m on m.id = n.community_id
  where n.next_at <= p_now
  order by n.next_at, n.id limit 1000
$$;

-- What the robots of a community will say: how many notices of each kind. Counts are added to a message not yet sent; a
-- robot says at most one message a minute.
create function private.plan_robots(p_now timestamptz, p_due private.due_notice[]) returns void language plpgsql as $$
declare r record;
begin
  for r in
    select b.id as robot_id, b.community_id, t.drill, jsonb_object_agg(t.kind, t.n) as counts, bool_or(t.wakes) as wakes
    from (
      select d.community_id, d.drill, d.kind, bool_or(d.wakes) as wakes,
        count(distinct case when d.kind in ('offer', 'filled', 'stood_down') then d.id else d.subject_id end) as n
      from unnest(p_due) d
      where d.urgent and d.rung = 0 and d.stands
      group by 1, 2, 3) t
    join app.robot b on b.community_id = t.community_id
    group by b.id, b.community_id, t.drill
    order by b.id, t.drill
  loop
    if private.is_quiet(p_now) and not r.wakes then
      insert into app.delivery (id, robot_id, community_id, channel, state, reason, content, next_at, created_at)
      values (private.uuid_v7(), r.robot_id, r.community_id, 'robot', 'not_sent', 'quiet_hours',
        jsonb_build_object('drill', r.drill, 'counts', r.counts), p_now, p_now);
      continue;
    end if;
    update app.delivery q
    set content = jsonb_set(q.content, '{counts}', (
      select jsonb_object_agg(k,
        coalesce((q.content -> 'counts' ->> k)::int, 0) + coalesce((r.counts ->> k)::int, 0))
      from (
        select jsonb_object_keys(q.content -> 'counts') union select jsonb_object_keys(r.counts)) x(k)))
    where q.id = (
      select id from app.delivery w
      where w.robot_id = r.robot_id and w.state = 'queued' and w.attempts = 0 and w.content ->> 'drill' = r.drill::text
      for no key update skip locked limit 1);
    continue when found;
    insert into app.delivery (id, robot_id, community_id, channel, state, content, next_at, created_at)
    select private.uuid_v7(), r.robot_id, r.community_id, 'robot', 'queued',
      jsonb_build_object('drill', r.drill, 'counts', r.counts),
      coalesce((
        select greatest(max(w.next_at) + interval '1 minute', p_now) from app.delivery w
        where w.robot_id = r.robot_id and w.state <> 'not_sent'), p_now),
      p_now;
  end loop;
end $$;

-- The last rung: puts offers on the coordinators' call list. An offer that somebody is answering right now is looked at
-- again in the next pass.
create function private.plan_calls(p_now timestamptz, p_due private.due_notice[]) returns void language plpgsql as $$
declare v_notices uuid[];
begin
  select array_agg(d.id) into v_notices from unnest(p_due) d
  join (
    select id from app.offer
    where id in (select subject_id from unnest(p_due) where rung = 2) and state = 'sent'
    order by id for no key update skip locked) o on o.id = d.subject_id
  where d.rung = 2 and d.kind = 'offer' and d.stands and not d.known;
  insert into app.delivery (id, notice_id, login_id, community_id, channel, state, next_at, created_at)
  select private.uuid_v7(), n.id, n.login_id, n.community_id, 'call', 'queued', p_now, p_now
  from app.notice n where n.id = any (v_notices);
  update app.notice set next_at = case when id = any (v_notices) then null else p_now end
  where id in (select d.id from unnest(p_due) d where d.rung = 2 and d.stands and not d.known);
end $$;

-- When the next message to a person is allowed: one a minute, five in a quarter of an hour (R29).
create function private.room_at(p_login uuid, p_now timestamptz) returns timestamptz language sql stable as $$
  select coalesce(greatest(
    max(d.created_at) + interval '1 minute',
    case when count(*) >= 5
      then (array_agg(d.created_at order by d.created_at desc))[5] + interval '15 minutes' end), '-infinity')
  from app.delivery d
  where d.login_id = p_login and d.channel in ('web_push', 'sms') and d.state <> 'not_sent'
    and d.created_at > p_now - interval '15 minutes'
$$;
