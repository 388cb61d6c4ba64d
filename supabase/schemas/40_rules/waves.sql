-- Waves (R5, R6): who can be asked for a slot, in which order, and how many of them now. ladder.sql says when.
-- Tiers go by number: 1 本楼, 2 本小区, 3 本社区, 4 结对单位, 5 街道预备队. Arrays of five hold one value for each tier.

-- How many yeses a tier must give, how many more of its people to ask, and the chance that those asked give them.
create type private.wave as (needed int, ask int, chance float8);

-- A person who can be asked for a slot; turn: their place in the order of their tier.
create type private.askable as (
  responder_id uuid, tier int, turn int, home_building_id uuid, estate_id uuid, ready boolean, rest int, near int,
  load int);

-- The people who can be asked for a slot now, numbered within each tier: first those who were not thanked for it
-- already (asked, and withdrawn because it was full), then those who said 今天可以, then by days of rest, nearness, and
-- turns in 30 days. p_from: only people of this community, which has promised reinforcement.
create function private.askables(p_ladder app.ladder, p_now timestamptz, p_from uuid default null)
returns setof private.askable language plpgsql stable as $$
declare
  c app.callout;
  v_night boolean := private.is_night(p_ladder.slot_starts_at, p_ladder.slot_ends_at);
  v_span tstzrange := tstzrange(p_ladder.slot_starts_at, p_ladder.slot_ends_at);
  v_gate boolean := (select bool_and(gate) from private.spots_of(p_ladder));
  v_unit_max int;
begin
  select * into c from app.callout where id = p_ladder.callout_id;
  v_unit_max := (c.policy ->> 'unit_max')::int;
  return query
  -- people who were asked for this slot. done: never again for it; counts: they count for what their unit may send
  with asked as materialized (
    select o.responder_id,
      bool_or(o.state <> 'withdrawn' or o.reason is distinct from 'full') as done,
      bool_or(o.state in ('sent', 'accepted')) as counts
    from app.offer o
    where o.callout_id = c.id
      and o.slot_starts_at = p_ladder.slot_starts_at and o.slot_ends_at = p_ladder.slot_ends_at
      and (o.state <> 'withdrawn' or o.reason is distinct from 'mode_expired')
    group by o.responder_id),
  -- people of the tiers who can what is asked for, are neither away, nor outside their hours, nor on duty at that time,
  -- and may be asked
  free as materialized (
    select t.*, coalesce(k.done is false, false) as thanked
    from private.tiered(p_ladder, p_from) t
    join app.responder r on r.id = t.responder_id
    left join asked k on k.responder_id = t.responder_id
    where r.state = 'active' and r.login_id is not null and (r.night = 'yes' or not v_night) and k.done is not true
      and (c.policy ->> 'skill' is null or c.policy ->> 'skill' = any (r.skills))
      -- couriers and drivers carry and report; they are never asked to hold a gate
      and not (v_gate and t.kind = 'new_employment')
      and not private.is_away(t.responder_id, p_ladder.slot_starts_at, p_ladder.slot_ends_at)
      and not private.is_off_hours(t.responder_id, p_ladder.slot_starts_at, p_ladder.slot_ends_at, p_now)
      and not exists (
        select from app.assignment a
        where a.responder_id = t.responder_id and private.is_binding(a.state)
          and (a.state = 'on_post' or tstzrange(a.starts_at, a.ends_at) && v_span))
      -- one open offer at a time, but a drill never keeps anybody from a real call
      and not exists (
        select from app.offer o
        join app.callout x on x.id = o.callout_id
        where o.responder_id = t.responder_id and o.state = 'sent'
          and (c.kind = 'drill' or x.kind = 'real' or x.id = c.id))),
  -- when they last served, and how often in 30 days
  record as materialized (
    select a.responder_id, max(coalesce(a.off_post_at, a.ends_at)) as last, count(*) as turns
    from app.assignment a
    where a.responder_id in (select f.responder_id from free f)
      and not private.is_binding(a.state) and a.state in ('done', 'relieved')
      and a.ends_at > p_now - interval '30 days'
    group by a.responder_id),
  -- materialized, so that the guard is asked once for each; a drill tires nobody
  fit as materialized (
    select f.*, case when c.kind <> 'drill' then
      private.fatigue_of(f.responder_id, p_ladder.slot_starts_at, p_ladder.slot_ends_at) end as fatigue
    from free f),
  ranked as (
    select f.*, private.is_ready(f.responder_id, p_ladder.slot_starts_at, p_now) as ready,
      coalesce(d.turns, 0)::int as load,
      least(7, greatest(0,
        coalesce(floor(extract(epoch from p_ladder.slot_starts_at - d.last) / 86400), 7)))::int as rest
    from fit f
    left join record d on d.responder_id = f.responder_id
    where (f.fatigue).hard is null and cardinality(coalesce((f.fatigue).soft, '{}')) = 0),
  -- their place among the people of their partner unit, after those of it who were asked before
  in_unit as (
    select x.*,
      row_number() over (
        partition by x.partner_unit_id
        order by x.tier, x.thanked, x.ready desc, x.rest desc, x.near, x.load, x.responder_id)
      + (
        select count(*)
        from asked k
        join app.responder u on u.id = k.responder_id
        where k.counts and u.partner_unit_id = x.partner_unit_id) as unit_turn
    from ranked x)
  select x.responder_id, x.tier,
    (row_number() over (
      partition by x.tier order by x.thanked, x.ready desc, x.rest desc, x.near, x.load, x.responder_id))::int,
    x.home_building_id, x.estate_id, x.ready, x.rest, x.near, x.load
  from in_unit x
  where v_unit_max is null or x.partner_unit_id is null or x.unit_turn <= v_unit_max;
end $$;

-- The people who belong to some tier of a slot, whether or not they can be asked now. 本社区: those who live here or come
-- from no unit. 结对单位: a unit's people who live elsewhere. 街道预备队: people of the other communities of the street,
-- except of one that has a real call-out itself. p_from: only people of this community, which has promised them.
create function private.tiered(p_ladder app.ladder, p_from uuid default null)
returns table (
  responder_id uuid, tier int, near int, home_building_id uuid, estate_id uuid, partner_unit_id uuid,
  kind app.responder_kind)
language sql stable as $$
  with spots as materialized (select * from private.spots_of(p_ladder)),
  people as (
    select ri.responder_id, true as here
    from app.report_in ri
    where ri.community_id = p_ladder.community_id and ri.state = 'confirmed' and p_from is null
    union all
    select distinct ri.responder_id, false
    from app.org_unit me
    join app.org_unit st on st.id = me.parent_id and st.level = 'street'
    join app.org_unit sis on sis.parent_id = st.id and sis.level = 'community' and sis.id <> me.id
    join app.report_in ri on ri.community_id = sis.id and ri.state = 'confirmed'
    where me.id = p_ladder.community_id
      and case
        when p_from is not null then sis.id = p_from
        else exists (select from app.escalation e where e.ladder_id = p_ladder.id and 5 = any (e.tiers))
          and not exists (
            select from app.callout k
            where k.community_id = sis.id and k.state in ('open', 'filled') and k.kind = 'real') end
      and not exists (
        select from app.report_in own
        where own.responder_id = ri.responder_id and own.community_id = me.id and own.state = 'confirmed')),
  placed as (
    select p.responder_id, p.here, r.home_building_id, r.partner_unit_id, r.kind, h.community_id, pl.estate_id,
      case 'grid' when p1.level::text then p1.id when p2.level::text then p2.id end as grid_id
    from people p
    join app.responder r on r.id = p.responder_id
    left join app.org_unit h on h.id = r.home_building_id
    left join private.place pl on pl.id = h.id
    left join app.org_unit p1 on p1.id = h.parent_id
    left join app.org_unit p2 on p2.id = p1.parent_id)
  select p.responder_id,
    case
      when not p.here then 5
      when p.home_building_id in (select id from spots) then 1
      when p.estate_id in (select estate_id from spots) then 2
      when p.community_id = p_ladder.community_id or p.partner_unit_id is null then 3
      else 4 end,
    case
      when p.home_building_id in (select id from spots) then 0
      when p.estate_id in (select estate_id from spots) then 1
      when p.grid_id in (select grid_id from spots) then 2
      when p.community_id = p_ladder.community_id then 3
      else 4 end,
    p.home_building_id, p.estate_id, p.partner_unit_id, p.kind
  from placed p
$$;

-- Where the open shifts of a slot stand: the units of their posts, with the estate and grid around each.
create function private.spots_of(p_ladder app.ladder)
returns table (id uuid, estate_id uuid, grid_id uuid, gate boolean) language sql stable as $$
  select distinct u.id, pl.estate_id,
    case 'grid' when u.level::text then u.id when p1.level::text then p1.id when p2.level::text then p2.id end,
    p.kind in ('gate', 'unit_door')
  from app.shift s
  join app.post p on p.id = s.post_id
  join private.place pl on pl.id = p.org_unit_id
  join app.org_unit u on u.id = p.org_unit_id
  left join app.org_unit p1 on p1.id = u.parent_id
  left join app.org_unit p2 on p2.id = p1.parent_id
  where s.callout_id = p_ladder.callout_id
    and s.starts_at = p_ladder.slot_starts_at and s.ends_at = p_ladder.slot_ends_at and s.state = 'open'
$$;

-- Sends offers. Each suggests a shift of the slot: one with room first, then one at the person's own building, then one
-- in their estate; equal ones are spread evenly. Inserted in the order of people, as every insert of offers is, so that
-- two transactions cannot block each other in a circle.
create function private.send_offers(p_ladder app.ladder, p_asked private.askable[], p_now timestamptz) returns void
language sql as $$
  insert into app.offer (
    id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, tier, wave, why, sent_at, expires_at)
  select private.uuid_v7(), c.id, k.responder_id, near.id, p_ladder.slot_starts_at, p_ladder.slot_ends_at, k.tier,
    1 + coalesce((
      select max(o.wave)
      from app.offer o
      where o.callout_id = c.id
        and o.slot_starts_at = p_ladder.slot_starts_at and o.slot_ends_at = p_ladder.slot_ends_at
        and o.tier = k.tier and o.sent_at < p_now), 0),
    -- what people of another community said of their day is for their own coordinators
    jsonb_build_object('ready', k.ready and k.tier < 5, 'rest', k.rest, 'near', k.near, 'load', k.load),
    p_now, p_now + make_interval(mins => (c.policy ->> 'offer_min')::int)
  from app.callout c
  cross join unnest(p_asked) k
  cross join lateral (
    select s.id
    from app.shift s
    join app.post p on p.id = s.post_id
    join private.place pl on pl.id = p.org_unit_id
    where s.callout_id = c.id
      and s.starts_at = p_ladder.slot_starts_at and s.ends_at = p_ladder.slot_ends_at and s.state = 'open'
    order by
      s.filled + s.held < s.capacity desc,
      p.org_unit_id is not distinct from k.home_building_id desc,
      (pl.estate_id is not distinct from k.estate_id) desc,
      md5(s.id::text || k.responder_id::text)
    limit 1) near
  where c.id = p_ladder.callout_id
  order by k.responder_id
  on conflict do nothing
$$;

-- The places of a slot that nobody has and that are held for nobody.
create function private.need_of(p_ladder app.ladder) returns int language sql stable as $$
  select coalesce(sum(s.capacity - s.filled - s.held), 0)::int
  from app.shift s
  where s.callout_id = p_ladder.callout_id
    and s.starts_at = p_ladder.slot_starts_at and s.ends_at = p_ladder.slot_ends_at and s.state = 'open'
$$;

-- How many people of each tier are asked and may still answer in time.
create function private.pending_of(p_ladder app.ladder, p_now timestamptz) returns int[] language sql stable as $$
  select array_agg(coalesce(n.n, 0)::int order by t)
  from generate_series(1, 5) t
  left join (
    select o.tier, count(*) as n
    from app.offer o
    where o.callout_id = p_ladder.callout_id
      and o.slot_starts_at = p_ladder.slot_starts_at and o.slot_ends_at = p_ladder.slot_ends_at
      and o.state = 'sent' and o.expires_at > p_now
    group by o.tier) n on n.tier = t
$$;

-- The tiers that the rungs reached so far may ask, in order.
create function private.open_tiers(p_ladder app.ladder) returns int[] language sql stable as $$
  select coalesce(array_agg(t order by t), '{}')
  from app.escalation e
  cross join unnest(e.tiers) t
  where e.ladder_id = p_ladder.id and e.position <= p_ladder.position
$$;

-- Is the need as good as met by those who are asked? It is, if that holds for one tier, given what the others may still
-- answer.
create function private.will_do(p_need int, p_pending int[], p_rates float8[], p_tiers int[]) returns boolean
language sql stable as $$
  select exists (
    select from unnest(p_tiers) t where (private.tier_wave(p_need, p_pending, p_rates, t, 0)).chance >= 0.9)
$$;

-- The wave of one tier, given what the others may still answer.
create function private.tier_wave(p_need int, p_pending int[], p_rates float8[], p_tier int, p_left int)
returns private.wave language sql stable as $$
  select private.wave_of(
    p_need,
    (select coalesce(sum(p_pending[u] * p_rates[u]), 0) from generate_series(1, 5) u where u <> p_tier),
    p_rates[p_tier], p_pending[p_tier], p_left)
$$;

-- How many more people of a tier to ask: the fewest that bring the chance to 0.90. Where all p_left people together
-- do not reach it, all of them are asked. p_expected: the yeses expected from other tiers. As waveOf in
-- src/domain/waves.ts.
create function private.wave_of(p_need int, p_expected float8, p_rate float8, p_pending int, p_left int)
returns private.wave language plpgsql immutable as $$
declare
  w private.wave;
  v_low int := 0;
  v_high int := p_left;
  v_middle int;
begin
  w.needed := greatest(0, ceil(p_need - p_expected - 1e-9)::int);
  w.ask := 0;
  w.chance := private.chance(p_pending, p_rate, w.needed);
  if w.chance >= 0.9 then return w; end if;
  if private.chance(p_pending + p_left, p_rate, w.needed) >= 0.9 then
    while v_high - v_low > 1 loop
      v_middle := (v_low + v_high) / 2;
      if private.chance(p_pending + v_middle, p_rate, w.needed) >= 0.9 then
        v_high := v_middle;
      else
        v_low := v_middle;
      end if;
    end loop;
  end if;
  w.ask := v_high;
  w.chance := private.chance(p_pending + v_high, p_rate, w.needed);
  return w;
end $$;
