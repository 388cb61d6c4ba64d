-- What the server answers to an intent, and what it may believe of the phone's clock.

-- The verdict of an intent that was done; a code says what is special about it.
create function private.applied(p_code app.verdict_code default null, p_detail jsonb default null) returns jsonb
language sql stable as $$
  select jsonb_build_object('status', 'applied', 'code', p_code, 'detail', p_detail)
$$;

-- The verdict of an intent that was refused, and why.
create function private.refused(p_code app.verdict_code, p_detail jsonb default null) returns jsonb
language sql stable as $$
  select jsonb_build_object('status', 'refused', 'code', p_code, 'detail', p_detail)
$$;

-- Refused, because this argument is missing or does not make sense.
create function private.invalid(p_field text) returns jsonb language sql stable as $$
  select private.refused('invalid', jsonb_build_object('field', p_field))
$$;

-- The detail of a verdict with the names of its people. A kept verdict holds only ids; names are added each time it is
-- read, so that it shows the names of today.
create function private.with_names(p_detail jsonb) returns jsonb language plpgsql stable as $$
begin
  if p_detail ?| '{filled,people}' then
    return (
      select jsonb_object_agg(k.key, case when k.key in ('filled', 'people') then (
          select coalesce(jsonb_agg(x.one || jsonb_build_object('name', r.name) order by x.i), '[]')
          from jsonb_array_elements(k.value) with ordinality x(one, i)
          left join app.responder o on o.id = (x.one ->> 'responder_id')::uuid
          left join app.responder r on r.id = coalesce(o.joined_to, o.id))
        else k.value end)
      from jsonb_each(p_detail) k);
  end if;
  return p_detail;
end $$;

-- The text if it is a code, else null. Words that a person typed never go into the event log, because nothing can be
-- taken out of it again.
create function private.only_code(p_text text) returns text language sql immutable parallel safe as $$
  select substring(p_text from '^[a-z][a-z0-9_]{0,30}$')
$$;

-- Is an intent about a place too old to act on (R2)? It is, if it was tapped over 30 minutes ago or at an unknown time,
-- or if the shift began between the tap and now.
create function private.is_stale(p_actor private.actor, p_starts_at timestamptz) returns boolean
language sql stable as $$
  select p_actor.tapped_at is null
    or p_actor.tapped_at < p_actor.now - interval '30 minutes'
    or (p_actor.tapped_at < p_starts_at and p_actor.now >= p_starts_at)
$$;

-- Is this the latest word about a person's hours, their day, a wish or a consent, by the time of the tap? If it is, that
-- time is noted. A word of unknown age counts as said now. The caller holds the person.
create function private.is_latest_word(p_actor private.actor, p_responder uuid, p_about text) returns boolean
language plpgsql as $$
begin
  insert into app.last_word as w (responder_id, about, tapped_at)
  values (p_responder, p_about, coalesce(p_actor.tapped_at, p_actor.now))
  on conflict (responder_id, about) do update set tapped_at = excluded.tapped_at
  where w.tapped_at <= excluded.tapped_at;
  return found;
end $$;

-- When a mutation was tapped: the phone's clock plus the offset it measured. Null without an offset, and for a time
-- over a year ago or over two minutes in the future.
create function private.tapped_at(p_mut jsonb, p_now timestamptz) returns timestamptz language plpgsql immutable as $$
declare v_tapped timestamptz;
begin
  v_tapped := (p_mut ->> 'device_at')::timestamptz + make_interval(secs => (p_mut ->> 'offset_ms')::numeric / 1000.0);
  return case when v_tapped between p_now - interval '1 year' and p_now + interval '2 minutes'
    then least(v_tapped, p_now) end;
exception when data_exception then
  return null;
end $$;

-- When a fact happened (an arrival, a leaving): at its tap, but never in the future and never over a day ago. Now, if
-- the phone names no time or its clock cannot be corrected.
create function private.fact_at(p_actor private.actor, p_at text) returns timestamptz language plpgsql stable as $$
declare at timestamptz := p_at::timestamptz;
begin
  if p_actor.tapped_at is null or at is null then return p_actor.now; end if;
  return greatest(least(p_actor.tapped_at, p_actor.now), p_actor.now - interval '24 hours');
exception when data_exception then
  return p_actor.now;
end $$;
