-- Marking and stamping. Triggers mark which rows of which projections a transaction may have changed; at its COMMIT
-- sync.stamp() writes what really changed.

-- Marks rows of a projection as dirty. The caller holds the lock of the row's root (its shift, responder or login), so
-- that two transactions never project the same row from different snapshots.
create function sync.mark(p_tbl text, p_pks uuid[]) returns void language plpgsql as $$
declare v_dirty text;
begin
  if p_pks is null or cardinality(p_pks) = 0 then return; end if;
  v_dirty := current_setting('sync.dirty', true);
  -- '{…}' is uuid[] as text: 'shift{…};assignment{…};'
  perform set_config('sync.dirty', concat(v_dirty, p_tbl, p_pks, ';'), true);
  if v_dirty is null or v_dirty = '' then insert into sync.pending default values; end if;
end $$;

-- Makes the triggers of a table that mark what its changes touch: one per event, once per statement. They run
-- p_function with p_args, on the rows `new_rows` and `old_rows`.
create procedure private.track(p_table regclass, p_function text, variadic p_args text[] default '{}')
language plpgsql as $$
declare
  v_call text := format('for each statement execute function %s(%s)',
    p_function, (select string_agg(quote_literal(a), ', ') from unnest(p_args) a));
begin
  execute format('create trigger marks_insert after insert on %s referencing new table as new_rows %s',
    p_table, v_call);
  execute format(
    'create trigger marks_update after update on %s referencing new table as new_rows old table as old_rows %s',
    p_table, v_call);
  execute format('create trigger marks_delete after delete on %s referencing old table as old_rows %s',
    p_table, v_call);
end $$;

-- For tables whose rows have the same id on the phone: marks them in each of the phone's tables that the arguments of
-- the trigger name.
create function private.mark_rows() returns trigger language plpgsql as $$
declare v_ids uuid[];
begin
  if tg_op = 'DELETE' then
    select array_agg(id) into v_ids from old_rows;
  else
    select array_agg(id) into v_ids from new_rows;
  end if;
  for i in 0 .. tg_nargs - 1 loop
    perform sync.mark(tg_argv[i], v_ids);
  end loop;
  return null;
end $$;

-- Marks people, and the logins they have. Locks the roots first, in the order of their ids.
create function private.mark_people(p_responders uuid[]) returns void language plpgsql as $$
begin
  perform from app.responder where id = any (p_responders) order by id for no key update;
  perform from app.login
  where id in (select login_id from app.responder where id = any (p_responders))
  order by id for no key update;
  perform sync.mark('responder_lead', p_responders);
  perform sync.mark('absence', array(
    select a.id from app.absence a where a.responder_id = any (p_responders) and a.ended_at is null));
  perform sync.mark('wish', array(select w.id from app.wish w where w.id = any (p_responders)));
  perform sync.mark('availability', array(select id from app.availability where id = any (p_responders)));
  perform sync.mark('me',
    array(select login_id from app.responder where id = any (p_responders) and login_id is not null));
end $$;

-- Marks logins, locked in the order of their ids.
create function private.mark_logins(p_logins uuid[]) returns void language plpgsql as $$
begin
  perform from app.login where id = any (p_logins) order by id for no key update;
  perform sync.mark('me', p_logins);
end $$;

-- Is this a kind of event that coordinators see on their phones: one they have to act on, or know at once?
create function private.for_leads(p_kind text) returns boolean language sql immutable parallel safe as $$
  select p_kind in (
    'no_relief', 'disputed', 'mode_expiring', 'mode_expired', 'left_community', 'account_closed', 'help_request',
    'not_arrived', 'unconfirmed', 'relief_late', 'handover_forced', 'taken_over', 'escalated', 'rung_skipped',
    'unfilled', 'reinforcement_asked', 'reinforcement_answered', 'reset_issued', 'appointed', 'record_joined',
    'stand_in_refused', 'support_asked', 'door_feedback', 'member_feedback', 'away_on_duty')
$$;

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
  -- the marked rows, by table; sync.mark wrote them
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
