-- push: what one phone may ask for, and intents called without building a statement each time.

-- Pushes a phone may still make at once; null = none made yet.
alter table sync.client add column budget real;
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

-- Consumes mutations in sequence; stops at the first that this server does not know or that is from the future.
create or replace function private.push(p_client uuid, p_schema int, p_muts jsonb, p_now timestamptz) returns jsonb
language plpgsql security definer set search_path = '' set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  me uuid := private.login_id();
  c sync.client; prev sync.result; m jsonb; verdict jsonb; results jsonb := '[]'; hold boolean := false; mid uuid; actor private.actor;
begin
  -- 1: who; a client belongs to one person for ever
  if me is null then raise exception 'not signed in' using errcode = '42501'; end if;
  if jsonb_typeof(p_muts) <> 'array' or jsonb_array_length(p_muts) > 25 or length(p_muts::text) > 65536 then
    raise exception 'at most 25 mutations and 64 KB' using errcode = 'RW002';
  end if;
  -- 2: one push of a client at a time: tabs and retries wait here
  select * into c from sync.client where id = p_client for no key update;
  if not found then c := private.new_client(p_client, me, p_schema, p_now); end if;
  if c.login_id <> me then raise exception 'client of another person' using errcode = '42501'; end if;
  c.budget := private.push_budget(c, p_now);
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
      verdict := jsonb_build_object('status', 'failed', 'code', 'skipped', 'detail', m -> 'args');
    else
      verdict := case when (m ->> 'v')::int = 1 then private.run_mutation(actor, m ->> 'name', m -> 'args') end;
      hold := verdict is null;
      exit when hold;
    end if;
    -- 5: remember, in the same transaction as the effect
    c.lmid := c.lmid + 1;
    insert into sync.result (mutation_id, client_id, login_id, seq, name, v, status, code, detail, args, community_id, at)
    values (mid, p_client, me, c.lmid, m ->> 'name', (m ->> 'v')::int, verdict ->> 'status', (verdict ->> 'code')::app.verdict_code, verdict -> 'detail',
      case when verdict ->> 'status' <> 'applied' then m -> 'args' end,
      case when verdict ->> 'status' = 'failed' then (select min(x::text)::uuid from private.communities_of(me) x) end, p_now);
    if verdict ->> 'code' in ('full', 'roster_conflict') then verdict := verdict || jsonb_build_object('detail', private.with_names(verdict -> 'detail')); end if;
    results := results || (verdict || jsonb_build_object('seq', c.lmid, 'id', mid, 'replayed', false));
  end loop;
  update sync.client set lmid = c.lmid, app_schema = p_schema, seen_at = p_now, budget = c.budget where id = p_client;
  set constraints all immediate; -- stamps now, so that the answer carries the heads this push reached
  return jsonb_build_object('now', p_now, 'lmid', c.lmid, 'hold', hold, 'results', results,
    'heads', (select coalesce(jsonb_object_agg(h.key, h.value), '{}') from jsonb_each(coalesce(nullif(current_setting('sync.heads', true), '')::jsonb, '{}')) h
      where h.key not like 'user:%' or h.key = 'user:' || me));
end $$;
select private.apply_grants();
