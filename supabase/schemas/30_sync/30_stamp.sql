-- Writes what changed between the projections and the scopes, at the next version of each scope, and rings.
-- The upsert takes scope rows in sorted order (no deadlock) and holds them only until the commit is flushed.
-- Planning costs more than running here, so plans are generic and kept; and a kept plan must look rows up by their keys,
-- also when it was made on an almost empty database, where reading whole tables looked cheap.
create function sync.stamp() returns trigger language plpgsql security definer set search_path = ''
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare stamped sync.stamped[]; v_now timestamptz := clock_timestamp(); v_dirty text := current_setting('sync.dirty', true);
begin
  if coalesce(v_dirty, '') = '' then return null; end if;
  perform set_config('sync.dirty', '', true);
  with dirty as materialized (
    select d.tbl, array_agg(distinct u.pk) as pks
    from (select split_part(x, '{', 1) as tbl, ('{' || split_part(x, '{', 2))::uuid[] as pks from string_to_table(v_dirty, ';') x where x <> '') d, unnest(d.pks) u(pk)
    group by d.tbl),
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
  if exists (select from unnest(stamped) s where s.ring) then perform sync.ring(stamped); end if;
  -- push answers with the heads its own commit reached
  perform set_config('sync.heads', coalesce((select jsonb_object_agg(s.scope, s.head) from unnest(stamped) s), '{}')::text, true);
  return null;
end $$;
create constraint trigger pending_is_stamped_at_commit after insert on sync.pending
  deferrable initially deferred for each row execute function sync.stamp();
