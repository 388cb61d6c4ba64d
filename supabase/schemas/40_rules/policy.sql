-- The escalation policy of a call-out (R5, R8–R10): which rungs there are, how long each waits, which tiers each may
-- ask. It is stamped when the call-out opens.

-- The number of a tier, by which offers and rungs name it. Tiers are asked in this order; src/domain/waves.ts TIERS is
-- the same list.
create function private.tier_no(p_tier text) returns int language sql immutable parallel safe as $$
  select array_position('{building,estate,community,unit,street}'::text[], p_tier)
$$;

-- 楼栋 → 小区 → 社区 → 街道 → 区, with 5 / 10 / 15 / 30 minutes between them; no rung follows the last.
create function private.default_policy() returns jsonb language sql immutable as $$
  select '{"pace":"waves","ask_later":"at_12h","unit_max":null,"skill":null,"steps":[
    {"level":"building","minutes":5,"tiers":["building"]},{"level":"estate","minutes":10,"tiers":["estate"]},
    {"level":"community","minutes":15,"tiers":["community","unit"]},{"level":"street","minutes":30,"tiers":["street"]},
    {"level":"district","minutes":30,"tiers":[]}]}'::jsonb
$$;

-- The policy to stamp: the one the coordinator chose, or the default if they chose none; null if theirs is not whole or
-- not within bounds. An offer lasts p_offer_min minutes, 1 to 60, or 6 if that is null.
create function private.policy_of(p_policy jsonb, p_offer_min int) returns jsonb language plpgsql immutable as $$
declare
  v jsonb := coalesce(nullif(p_policy, 'null'::jsonb), private.default_policy());
  s jsonb;
  v_after int := 0;
begin
  if not coalesce(
    v ->> 'pace' in ('waves', 'everyone')
    and v ->> 'ask_later' in ('at_12h', 'now')
    and jsonb_typeof(v -> 'steps') = 'array'
    and jsonb_array_length(v -> 'steps') between 1 and 5
    and (v ->> 'unit_max' is null or (v ->> 'unit_max')::int between 1 and 50)
    and (v ->> 'skill' is null or length(trim(v ->> 'skill')) between 1 and 100), false) then
    return null;
  end if;
  for s in select x from jsonb_array_elements(v -> 'steps') x loop
    if not private.is_step(s, v_after) then return null; end if;
    v_after := array_position('{building,estate,community,street,district}'::text[], s ->> 'level');
  end loop;
  return jsonb_build_object(
    'version', 2, 'pace', v -> 'pace', 'ask_later', v -> 'ask_later', 'unit_max', v -> 'unit_max',
    'skill', trim(v ->> 'skill'), 'steps', v -> 'steps', 'offer_min', least(greatest(coalesce(p_offer_min, 6), 1), 60));
exception when data_exception then
  return null;
end $$;

-- Is this a step of a policy: a level above the one before (p_after, its place in the list), 1–240 minutes, only tiers
-- of its own area, and nothing else?
create function private.is_step(p_step jsonb, p_after int) returns boolean language plpgsql immutable as $$
declare v_no int := array_position('{building,estate,community,street,district}'::text[], p_step ->> 'level');
begin
  return coalesce(
    p_step - '{level,minutes,tiers}'::text[] = '{}'
    and v_no > p_after
    and (p_step ->> 'minutes')::int between 1 and 240
    and jsonb_typeof(p_step -> 'tiers') = 'array'
    and (p_step -> 'tiers')
      <@ (array['["building"]', '["estate"]', '["community","unit"]', '["street"]', '[]'])[v_no]::jsonb, false);
exception when data_exception then
  return false;
end $$;

-- How likely one person of each tier says yes in time (R5): (accepted + 3) / (asked + 10), between 0.05 and 0.95, over
-- the community's real call-outs of 90 days. An offer counts once its time is over, a yes only if it came in time. As
-- src/domain/waves.ts tierRate.
create function private.tier_rates(p_community uuid, p_now timestamptz) returns float8[] language sql stable as $$
  select array_agg(
    least(0.95, greatest(0.05, (coalesce(n.accepted, 0) + 3.0) / (coalesce(n.asked, 0) + 10)))
    order by t)
  from generate_series(1, 5) t
  left join (
    select o.tier, count(*) as asked,
      count(*) filter (where o.state = 'accepted' and o.answered_at <= o.expires_at) as accepted
    from app.callout c
    join app.offer o on o.callout_id = c.id
    where c.community_id = p_community and c.kind = 'real' and c.opened_at > p_now - interval '90 days'
      and o.expires_at <= p_now
    group by o.tier) n on n.tier = t
$$;

-- P(at least k of n people say yes), each with chance p: the upper tail of Bin(n, p). As src/domain/waves.ts chance;
-- tests/vectors/waves.json holds both to the same answers.
create function private.chance(n int, p float8, k int) returns float8 language plpgsql immutable strict as $$
declare
  v_odds float8 := p / (1 - p);
  v_term float8 := 1; -- of i yeses, up to a common factor
  v_all float8 := 1; -- the sum of all terms
  v_enough float8 := 0; -- the sum of those with i >= k
begin
  if k <= 0 then return 1; end if;
  if n < k then return 0; end if;
  for i in 1 .. n loop
    v_term := v_term * ((n - i + 1)::float8 / i) * v_odds;
    -- past the largest term the rest adds nothing; Postgres raises an error where a double would become 0
    exit when v_term < 1e-200;
    v_all := v_all + v_term;
    if i >= k then v_enough := v_enough + v_term; end if;
    -- a thousand people would overflow a double, so all three are scaled down together
    if v_term > 1e100 then
      v_term := v_term / 1e100;
      v_all := v_all / 1e100;
      v_enough := case when v_enough < 1e-200 then 0 else v_enough / 1e100 end;
    end if;
  end loop;
  return v_enough / v_all;
end $$;
