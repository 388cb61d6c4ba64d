-- Runs once at the COMMIT of a transaction that marked rows: writes the difference between the projections and what the
-- scopes hold, at the next version of each scope, and rings. The upsert of scopes takes their rows in sorted order, so
-- two commits cannot block each other in a circle, and holds them only until the commit is flushed.
-- To plan this statement costs more than to run it, so its plan is generic and kept. A kept plan may have been made on
-- an almost empty database, where reading whole tables looks cheap, so it is forced to look rows up by their keys.
create function sync.stamp() returns trigger language plpgsql security definer
set search_path = '' set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
set plan_cache_mode = force_generic_plan as $$
declare
  stamped sync.stamped[];
  v_now timestamptz := clock_timestamp();
  v_dirty text := current_setting('sync.dirty', true);
begin
  if coalesce(v_dirty, '') = '' then return null; end if;
  perform set_config('sync.dirty', '', true);
  -- the marked rows, by table; 10_mark.sql shows how they are written
  with dirty as materialized (
    select d.tbl, array_agg(distinct u.pk) as pks
    from (
      select split_part(x, '{', 1) as tbl, ('{' || split_part(x, '{', 2))::uuid[] as pks
      from string_to_table(v_dirty, ';') x
      where x <> '') d, unnest(d.pks) u(pk)
    group by d.tbl),
  -- what the scopes should hold
  want as materialized (
    select s.scope, d.tbl, r.pk, r.data
    from dirty d
    cross join lateral sync.project(d.tbl, d.pks) r
    cross join lateral unnest(r.scopes) s(scope)
    where s.scope is not null),
  -- what they hold now
  have as materialized (
    select e.scope, e.tbl, e.pk, e.ver, e.data
    from dirty d
    join sync.entry e on e.pk = any (d.pks) and e.tbl = d.tbl
    where e.op = 'P'),
  change as materialized (
    select coalesce(w.scope, h.scope) as scope, coalesce(w.tbl, h.tbl) as tbl, coalesce(w.pk, h.pk) as pk,
      w.data, h.ver as old_ver
    from want w
    full join have h on h.scope = w.scope and h.tbl = w.tbl and h.pk = w.pk
    where w.data is distinct from h.data),
  -- The new heads. A new scope begins at version 1. For one that exists, `puts` carries the number of rows put into the
  -- update, where its head is known.
  head as materialized (
    insert into sync.scope as k (id, head, n_live, sum_ver, puts, rung_at)
    select c.scope, 1, count(c.data) - count(c.old_ver), count(c.data) - coalesce(sum(c.old_ver), 0), count(c.data),
      v_now
    from change c
    group by c.scope
    order by c.scope
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
    from change c
    join head h on h.id = c.scope
    on conflict (scope, tbl, pk) do update set ver = excluded.ver, op = excluded.op, data = excluded.data)
  select coalesce(array_agg(row(h.id, h.head, h.ring)::sync.stamped), '{}') into stamped from head h;
  if exists (select from unnest(stamped) s where s.ring) then perform sync.ring(stamped); end if;
  -- push answers with the heads that its own commit reached
  perform set_config('sync.heads',
    coalesce((select jsonb_object_agg(s.scope, s.head) from unnest(stamped) s), '{}')::text, true);
  return null;
end $$;
create constraint trigger pending_is_stamped_at_commit after insert on sync.pending
  deferrable initially deferred for each row execute function sync.stamp();
