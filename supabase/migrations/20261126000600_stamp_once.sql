-- What a push costs: half of it was bookkeeping. Marks now live in a setting of the transaction instead of rows with two indexes,
-- and the stamp runs once per transaction instead of once per mark. Before and after: docs/adr/0009.
drop trigger pending_is_stamped_at_commit on sync.pending;
drop table sync.pending;

-- One row per transaction that marked anything, only to have the stamp fired at its commit. What is dirty stands in the setting `sync.dirty`,
-- which a rolled back savepoint takes back as well. Nobody reads these rows, so they have no index and no WAL; the tick sweeps them away.
create unlogged table sync.pending (xid xid8 not null default pg_current_xact_id());
alter table sync.pending enable row level security;
create constraint trigger pending_is_stamped_at_commit after insert on sync.pending
  deferrable initially deferred for each row execute function sync.stamp();

create or replace function sync.mark(p_tbl text, p_pks uuid[]) returns void language plpgsql as $$
declare v_dirty text;
begin
  if p_pks is null or cardinality(p_pks) = 0 then return; end if;
  v_dirty := current_setting('sync.dirty', true);
  -- '{…}' is uuid[] as text: 'shift{…};assignment{…};'
  perform set_config('sync.dirty', concat(v_dirty, p_tbl, p_pks, ';'), true);
  if v_dirty is null or v_dirty = '' then insert into sync.pending default values; end if;
end $$;

create or replace function sync.stamp() returns trigger language plpgsql security definer set search_path = ''
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

create or replace function private.mark_assignment() returns trigger language plpgsql as $$
declare ids uuid[]; shifts uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id), array_agg(distinct shift_id) into ids, shifts from old_rows;
  else select array_agg(id), array_agg(distinct shift_id) into ids, shifts from new_rows; end if;
  if ids is null then return null; end if;
  perform sync.mark('assignment', ids);
  perform sync.mark('shift_count', shifts);
  perform sync.mark('my_assignment', array(
    select a.id from (select * from app.assignment x where x.shift_id = any (shifts) offset 0) a where a.state in ('assigned', 'accepted', 'on_post')
    union select unnest(ids)));
  return null;
end $$;

create or replace function private.mark_org_unit() returns trigger language plpgsql as $$
declare ids uuid[]; communities uuid[]; shown uuid[]; renamed uuid[]; moved uuid[];
begin
  if tg_op = 'DELETE' then select array_agg(id), array_agg(distinct community_id) into ids, communities from old_rows;
  else select array_agg(id), array_agg(distinct community_id) into ids, communities from new_rows; end if;
  if ids is null then return null; end if;
  perform from app.org_unit where id = any (communities) order by id for no key update;
  perform sync.mark('org_unit', ids), sync.mark('door', ids), sync.mark('community_sum', array_remove(communities, null));
  perform sync.mark('mode', array(select m.id from app.mode m where m.state = 'open' or m.org_unit_id = any (ids)));
  if tg_op = 'UPDATE' then
    select array_agg(n.id) filter (where (n.name, n.duty_line) is distinct from (o.name, o.duty_line)), array_agg(n.id) filter (where n.name <> o.name),
      array_agg(n.id) filter (where n.path::text <> o.path::text) into shown, renamed, moved from new_rows n join old_rows o using (id);
    perform private.mark_places(shown, renamed, moved);
  end if;
  return null;
end $$;

create or replace function private.tick(p_now timestamptz) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform private.mark_era(p_now);
  -- in the order everybody locks: shifts, call-outs, offers
  perform private.tick_holds(p_now);
  perform private.tick_modes(p_now);
  perform private.tick_ended(p_now); -- after the modes: roster duty under a mode that just ended is over too; it skips what is locked
  perform private.tick_callouts(p_now);
  perform private.tick_offers(p_now);
  delete from sync.pending; -- whoever inserted these rows has been stamped
  if extract(second from p_now) < 5 then perform private.tick_logins(p_now); end if;
end $$;

create or replace function private.self_check() returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('check', f.name, 'n', f.n, 'sample', f.sample)) filter (where f.n > 0), '[]') from (
    select 'filled_is_the_count' as name, count(*) as n, min(s.id::text) as sample from app.shift s
    where s.filled <> (select count(*) from app.assignment a where a.shift_id = s.id and a.state in ('assigned', 'accepted', 'on_post'))
    union all
    select 'held_is_the_count', count(*), min(s.id::text) from app.shift s
    where s.held <> (select count(*) from app.waitlist_entry w where w.shift_id = s.id and w.state = 'held')
    union all
    select 'sums_are_right', count(*), min(s.id) from sync.scope s
    cross join lateral (select count(*) as n, coalesce(sum(e.ver), 0) as sum from sync.entry e where e.scope = s.id and e.op = 'P') e
    where s.n_live <> e.n or s.sum_ver <> e.sum
    union all
    select 'no_version_above_its_head', count(*), min(s.id) from sync.scope s
    where s.head < (select max(e.ver) from sync.entry e where e.scope = s.id)) f
$$;


select private.apply_grants();
