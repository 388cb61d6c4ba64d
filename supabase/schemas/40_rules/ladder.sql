-- The ladder of a slot (R10, docs/adr/0013), climbed from rung to rung until the need is met. A rung is due when the
-- tiers before it are spent, when the minutes of the rung before it are over (whichever is first), or when a leader
-- says so. waves.sql says who is asked.

-- Makes one ladder for each slot of a call-out that just opened, and asks the first people. The first slot that is not
-- over, and those that start within 2 h, are asked at once; the rest 12 h before their start, or at once if the policy
-- says so (R5). Answers how many people were asked.
create function private.raise_ladders(p_callout uuid, p_now timestamptz) returns int language plpgsql as $$
declare
  c app.callout;
  v_asked int := 0;
  v_id uuid;
  v_rates float8[];
begin
  select * into c from app.callout where id = p_callout;
  v_rates := private.tier_rates(c.community_id, p_now);
  insert into app.ladder (id, callout_id, community_id, slot_starts_at, slot_ends_at, opens_at, rates, created_at)
  select private.uuid_v7(), c.id, c.community_id, s.starts_at, s.ends_at,
    case
      when c.policy ->> 'ask_later' = 'now'
        or s.starts_at <= p_now + interval '2 hours'
        or row_number() over (order by s.starts_at, s.ends_at) = 1 then p_now
      else greatest(p_now, s.starts_at - interval '12 hours') end,
    v_rates, p_now
  from (select distinct starts_at, ends_at from app.shift where callout_id = c.id and ends_at > p_now) s;
  insert into app.escalation (ladder_id, position, level, minutes, tiers)
  select l.id, x.no, (x.step ->> 'level')::app.org_level, (x.step ->> 'minutes')::int,
    array(select private.tier_no(n) from jsonb_array_elements_text(x.step -> 'tiers') n order by 1)
  from app.ladder l
  cross join jsonb_array_elements(c.policy -> 'steps') with ordinality x(step, no)
  where l.callout_id = c.id;
  for v_id in
    select id from app.ladder where callout_id = c.id and opens_at <= p_now order by slot_starts_at, id
  loop
    v_asked := v_asked + private.climb(v_id, p_now);
  end loop;
  return v_asked;
end $$;

-- Takes every step of one ladder that is due at p_now, and answers how many people it asked. p_by: the leader who says
-- "now", or null. The caller holds call-out and ladder.
-- A clock that is hours late opens only one rung by its minutes, and starts the minutes of the next from now: no level
-- is passed over because the server slept.
create function private.climb(p_ladder uuid, p_now timestamptz, p_by uuid default null) returns int
language plpgsql as $$
declare
  l app.ladder;
  c app.callout;
  v_steps int; -- rungs of the ladder
  v_need int;
  v_tiers int[]; -- tiers that the rungs reached so far may ask
  v_all private.askable[]; -- who can be asked, in order
  v_people int[]; -- in each tier: how many people can be asked
  v_left int[]; -- in each tier: how many of these are not asked yet
  v_ask int[] := '{0,0,0,0,0}'; -- in each tier: how many of these are asked now
  v_pending int[]; -- in each tier: how many were asked, now or before, and may still answer in time
  v_enough boolean; -- is the need as good as met by those asked?
  v_due boolean; -- is the next rung due because of a clock or a leader?
  v_cause app.rung_cause; -- what made it due
begin
  select * into l from app.ladder where id = p_ladder;
  select * into c from app.callout where id = l.callout_id;
  -- 1: the slot is over, or nobody is needed
  if l.slot_ends_at <= p_now then
    update app.ladder set state = 'over', next_at = null where id = l.id;
    return 0;
  end if;
  v_need := private.need_of(l);
  if v_need = 0 then
    if l.state <> 'met' and l.position > 0 then
      update app.ladder set state = 'met', next_at = null where id = l.id;
    end if;
    return 0;
  end if;
  -- 2: nothing to do yet
  v_steps := jsonb_array_length(c.policy -> 'steps');
  if l.state = 'met' then -- a place came free again: the present rung gets all its minutes once more
    l.next_at := case when l.position < v_steps then p_now + make_interval(mins => (
      select minutes from app.escalation where ladder_id = l.id and position = l.position)) end;
  end if;
  v_pending := private.pending_of(l, p_now);
  v_tiers := private.open_tiers(l);
  v_due := l.position = 0 or p_by is not null or l.next_at <= p_now;
  v_enough := private.will_do(v_need, v_pending, l.rates, v_tiers);
  if not coalesce(v_due, false) and l.state in ('climbing', 'spent')
    and (v_enough or not private.looks_again(l, p_now)) then
    if l.state = 'spent' and v_enough then update app.ladder set state = 'climbing' where id = l.id; end if;
    return 0;
  end if;
  -- 3: ask the open tiers, then open rung after rung as long as one is due
  v_all := array(select a from private.askables(l, p_now) a order by a.tier, a.turn);
  v_left := array(
    select count(a.responder_id)::int
    from generate_series(1, 5) n
    left join unnest(v_all) a on a.tier = n
    group by n order by n);
  v_people := v_left;
  v_cause := case when l.position = 0 then 'start' when p_by is not null then 'forced' else 'minutes' end;
  loop
    select * into v_ask, v_left, v_pending
    from private.ask_tiers(l, c.policy ->> 'pace' = 'everyone', v_need, v_tiers, v_ask, v_left, v_pending);
    v_enough := private.will_do(v_need, v_pending, l.rates, v_tiers);
    exit when l.position >= v_steps or (v_enough and not v_due);
    -- while answers are still to come, rungs that have nobody to ask wait for their minutes
    exit when not v_due and (select coalesce(sum(x), 0) from unnest(v_pending) x) > 0
      and not exists (
        select from app.escalation e
        cross join unnest(e.tiers) n
        where e.ladder_id = l.id and e.position > l.position and v_left[n] > 0);
    -- a clock or a leader opens one rung; one that is skipped at once does not count
    v_due := coalesce(
      not private.open_rung(l, v_people, case when v_due then v_cause else 'spent' end, p_by, p_now) and v_due, false);
    l.position := l.position + 1;
    l.rung_at := p_now;
    select case when l.position < v_steps then p_now + make_interval(mins => e.minutes) end into l.next_at
    from app.escalation e
    where e.ladder_id = l.id and e.position = l.position;
    v_tiers := private.open_tiers(l);
  end loop;
  -- 4: send the offers, and write down where the ladder stands
  perform private.send_offers(l, array(select a from unnest(v_all) a where a.turn <= v_ask[a.tier]), p_now);
  update app.escalation e set
    asked = e.asked + (select coalesce(sum(v_ask[n]), 0) from unnest(e.tiers) n),
    people = (select coalesce(sum(v_left[n]), 0) from unnest(e.tiers) n)
  where e.ladder_id = l.id;
  perform private.rest_ladder(l, v_enough, l.position >= v_steps, v_need, v_pending, p_now);
  return (select sum(x) from unnest(v_ask) x);
end $$;

-- One round over the open tiers, in order: each is asked for the wave that it needs, given what the others may still
-- answer, until the chance is good enough. If the coordinator chose 先到先得 (p_everyone), a tier that needs a wave is
-- asked whole instead.
create function private.ask_tiers(
  p_ladder app.ladder, p_everyone boolean, p_need int, p_tiers int[],
  inout p_ask int[], inout p_left int[], inout p_pending int[]
) language plpgsql stable as $$
declare
  t int;
  w private.wave;
begin
  foreach t in array p_tiers loop
    exit when private.will_do(p_need, p_pending, p_ladder.rates, p_tiers);
    w := private.tier_wave(p_need, p_pending, p_ladder.rates, t, p_left[t]);
    if p_everyone and w.ask > 0 then w.ask := p_left[t]; end if;
    p_ask[t] := p_ask[t] + w.ask;
    p_left[t] := p_left[t] - w.ask;
    p_pending[t] := p_pending[t] + w.ask;
  end loop;
end $$;

-- Opens the next rung and tells its leaders; or skips it at once, with the reason: there is no such unit here, or it
-- has nobody to tell and nobody to ask. Answers whether it opened.
create function private.open_rung(
  p_ladder app.ladder, p_people int[], p_cause app.rung_cause, p_by uuid, p_now timestamptz
) returns boolean language plpgsql as $$
declare
  e app.escalation;
  v_units uuid[];
  v_leaders uuid[];
  v_people int;
begin
  select * into e from app.escalation where ladder_id = p_ladder.id and position = p_ladder.position + 1;
  v_units := private.rung_units(p_ladder, e.level);
  v_leaders := private.rung_leaders(v_units, e.level);
  v_people := (select coalesce(sum(p_people[t]), 0) from unnest(e.tiers) t);
  update app.escalation set
    at = p_now, by_login = p_by, cause = p_cause, told = cardinality(array_remove(v_leaders, p_by)),
    state = case
      when cardinality(v_units) > 0 and (v_people > 0 or cardinality(v_leaders) > 0) then 'open'
      else 'skipped' end::app.rung_state,
    reason = case
      when cardinality(v_units) = 0 then 'no_unit'
      when v_people = 0 and cardinality(v_leaders) = 0 then 'nobody' end::app.rung_reason
  where ladder_id = e.ladder_id and position = e.position
  returning * into e;
  if e.state = 'open' then
    perform private.notify(p_now, array_remove(v_leaders, p_by), 'escalated',
      p_ladder.community_id, p_ladder.callout_id, null, p_ladder.id, e.position::text);
  end if;
  insert into app.event (id, at, kind, login_id, community_id, subject_id, detail)
  select private.uuid_v7(), p_now,
    case
      when e.state = 'skipped' then 'rung_skipped'
      when e.cause in ('minutes', 'forced') then 'escalated'
      else 'rung_opened' end,
    p_by, p_ladder.community_id, p_ladder.id,
    jsonb_build_object('level', e.level, 'cause', e.cause, 'reason', e.reason, 'told', e.told);
  return e.state = 'open';
end $$;

-- Writes down where a ladder stands after its climb. If nobody is left to ask and nobody may still answer, the ladder
-- is spent, and the coordinators are told, once until it climbs again.
create function private.rest_ladder(
  p_ladder app.ladder, p_enough boolean, p_last boolean, p_need int, p_pending int[], p_now timestamptz
) returns void language plpgsql as $$
declare
  v_spent boolean := not p_enough and p_last and (select coalesce(sum(x), 0) from unnest(p_pending) x) = 0;
begin
  update app.ladder set
    state = case when v_spent then 'spent' else 'climbing' end::app.ladder_state,
    position = p_ladder.position, rung_at = p_ladder.rung_at, next_at = p_ladder.next_at,
    look_at = case when p_enough then '-infinity' else p_now + interval '1 minute' end
  where id = p_ladder.id;
  if v_spent and p_ladder.state <> 'spent' then
    insert into app.event (id, at, kind, community_id, subject_id, detail)
    values (private.uuid_v7(), p_now, 'unfilled', p_ladder.community_id, p_ladder.id, jsonb_build_object(
      'missing', p_need, 'starts_at', p_ladder.slot_starts_at, 'ends_at', p_ladder.slot_ends_at));
    perform private.notify(p_now, private.coordinators_of(p_ladder.community_id), 'unfilled',
      p_ladder.community_id, p_ladder.callout_id, null, p_ladder.id);
  end if;
end $$;

-- Nobody was left to ask at the last climb: is it worth looking again? Yes, after a minute, or as soon as somebody of
-- the call-out has answered or has let their time pass.
create function private.looks_again(p_ladder app.ladder, p_now timestamptz) returns boolean language sql stable as $$
  select p_ladder.look_at <= p_now or exists (
    select from app.offer o
    where o.callout_id = p_ladder.callout_id
      and (o.answered_at >= p_ladder.look_at - interval '1 minute'
        or o.state = 'expired' and o.expires_at > p_ladder.look_at - interval '1 minute' and o.expires_at <= p_now))
$$;

-- The units of one level around a slot: its buildings, estates, its community, street or district. Empty where the tree
-- has no such level.
create function private.rung_units(p_ladder app.ladder, p_level app.org_level) returns uuid[] language sql stable as $$
  select coalesce(array_agg(distinct x.id), '{}')
  from (
    select a.id
    from private.spots_of(p_ladder) s
    join app.org_unit u on u.id = s.id
    join app.org_unit a on u.path operator(extensions.<@) a.path
    where a.level = p_level) x
$$;

-- The logins that lead units of one level: building or grid leads, coordinators, officers of street and district.
create function private.rung_leaders(p_units uuid[], p_level app.org_level) returns uuid[] language sql stable as $$
  select coalesce(array_agg(distinct g.login_id order by g.login_id), '{}')
  from app.role_grant g
  where g.org_unit_id = any (p_units)
    and g.role::text = any (case p_level
      when 'building' then '{building_lead}'
      when 'estate' then '{building_lead,grid_lead}'
      when 'community' then '{coordinator}'
      when 'street' then '{street_officer}'
      else '{district_officer}' end::text[])
$$;

-- Ends the ladders of a call-out that was stood down or closed.
create function private.end_ladders() returns trigger language plpgsql as $$
begin
  update app.ladder set state = 'over', next_at = null where callout_id = new.id and state <> 'over';
  return null;
end $$;
create trigger ladders_end after update of state on app.callout
  for each row when (new.state in ('stood_down', 'closed') and old.state in ('open', 'filled'))
  execute function private.end_ladders();
