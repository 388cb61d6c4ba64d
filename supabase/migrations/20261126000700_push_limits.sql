-- push: what one phone may ask for, and intents called without building a statement each time.

-- Pushes a phone may still make at once; null = none made yet. And what it has brought in on its last day: bytes, refusals, dead letters.
alter table sync.client add column budget real, add column day date, add column bytes bigint not null default 0,
  add column refusals int not null default 0, add column dead_letters int not null default 0;
create index client_of_login on sync.client (login_id, created_at);

-- Pushes a second one phone may keep up; twenty seconds' worth may come at once, and a person may begin five times as many phones a day.
-- A person taps slower, and a push carries up to 25 taps.
create function private.push_rate() returns real language sql immutable as $$ select 10::real $$;

-- Too much was asked: HTTP 429 with Retry-After (PostgREST's way to say both), nothing consumed. A page of another origin may read that header
-- only where the gateway lets it, so the seconds stand in the body as well.
create function private.raise_busy(p_after_s int) returns void language plpgsql as $$
begin
  raise sqlstate 'PGRST' using
    message = jsonb_build_object('code', 'RW003', 'message', 'too many requests', 'details', p_after_s::text, 'hint', null)::text,
    detail = jsonb_build_object('status', 429, 'headers',
      jsonb_build_object('Retry-After', p_after_s::text, 'Access-Control-Expose-Headers', 'Retry-After'))::text;
end $$;

-- What is left after this push.
create function private.push_budget(p_client sync.client, p_now timestamptz) returns real language plpgsql as $$
declare burst real := 20 * private.push_rate(); v_left real;
begin
  v_left := least(burst, coalesce(p_client.budget, burst) + greatest(extract(epoch from p_now - p_client.seen_at), 0)::real * private.push_rate()) - 1;
  if v_left < 0 then perform private.raise_busy(1); end if;
  return v_left;
end $$;

-- What one person may bring in on one day of Asia/Shanghai, over all phones: some fifty thousand taps, and far more mistakes than a person makes.
create function private.within_day(p_login uuid, p_day date, p_bytes int) returns void language plpgsql as $$
begin
  if exists (select from sync.client k where k.login_id = p_login and k.day = p_day
    having sum(k.bytes) + p_bytes > 8388608 or sum(k.refusals) >= 2000) then
    perform private.raise_busy(3600);
  end if;
end $$;

-- The community whose coordinator reads of an intent that could not be handled. A hundred a day from one person; more are kept for the person
-- alone. Their taps go on: a phone with a defect must still be able to take a place.
create function private.reader_of_failure(p_login uuid, p_day date, p_more int) returns uuid language plpgsql as $$
begin
  if (select coalesce(sum(k.dead_letters), 0) + p_more from sync.client k where k.login_id = p_login and k.day = p_day) >= 100 then return null; end if;
  return (select min(x::text)::uuid from private.communities_of(p_login) x);
end $$;

-- The first push of a phone, locked. Two tabs that both come first meet here; a person who makes phones without end is slowed.
create function private.new_client(p_client uuid, p_login uuid, p_schema int, p_now timestamptz) returns sync.client language plpgsql as $$
declare c sync.client;
begin
  if (select count(*) from sync.client k where k.login_id = p_login and k.created_at > p_now - interval '1 day') >= 5 * private.push_rate() then perform private.raise_busy(3600); end if;
  insert into sync.client (id, login_id, app_schema, created_at, seen_at) values (p_client, p_login, p_schema, p_now, p_now) on conflict do nothing;
  select * into c from sync.client where id = p_client for no key update;
  return c;
end $$;

-- Makes private.decide anew: one static branch per function of schema `mutator`, so that a call is planned once per connection and costs no parsing.
-- A migration that adds an intent calls it; null = this server does not know the intent.
create function private.learn_mutators() returns void language plpgsql as $$
begin
  execute (select format('create or replace function private.decide(p_actor private.actor, p_name text, p_args jsonb) returns jsonb language plpgsql as
    %L', e'begin\n  case p_name\n' || string_agg(format(e'    when %L then return mutator.%I(p_actor, p_args);\n', p.proname, p.proname), '' order by p.proname) || e'    else return null;\n  end case;\nend')
    from pg_proc p where p.pronamespace = 'mutator'::regnamespace and p.pronargs = 2 and p.prorettype = 'jsonb'::regtype);
end $$;
select private.learn_mutators();

-- Runs one intent inside a savepoint. Bad data (classes 22, 23, P0001) becomes a dead letter; every other error aborts the push.
create or replace function private.run_mutation(p_actor private.actor, p_name text, p_args jsonb) returns jsonb language plpgsql as $$
begin
  return private.decide(p_actor, p_name, p_args);
exception
  when insufficient_privilege then return private.refused('forbidden');
  when data_exception or integrity_constraint_violation or raise_exception then
    return jsonb_build_object('status', 'failed', 'code', 'bad_data', 'detail', jsonb_build_object('sqlstate', sqlstate));
end $$;

-- An intent whose arguments fit its shape; others are refused at the door. The phone's clock is as wrong as its offset says.
create function private.run_fitting(p_actor private.actor, p_mut jsonb, p_shape jsonb) returns jsonb language plpgsql as $$
declare v_field text := private.misfit(p_mut -> 'args', p_shape, p_actor.now, private.phone_clock(p_mut, p_actor.now));
begin
  return case when v_field is null then private.run_mutation(p_actor, p_mut ->> 'name', p_mut -> 'args') else private.invalid(v_field) end;
end $$;

-- What the clock of the phone says now, by the offset it measured.
create function private.phone_clock(p_mut jsonb, p_now timestamptz) returns timestamptz language plpgsql immutable as $$
begin
  return p_now - make_interval(secs => coalesce((p_mut ->> 'offset_ms')::numeric, 0) / 1000.0);
exception when data_exception then return p_now;
end $$;

-- What is kept of an intent the phone gave up: its name, why, and ids. It is consumed whatever it says, so that the queue moves on.
create function private.skipped_of(p_args jsonb) returns jsonb language sql stable as $$
  select case when private.fits_door(p_args, '__skip', 8192) and (p_args #>> '{original,name}') in (select s.name from private.shape s)
    and coalesce(p_args ->> 'code', '') ~ '^[A-Za-z0-9_]*$' then p_args end
$$;

-- Consumes mutations in sequence; stops at the first that this server does not know or that is from the future.
create or replace function private.push(p_client uuid, p_schema int, p_muts jsonb, p_now timestamptz) returns jsonb
language plpgsql security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  me uuid := private.login_id();
  c sync.client; prev sync.result; m jsonb; verdict jsonb; results jsonb := '[]'; hold boolean := false; mid uuid; actor private.actor;
  v_shape jsonb; v_bytes int; v_refusals int := 0; v_dead int := 0; v_day date := (p_now at time zone interval '+08:00')::date;
begin
  -- 1: who, and what; a client belongs to one person for ever
  if me is null then raise exception 'not signed in' using errcode = '42501'; end if;
  if not private.belongs(me) then perform private.raise_outsider(); end if;
  if jsonb_typeof(p_muts) is distinct from 'array' or jsonb_array_length(p_muts) > 25 or length(p_muts::text) > 65536 then
    raise exception 'at most 25 mutations and 64 KB' using errcode = 'RW002';
  end if;
  if not private.are_mutations(p_muts) then raise exception 'not mutations' using errcode = '22023'; end if;
  v_bytes := pg_column_size(p_muts);
  -- 2: one push of a client at a time: tabs and retries wait here
  select * into c from sync.client where id = p_client for no key update;
  if not found then c := private.new_client(p_client, me, p_schema, p_now); end if;
  if c.login_id <> me then raise exception 'client of another person' using errcode = '42501'; end if;
  c.budget := private.push_budget(c, p_now);
  perform private.within_day(me, v_day, v_bytes);
  select me, r.id, null, p_now, null into actor from (select 1) one left join app.responder r on r.login_id = me and r.state <> 'closed';
  if jsonb_array_length(p_muts) > 1 then perform private.lock_targets(actor.responder_id, p_muts); end if;
  for m in select * from jsonb_array_elements(p_muts) loop
    mid := private.try_uuid(m ->> 'id');
    -- 3: already decided (also under another client id of this person): the same answer again
    select * into prev from sync.result where mutation_id = mid;
    if found then
      if prev.login_id <> me then raise exception 'mutation of another person' using errcode = '42501'; end if;
      if (m ->> 'seq')::bigint = c.lmid + 1 then c.lmid := c.lmid + 1; end if;
      results := results || jsonb_build_object('seq', (m ->> 'seq')::bigint, 'id', mid, 'status', prev.status, 'code', prev.code, 'detail', private.with_names(prev.detail), 'replayed', true);
      continue;
    end if;
    if mid is null or (m ->> 'seq')::bigint <= c.lmid then raise exception 'this number was used for another mutation' using errcode = 'RW001'; end if;
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
    insert into sync.result (mutation_id, client_id, login_id, seq, name, v, status, code, detail, args, community_id, at)
    values (mid, p_client, me, c.lmid, m ->> 'name', (m ->> 'v')::int, verdict ->> 'status', (verdict ->> 'code')::app.verdict_code, verdict -> 'detail',
      case when verdict ->> 'status' <> 'applied' then private.kept_args(m -> 'args', v_shape) end,
      case when verdict ->> 'status' = 'failed' then private.reader_of_failure(me, v_day, v_dead) end, p_now);
    v_refusals := v_refusals + (verdict ->> 'status' <> 'applied')::int;
    v_dead := v_dead + (verdict ->> 'status' = 'failed')::int;
    if verdict ->> 'code' in ('full', 'roster_conflict') then verdict := verdict || jsonb_build_object('detail', private.with_names(verdict -> 'detail')); end if;
    results := results || (verdict || jsonb_build_object('seq', c.lmid, 'id', mid, 'replayed', false));
  end loop;
  update sync.client set lmid = c.lmid, app_schema = p_schema, seen_at = p_now, budget = c.budget, day = v_day,
    bytes = v_bytes + case when day = v_day then bytes else 0 end, refusals = v_refusals + case when day = v_day then refusals else 0 end,
    dead_letters = v_dead + case when day = v_day then dead_letters else 0 end where id = p_client;
  set constraints all immediate; -- stamps now, so that the answer carries the heads this push reached
  return jsonb_build_object('now', p_now, 'lmid', c.lmid, 'hold', hold, 'results', results,
    'heads', (select coalesce(jsonb_object_agg(h.key, h.value), '{}') from jsonb_each(coalesce(nullif(current_setting('sync.heads', true), '')::jsonb, '{}')) h
      where h.key not like 'user:%' or h.key = 'user:' || me));
end $$;
select private.apply_grants();
