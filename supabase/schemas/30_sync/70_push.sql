-- Push: a phone sends intents, the server runs them in sequence and remembers every verdict. The answer to a mutation
-- id never changes, however often it is sent.

create function api.push(p_client uuid, p_schema int, p_muts jsonb) returns jsonb language sql volatile as $$
  select private.push(p_client, p_schema, p_muts, now())
$$;

-- Consumes mutations in sequence. Stops at the first that is not the next one in sequence, or that this server does not
-- know (`hold`): the phone keeps that one and all after it, and sends them again later.
create function private.push(p_client uuid, p_schema int, p_muts jsonb, p_now timestamptz) returns jsonb
language plpgsql security definer
set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  me uuid := private.login_id();
  c sync.client;
  actor private.actor;
  m jsonb;
  mid uuid;
  prev sync.result;
  verdict jsonb;
  results jsonb := '[]';
  hold boolean := false;
  v_shape jsonb;
  v_bytes int;
  v_refusals int := 0;
  v_dead int := 0;
  v_day date := (p_now at time zone interval '+08:00')::date;
begin
  -- 1: who, and what
  perform private.admit_push(me, p_muts);
  v_bytes := pg_column_size(p_muts);
  -- 2: one push of a client at a time, so tabs and retries wait here; a client belongs to one person for ever
  select * into c from sync.client where id = p_client for no key update;
  if not found then c := private.new_client(p_client, me, p_schema, p_now); end if;
  if c.login_id <> me then raise exception 'client of another person' using errcode = '42501'; end if;
  c.budget := private.push_budget(c, p_now);
  perform private.admit_sequence(me, c.lmid, p_muts);
  perform private.within_day(me, v_day, v_bytes);
  select me, r.id, null, p_now, null into actor
  from (select 1) one
  left join app.responder r on r.login_id = me and r.state <> 'closed';
  if jsonb_array_length(p_muts) > 1 then perform private.lock_targets(actor.responder_id, p_muts); end if;
  for m in select * from jsonb_array_elements(p_muts) loop
    mid := private.try_uuid(m ->> 'id');
    -- 3: already decided (also under another client of this person): the same answer again
    select * into prev from sync.result where mutation_id = mid;
    if found then
      if (m ->> 'seq')::bigint = c.lmid + 1 then c.lmid := c.lmid + 1; end if;
      results := results || jsonb_build_object('seq', (m ->> 'seq')::bigint, 'id', mid, 'status', prev.status,
        'code', prev.code, 'detail', private.with_names(prev.detail), 'replayed', true);
      continue;
    end if;
    exit when (m ->> 'seq')::bigint > c.lmid + 1;
    -- 4: decide
    actor.mutation_id := mid;
    actor.tapped_at := private.tapped_at(m, p_now);
    if m ->> 'name' = '__skip' then
      v_shape := null;
      verdict := jsonb_build_object('status', 'failed', 'code', 'skipped', 'detail', private.skipped_of(m -> 'args'));
    else
      select s.shape into v_shape from private.shape s where s.name = m ->> 'name';
      verdict := case when (m ->> 'v')::int = 1 and v_shape is not null then private.run_fitting(actor, m, v_shape) end;
      hold := verdict is null;
      exit when hold;
    end if;
    -- 5: remember, in the same transaction as the effect
    c.lmid := c.lmid + 1;
    insert into sync.result (
      mutation_id, client_id, login_id, seq, name, v, status, code, detail, args, community_id, at)
    values (
      mid, p_client, me, c.lmid, m ->> 'name', (m ->> 'v')::int,
      verdict ->> 'status', (verdict ->> 'code')::app.verdict_code, verdict -> 'detail',
      case when verdict ->> 'status' <> 'applied' then private.kept_args(m -> 'args', v_shape) end,
      case when verdict ->> 'status' = 'failed' then private.reader_of_failure(me, v_day, v_dead) end, p_now);
    v_refusals := v_refusals + (verdict ->> 'status' <> 'applied')::int;
    v_dead := v_dead + (verdict ->> 'status' = 'failed')::int;
    if verdict ->> 'code' in ('full', 'roster_conflict', 'roster_tired', 'roster_changed') then
      verdict := verdict || jsonb_build_object('detail', private.with_names(verdict -> 'detail'));
    end if;
    results := results || (verdict || jsonb_build_object('seq', c.lmid, 'id', mid, 'replayed', false));
  end loop;
  update sync.client set
    lmid = c.lmid, app_schema = p_schema, seen_at = p_now, budget = c.budget, day = v_day,
    bytes = v_bytes + case when day = v_day then bytes else 0 end,
    refusals = v_refusals + case when day = v_day then refusals else 0 end,
    dead_letters = v_dead + case when day = v_day then dead_letters else 0 end
  where id = p_client;
  set constraints all immediate; -- stamps now, so that the answer carries the heads this push reached
  return jsonb_build_object('now', p_now, 'lmid', c.lmid, 'hold', hold, 'results', results,
    'heads', private.heads_reached(me));
end $$;

-- What push asks before it stores anything: a caller who belongs, and at most 25 well-formed mutations of 64 KB in all.
create function private.admit_push(p_login uuid, p_muts jsonb) returns void language plpgsql as $$
begin
  if p_login is null then raise exception 'not signed in' using errcode = '42501'; end if;
  perform private.refuse_reshaped();
  if not private.belongs(p_login) then perform private.raise_outsider(); end if;
  if jsonb_typeof(p_muts) is distinct from 'array'
    or jsonb_array_length(p_muts) > 25 or length(p_muts::text) > 65536 then
    raise exception 'at most 25 mutations and 64 KB' using errcode = 'RW002';
  end if;
  if not private.are_mutations(p_muts) then raise exception 'not mutations' using errcode = '22023'; end if;
end $$;

-- Refuses a push with an id or a number that cannot be run, before anything of it runs: an error later would take back
-- what was counted as well, the limits of the day and the wrong 替班码. So ids are locked, too, because two pushes that
-- bring the same one at once would fail at the second; and a person's pushes wait for each other, because each counts
-- what the others have used.
create function private.admit_sequence(p_login uuid, p_lmid bigint, p_muts jsonb) returns void language plpgsql as $$
declare
  m jsonb;
  mid uuid;
  v_owner uuid;
  v_known boolean; -- decided already, or earlier in this push
  v_ids uuid[] := '{}';
begin
  perform pg_advisory_xact_lock(k.key) from (
    select distinct hashtextextended(x, 0) as key
    from (
      select 'push:' || p_login
      union all
      select 'mutation:' || private.try_uuid(e ->> 'id') from jsonb_array_elements(p_muts) e) t(x)
    where x is not null
    order by 1) k;
  for m in select * from jsonb_array_elements(p_muts) loop
    mid := private.try_uuid(m ->> 'id');
    select login_id into v_owner from sync.result where mutation_id = mid;
    v_known := found or coalesce(mid = any (v_ids), false);
    if v_owner <> p_login then raise exception 'mutation of another person' using errcode = '42501'; end if;
    if not v_known and (mid is null or (m ->> 'seq')::bigint <= p_lmid) then
      raise exception 'this number was used for another mutation' using errcode = 'RW001';
    end if;
    exit when not v_known and (m ->> 'seq')::bigint > p_lmid + 1;
    if (m ->> 'seq')::bigint = p_lmid + 1 then p_lmid := p_lmid + 1; end if;
    v_ids := v_ids || mid;
  end loop;
end $$;

-- The heads that this transaction has stamped, as the caller may see them: not those of other people's own scopes.
create function private.heads_reached(p_login uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(h.key, h.value), '{}')
  from jsonb_each(coalesce(nullif(current_setting('sync.heads', true), '')::jsonb, '{}')) h
  where h.key not like 'user:%' or h.key = 'user:' || p_login
$$;

-- Runs an intent if its arguments fit its shape, and else refuses it by the argument that does not.
create function private.run_fitting(p_actor private.actor, p_mut jsonb, p_shape jsonb) returns jsonb
language plpgsql as $$
declare
  v_field text := private.misfit(p_mut -> 'args', p_shape, p_actor.now, private.phone_clock(p_mut, p_actor.now));
begin
  return case
    when v_field is null then private.run_mutation(p_actor, p_mut ->> 'name', p_mut -> 'args')
    else private.invalid(v_field) end;
end $$;

-- What the phone's clock shows now, by the offset that the phone measured; when it tapped, if it never measured one. A
-- clock over a hundred years off is unknown: years at the end of the calendar cannot be counted with.
-- The fact of a phone whose clock is unknown is kept at the server's time (private.fact_at).
create function private.phone_clock(p_mut jsonb, p_now timestamptz) returns timestamptz language plpgsql stable as $$
declare v_clock timestamptz;
begin
  v_clock := coalesce(p_now - make_interval(secs => (p_mut ->> 'offset_ms')::numeric / 1000.0),
    private.try_moment(p_mut ->> 'device_at'), p_now);
  return case when v_clock between p_now - interval '100 years' and p_now + interval '100 years' then v_clock
    else p_now end;
exception when data_exception then
  return p_now;
end $$;

-- Runs one intent inside a savepoint. Bad data (classes 22, 23, P0001) becomes a dead letter, so that the queue of the
-- phone moves on; every other error aborts the push, so that the phone sends again. A place that would overlap another
-- of its person is refused here, whichever intent asked for it.
create function private.run_mutation(p_actor private.actor, p_name text, p_args jsonb) returns jsonb
language plpgsql as $$
declare v_constraint text;
begin
  return private.decide(p_actor, p_name, p_args);
exception
  when insufficient_privilege then return private.refused('forbidden');
  when data_exception or integrity_constraint_violation or raise_exception then
    get stacked diagnostics v_constraint = constraint_name;
    if v_constraint = 'assignment_no_overlap' then return private.overlap_refused(p_actor, p_args); end if;
    return jsonb_build_object('status', 'failed', 'code', 'bad_data',
      'detail', jsonb_build_object('sqlstate', sqlstate));
end $$;

-- The community whose coordinators see an intent that failed. They see at most a hundred a day from one person; more
-- are kept for that person alone. All intents still run: a phone with a defect must still be able to take a place.
create function private.reader_of_failure(p_login uuid, p_day date, p_more int) returns uuid language plpgsql as $$
begin
  if (select coalesce(sum(k.dead_letters), 0) + p_more
    from sync.client k where k.login_id = p_login and k.day = p_day) >= 100 then
    return null;
  end if;
  return (select min(x::text)::uuid from private.communities_of(p_login) x);
end $$;

-- `__skip` stands for an intent that the phone gave up: which one, why, and the rows it was about. It is consumed
-- whatever it says, so that the queue moves on; this is what is kept of it.
create function private.skipped_of(p_args jsonb) returns jsonb language sql stable as $$
  select case when private.fits_door(p_args, '__skip', 8192)
    and (p_args #>> '{original,name}') in (select s.name from private.shape s)
    and coalesce(p_args ->> 'code', '') ~ '^[A-Za-z0-9_]*$' then p_args end
$$;
select private.learn_shape('__skip',
  '{"original":{"name":"text 60","v":"int 0 999999"},"code":"text 40","ids":["id",50]}');
