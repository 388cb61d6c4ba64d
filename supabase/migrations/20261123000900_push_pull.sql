-- push runs named intents with authority and remembers every verdict; pull reads scopes from one snapshot.

-- Who acts, for one mutation. tapped_at is the phone's clock corrected by its measured offset; null when unknown.
create type private.actor as (login_id uuid, responder_id uuid, mutation_id uuid, now timestamptz, tapped_at timestamptz);

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

-- One line in the event log.
create function private.log_event(p_actor private.actor, p_kind text, p_community uuid, p_responder uuid default null, p_shift uuid default null,
  p_subject uuid default null, p_reason text default null, p_detail jsonb default null) returns void language plpgsql as $$
begin
  insert into app.event (id, at, kind, login_id, community_id, responder_id, shift_id, subject_id, mutation_id, reason, detail)
  values (private.uuid_v7(), p_actor.now, p_kind, p_actor.login_id, p_community, p_responder, p_shift, p_subject, p_actor.mutation_id,
    private.only_code(p_reason), p_detail);
end $$;

-- An intent about a place is too old to act on (R2): tapped over 30 minutes ago, at an unknown time, or before a shift that has since begun.
create function private.is_stale(p_actor private.actor, p_starts_at timestamptz) returns boolean language sql stable as $$
  select p_actor.tapped_at is null or p_actor.tapped_at < p_actor.now - interval '30 minutes'
    or (p_actor.tapped_at < p_starts_at and p_actor.now >= p_starts_at)
$$;

-- Locks the shifts a batch will touch, then the people, each in id order, so that two batches never wait for each other in a circle.
create function private.lock_targets(p_me uuid, p_muts jsonb) returns void language plpgsql as $$
begin
  perform from app.shift where id in (
    with args as (select m -> 'args' as a from jsonb_array_elements(p_muts) m)
    select private.try_uuid(a ->> 'shift_id') from args
    union select t.shift_id from args join app.assignment t on t.id = private.try_uuid(a ->> 'assignment_id')
    union select t.shift_id from args join app.offer t on t.id = private.try_uuid(a ->> 'offer_id')
    union select t.shift_id from args join app.waitlist_entry t on t.id = private.try_uuid(a ->> 'waitlist_id')) order by id for no key update;
  perform from app.responder where id = p_me or id in (
    select private.try_uuid(m #>> '{args,responder_id}') from jsonb_array_elements(p_muts) m) order by id for no key update;
end $$;

-- Runs one intent inside a savepoint. Bad data (classes 22, 23, P0001) becomes a dead letter; every other error aborts the push.
create function private.run_mutation(p_actor private.actor, p_name text, p_args jsonb) returns jsonb language plpgsql as $$
declare verdict jsonb;
begin
  execute format('select mutator.%I($1, $2)', p_name) into verdict using p_actor, p_args;
  return verdict;
exception
  when insufficient_privilege then return private.refused('forbidden');
  when data_exception or integrity_constraint_violation or raise_exception then
    return jsonb_build_object('status', 'failed', 'code', 'bad_data', 'detail', jsonb_build_object('sqlstate', sqlstate));
end $$;

-- The corrected time of a tap: device clock plus the offset the phone measured; unknown without one, in the future, or over a year ago.
create function private.tapped_at(p_mut jsonb, p_now timestamptz) returns timestamptz language plpgsql immutable as $$
declare t timestamptz;
begin
  t := (p_mut ->> 'device_at')::timestamptz + make_interval(secs => (p_mut ->> 'offset_ms')::numeric / 1000.0);
  return case when t between p_now - interval '1 year' and p_now + interval '2 minutes' then least(t, p_now) end;
exception when data_exception then return null;
end $$;

-- Consumes mutations in sequence; stops at the first that this server does not know or that is from the future.
create function private.push(p_client uuid, p_schema int, p_muts jsonb, p_now timestamptz) returns jsonb
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
  insert into sync.client (id, login_id, app_schema) values (p_client, me, p_schema) on conflict do nothing;
  -- 2: one push of a client at a time: tabs and retries wait here
  select * into c from sync.client where id = p_client for no key update;
  if c.login_id <> me then raise exception 'client of another person' using errcode = '42501'; end if;
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
    elsif to_regprocedure(format('mutator.%I(private.actor, jsonb)', m ->> 'name')) is null or (m ->> 'v')::int > 1 then
      hold := true;
      exit;
    else
      verdict := private.run_mutation(actor, m ->> 'name', m -> 'args');
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
  update sync.client set lmid = c.lmid, app_schema = p_schema, seen_at = p_now where id = p_client;
  set constraints all immediate; -- stamps now, so that the answer carries the heads this push reached
  return jsonb_build_object('now', p_now, 'lmid', c.lmid, 'hold', hold, 'results', results,
    'heads', (select coalesce(jsonb_object_agg(h.key, h.value), '{}') from jsonb_each(coalesce(nullif(current_setting('sync.heads', true), '')::jsonb, '{}')) h
      where h.key not like 'user:%' or h.key = 'user:' || me));
end $$;

create function api.push(p_client uuid, p_schema int, p_muts jsonb) returns jsonb language sql volatile as $$
  select private.push(p_client, p_schema, p_muts, now())
$$;

create function private.current_epoch() returns sync.epoch language sql stable security definer set search_path = '' as $$
  select e from sync.epoch e
$$;
-- oldest: a cursor below it has missed tombstones that are gone; it starts its scope anew.
create function private.my_ranked_scopes() returns table (scope text, rank int, oldest bigint) language plpgsql stable security definer set search_path = '' as $$
begin
  return query select w.scope, min(w.rank), coalesce((select g.up_to from sync.tombstones_gone g where g.scope = w.scope), 0)
  from private.scopes_of(private.login_id(), now()) w group by w.scope;
end $$;

-- One statement, one snapshot. Rows come whole versions at a time, scopes in the order a first sync shows them.
create function private.pull(p_client uuid, p_cursors jsonb, p_epoch uuid, p_limit int, p_now timestamptz) returns jsonb
language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return (
  with ep as (select e.id, e.min_client, p_epoch is not null and p_epoch <> e.id as foreign_epoch from private.current_epoch() e),
  wanted as (
    select w.scope, w.rank, coalesce(s.head, 0) as head, coalesce(s.n_live, 0) as n, coalesce(s.sum_ver, 0) as sum,
      coalesce((p_cursors ->> w.scope)::bigint, 0) as asked, w.oldest
    from private.my_ranked_scopes() w left join sync.scope s on s.id = w.scope),
  from_where as (
    select w.*, r.reset, case when r.reset then 0 else w.asked end as cur
    from ep, wanted w cross join lateral (select ep.foreign_epoch or w.asked > w.head or (w.asked > 0 and w.asked < w.oldest) as reset) r),
  cut as (
    select f.*, k.n_rows, k.cut_ver from from_where f cross join lateral (
      select count(*) as n_rows, max(x.ver) as cut_ver from (
        select e.ver from sync.entry e where e.scope = f.scope and e.ver > f.cur order by e.ver limit p_limit) x) k),
  paged as (
    select c.*, coalesce(sum(c.n_rows) over (order by c.rank, c.scope rows between unbounded preceding and 1 preceding), 0) as before_rows from cut c),
  reached as (
    select p.*, case when p.before_rows >= p_limit and p.n_rows > 0 then p.cur when p.n_rows < p_limit then p.head else p.cut_ver end as at from paged p),
  rows as (
    select r.rank, e.scope, e.tbl, e.pk, e.ver, e.op, e.data from reached r join sync.entry e on e.scope = r.scope and e.ver > r.cur and e.ver <= r.at
    where not (r.cur = 0 and e.op = 'D'))
  select jsonb_build_object(
    'now', p_now, 'epoch', (select id from ep), 'min_client', (select min_client from ep),
    'lmid', coalesce((select k.lmid from sync.client k where k.id = p_client), 0),
    'scopes', (select coalesce(jsonb_object_agg(r.scope, jsonb_build_object('head', r.head, 'at', r.at, 'n', r.n, 'sum', r.sum::text, 'reset', r.reset)), '{}') from reached r),
    'entries', (select coalesce(jsonb_agg(jsonb_build_array(e.scope, e.tbl, e.pk, e.ver, e.op, e.data) order by e.rank, e.scope, e.ver), '[]') from rows e),
    'more', exists (select from reached r where r.at < r.head)));
end $$;

create function api.pull(p_client uuid, p_schema int, p_cursors jsonb, p_epoch uuid default null, p_limit int default 5000) returns jsonb
language sql stable as $$
  select private.pull(p_client, p_cursors, p_epoch, least(greatest(p_limit, 1), 10000), now())
$$;
