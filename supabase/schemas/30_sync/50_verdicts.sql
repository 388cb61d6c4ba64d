-- Verdicts hold ids of people, never names; whoever reads one sees the names of today.
create function private.with_names(p_detail jsonb) returns jsonb language plpgsql stable as $$
begin
  if p_detail ?| '{filled,people}' then
    return (select jsonb_object_agg(k.key, case when k.key in ('filled', 'people') then (
      select coalesce(jsonb_agg(x.one || jsonb_build_object('name', r.name) order by x.i), '[]')
      from jsonb_array_elements(k.value) with ordinality x(one, i) left join app.responder o on o.id = (x.one ->> 'responder_id')::uuid
      left join app.responder r on r.id = coalesce(o.joined_to, o.id)) else k.value end)
    from jsonb_each(p_detail) k);
  end if;
  return p_detail;
end $$;

create function private.applied(p_code app.verdict_code default null, p_detail jsonb default null) returns jsonb language sql stable as $$
  select jsonb_build_object('status', 'applied', 'code', p_code, 'detail', p_detail)
$$;

create function private.refused(p_code app.verdict_code, p_detail jsonb default null) returns jsonb language sql stable as $$
  select jsonb_build_object('status', 'refused', 'code', p_code, 'detail', p_detail)
$$;

create function private.invalid(p_field text) returns jsonb language sql stable as $$
  select private.refused('invalid', jsonb_build_object('field', p_field))
$$;

-- Words a person typed never go into the log of events, where nothing can be taken out again: only a code does.
create function private.only_code(p_text text) returns text language sql immutable parallel safe as $$
  select substring(p_text from '^[a-z][a-z0-9_]{0,30}$')
$$;

-- An intent about a place is too old to act on (R2): tapped over 30 minutes ago, at an unknown time, or before a shift that has since begun.
create function private.is_stale(p_actor private.actor, p_starts_at timestamptz) returns boolean language sql stable as $$
  select p_actor.tapped_at is null or p_actor.tapped_at < p_actor.now - interval '30 minutes'
    or (p_actor.tapped_at < p_starts_at and p_actor.now >= p_starts_at)
$$;

-- The corrected time of a tap: device clock plus the offset the phone measured; unknown without one, in the future, or over a year ago.
create function private.tapped_at(p_mut jsonb, p_now timestamptz) returns timestamptz language plpgsql immutable as $$
declare t timestamptz;
begin
  t := (p_mut ->> 'device_at')::timestamptz + make_interval(secs => (p_mut ->> 'offset_ms')::numeric / 1000.0);
  return case when t between p_now - interval '1 year' and p_now + interval '2 minutes' then least(t, p_now) end;
exception when data_exception then return null;
end $$;

-- The moment a fact happened: the phone's time of the fact moved by its measured offset, never in the future and never more than a day back.
create function private.fact_at(p_actor private.actor, p_at text) returns timestamptz language plpgsql stable as $$
declare at timestamptz := p_at::timestamptz;
begin
  if p_actor.tapped_at is null or at is null then return p_actor.now; end if;
  return greatest(least(p_actor.tapped_at, p_actor.now), p_actor.now - interval '24 hours');
exception when data_exception then return p_actor.now;
end $$;
