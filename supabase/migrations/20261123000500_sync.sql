-- The read path. Every synced table has a view in `projection` that says, for each row, which scopes hold it and what they see.
-- Statement triggers note which rows became dirty; one deferred trigger at COMMIT compares the views with what the scopes hold
-- and stamps the difference with the next version of each scope. Why at COMMIT: docs/adr/0007; measured against other cursors there.
create table sync.epoch (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid(),
  min_client int not null default 1);
insert into sync.epoch default values;
alter table sync.epoch enable row level security;

create table sync.scope (
  id text primary key,
  head bigint not null default 0,
  n_live bigint not null default 0,
  sum_ver numeric not null default 0,
  puts bigint not null default 0, -- rows put by the commit that holds the lock: lets one upsert compute sum_ver
  rung_at timestamptz not null default '-infinity') with (fillfactor = 50);
alter table sync.scope enable row level security;

create table sync.entry (
  scope text not null,
  tbl text not null,
  pk uuid not null,
  ver bigint not null,
  op "char" not null check (op in ('P', 'D')),
  data jsonb,
  primary key (scope, tbl, pk)) with (fillfactor = 80);
create index entry_by_version on sync.entry (scope, ver);
create index entry_by_row on sync.entry (pk, tbl);
alter table sync.entry enable row level security;

-- Rows made dirty by the running transaction; empty outside one.
create table sync.pending (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  tbl text not null,
  pks uuid[] not null);
create index pending_xid on sync.pending (xid);
alter table sync.pending enable row level security;

create table sync.client (
  id uuid primary key,
  login_id uuid not null,
  lmid bigint not null default 0,
  app_schema int,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now()) with (fillfactor = 50);
alter table sync.client enable row level security;

-- The verdict of every mutation: idempotency for replays, dead letters for the rest.
create table sync.result (
  mutation_id uuid primary key,
  client_id uuid not null references sync.client,
  login_id uuid not null,
  seq bigint not null,
  name text not null,
  v int not null,
  status text not null check (status in ('applied', 'refused', 'failed')),
  code app.verdict_code,
  detail jsonb,
  args jsonb,
  community_id uuid,
  at timestamptz not null,
  dismissed_at timestamptz,
  constraint result_says_why check (status = 'applied' or code is not null));
create index result_client on sync.result (client_id, seq);
create index result_names_people on sync.result (mutation_id) where code in ('full', 'roster_conflict') and dismissed_at is null;
create index result_failed on sync.result (login_id) where status = 'failed';
alter table sync.result enable row level security;

-- Note rows whose projection may have changed. Who marks a row holds the lock of its root (shift, responder, login),
-- so two transactions never project the same row from different snapshots.
create function sync.mark(p_tbl text, p_pks uuid[]) returns void language plpgsql as $$
begin
  if cardinality(p_pks) > 0 then insert into sync.pending (tbl, pks) values (p_tbl, p_pks); end if;
end $$;

-- Doorbell topics of a scope: a month, the open and the lead scopes of a community ring one bell; a summary rings every officer above.
create function private.topics_of(p_scope text) returns setof text language sql stable as $$
  select case split_part(p_scope, ':', 1)
    when 'user' then p_scope
    when 'org' then 'org:' || split_part(p_scope, ':', 2)
    when 'lead' then (select 'org:' || u.community_id from app.org_unit u where u.id = split_part(p_scope, ':', 2)::uuid) end
  where p_scope not like 'sum:%'
  union all
  select 'sum:' || a.id from app.org_unit u join app.org_unit a on u.path operator(extensions.<@) a.path
  where p_scope like 'sum:%' and u.id = split_part(p_scope, ':', 2)::uuid
$$;

create type sync.stamped as (scope text, head bigint, ring boolean);

-- Is there a bell to ring? Not before Realtime has started for the first time, and not on a Postgres without it.
create function sync.can_ring() returns boolean language sql stable as $$
  select exists (select from pg_catalog.pg_namespace n where n.nspname = 'realtime'
    and case when has_schema_privilege(n.oid, 'usage') then has_function_privilege(to_regprocedure('realtime.send(jsonb,text,text,boolean)'), 'execute') end)
$$;

-- How often a crowd is rung. A claim in a community of 200 phones rang 200 times, and all of them pulled at that moment.
-- A topic that many listen to rings once in its window, and tells phones within how many ms to pull, each at a moment of its own.
-- What is committed inside the window is not rung: every phone that heard the ring looks once more when the window is over.

-- Only crowded topics stand here; the others ring as often as their scopes do.
create table sync.bell (
  topic text primary key,
  spread_ms int not null check (spread_ms between 1 and 3000), -- what a ring tells; the window is 300 ms longer
  rung_at timestamptz not null default '-infinity') with (fillfactor = 50);
alter table sync.bell enable row level security;

-- Which topics of freshly stamped scopes ring now. Whoever finds a bell locked leaves it: it is being rung, and the second look follows.
create function sync.due(p_stamped sync.stamped[]) returns table (topic text, scope text, head bigint, spread_ms int) language sql volatile as $$
  with touched as materialized (
    select distinct on (topic) topic, s.scope, s.head
    from unnest(p_stamped) s cross join lateral private.topics_of(s.scope) topic
    where s.ring order by topic),
  free as materialized (
    select b.topic from sync.bell b join touched t on t.topic = b.topic
    where b.rung_at < clock_timestamp() - (b.spread_ms + 300) * interval '1 millisecond'
    order by b.topic for update of b skip locked),
  rung as (
    update sync.bell b set rung_at = clock_timestamp() from free f where b.topic = f.topic returning b.topic, b.spread_ms)
  select t.topic, t.scope, t.head, coalesce(r.spread_ms, 0) from touched t left join rung r on r.topic = t.topic
  where r.topic is not null or not exists (select from sync.bell b where b.topic = t.topic)
$$;

-- Who may listen to a community, counted once a minute: 10 ms for each of more than 30 logins, three seconds at most.
create function private.tick_bells() returns void language sql as $$
  with listener as (
    select ri.community_id, r.login_id from app.report_in ri join app.responder r on r.id = ri.responder_id
    where ri.state = 'confirmed' and r.state <> 'closed' and r.login_id is not null
    union
    select u.community_id, g.login_id from app.role_grant g join app.org_unit u on u.id = g.org_unit_id
    where u.community_id is not null and g.role in ('coordinator', 'grid_lead', 'building_lead')),
  crowd as (
    select 'org:' || community_id as topic, least(3000, 10 * count(*))::int as spread_ms
    from listener group by community_id having count(*) > 30),
  gone as (delete from sync.bell b where not exists (select from crowd c where c.topic = b.topic))
  -- only what changed: a row that is locked here is not rung meanwhile
  insert into sync.bell (topic, spread_ms)
  select c.topic, c.spread_ms from crowd c
  where not exists (select from sync.bell b where b.topic = c.topic and b.spread_ms = c.spread_ms) order by c.topic
  on conflict (topic) do update set spread_ms = excluded.spread_ms
$$;

-- Rings the bells of freshly stamped scopes. A bell says "pull now" and carries nothing else to trust; a write goes on without one.
create function sync.ring(p_stamped sync.stamped[]) returns void language plpgsql as $$
begin
  if not sync.can_ring() then return; end if;
  perform realtime.send(jsonb_build_object('scope', d.scope, 'head', d.head, 'spread_ms', d.spread_ms), 'ring', d.topic, true)
  from sync.due(p_stamped) d;
end $$;

-- Writes what changed between the projections and the scopes, at the next version of each scope, and rings.
-- The upsert takes scope rows in sorted order (no deadlock) and holds them only until the commit is flushed.
-- Planning costs more than running here, so plans are generic and kept; and a kept plan must look rows up by their keys,
-- also when it was made on an almost empty database, where reading whole tables looked cheap.
create function sync.stamp() returns trigger language plpgsql security definer set search_path = ''
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare stamped sync.stamped[]; v_now timestamptz := clock_timestamp();
begin
  if not exists (select from sync.pending where xid = pg_current_xact_id()) then return null; end if;
  with dirty as materialized (
    select p.tbl, array_agg(distinct u.pk) as pks
    from sync.pending p, unnest(p.pks) u(pk) where p.xid = pg_current_xact_id() group by p.tbl),
  want as materialized (
    select s.scope, d.tbl, r.pk, r.data
    from dirty d cross join lateral sync.project(d.tbl, d.pks) r cross join lateral unnest(r.scopes) s(scope)
    where s.scope is not null),
  have as materialized (
    select e.scope, e.tbl, e.pk, e.ver, e.data from dirty d join sync.entry e on e.pk = any (d.pks) and e.tbl = d.tbl where e.op = 'P'),
  change as materialized (
    select coalesce(w.scope, h.scope) as scope, coalesce(w.tbl, h.tbl) as tbl, coalesce(w.pk, h.pk) as pk, w.data, h.ver as old_ver
    from want w full join have h on h.scope = w.scope and h.tbl = w.tbl and h.pk = w.pk
    where w.data is distinct from h.data),
  head as materialized (
    insert into sync.scope as k (id, head, n_live, sum_ver, puts, rung_at)
    select c.scope, 1, count(c.data) - count(c.old_ver), count(c.data) - coalesce(sum(c.old_ver), 0), count(c.data), v_now
    from change c group by c.scope order by c.scope
    on conflict (id) do update set
      head = k.head + 1,
      n_live = k.n_live + excluded.n_live,
      sum_ver = k.sum_ver + excluded.sum_ver + excluded.puts * k.head,
      puts = excluded.puts,
      rung_at = case when k.rung_at < v_now - interval '300 milliseconds' then v_now else k.rung_at end
    returning id, head, rung_at = v_now as ring),
  written as (
    insert into sync.entry (scope, tbl, pk, ver, op, data)
    select c.scope, c.tbl, c.pk, h.head, case when c.data is null then 'D' else 'P' end::"char", c.data
    from change c join head h on h.id = c.scope
    on conflict (scope, tbl, pk) do update set ver = excluded.ver, op = excluded.op, data = excluded.data)
  select coalesce(array_agg(row(h.id, h.head, h.ring)::sync.stamped), '{}') into stamped from head h;
  delete from sync.pending where xid = pg_current_xact_id();
  if exists (select from unnest(stamped) s where s.ring) then perform sync.ring(stamped); end if;
  -- push answers with the heads its own commit reached
  perform set_config('sync.heads', coalesce((select jsonb_object_agg(s.scope, s.head) from unnest(stamped) s), '{}')::text, true);
  return null;
end $$;
create constraint trigger pending_is_stamped_at_commit after insert on sync.pending
  deferrable initially deferred for each row execute function sync.stamp();
