-- Doorbells: a ring tells phones that a scope has a new head. It says "pull now" and carries nothing to trust.

-- A scope that was just stamped, its new head, and whether it may ring.
create type sync.stamped as (scope text, head bigint, ring boolean);

-- The topics of a scope. Month, open and lead scopes of a community share one; a summary rings every officer above. The
-- calendar, which everybody has, rings nobody: it is seen at the next pull.
create function private.topics_of(p_scope text) returns setof text language sql stable as $$
  select case split_part(p_scope, ':', 1)
    when 'user' then p_scope
    when 'desk' then p_scope
    when 'unit' then p_scope
    when 'org' then 'org:' || split_part(p_scope, ':', 2)
    when 'lead' then (
      select 'org:' || u.community_id from app.org_unit u where u.id = split_part(p_scope, ':', 2)::uuid) end
  where p_scope not like 'sum:%' and p_scope <> 'calendar'
  union all
  select 'sum:' || a.id
  from app.org_unit u
  join app.org_unit a on u.path operator(extensions.<@) a.path
  where p_scope like 'sum:%' and u.id = split_part(p_scope, ':', 2)::uuid
$$;

-- Rings the bells of scopes that were just stamped. Without Realtime it does nothing, and the write goes on.
create function sync.ring(p_stamped sync.stamped[]) returns void language plpgsql as $$
begin
  if not sync.can_ring() then return; end if;
  perform realtime.send(
    jsonb_build_object('scope', d.scope, 'head', d.head, 'spread_ms', d.spread_ms), 'ring', d.topic, true)
  from sync.due(p_stamped) d;
end $$;

-- Is there a bell to ring? Not on a Postgres without Realtime, nor before Realtime has started for the first time.
create function sync.can_ring() returns boolean language sql stable as $$
  select exists (
    select from pg_catalog.pg_namespace n
    where n.nspname = 'realtime'
      and case when has_schema_privilege(n.oid, 'usage')
        then has_function_privilege(to_regprocedure('realtime.send(jsonb,text,text,boolean)'), 'execute') end)
$$;

-- Which topics of scopes that were just stamped ring now. A crowded topic rings once in its window. A bell that another
-- transaction has locked is skipped: that one rings it, and phones look a second time after its window.
create function sync.due(p_stamped sync.stamped[])
returns table (topic text, scope text, head bigint, spread_ms int) language sql volatile as $$
  with touched as materialized (
    select distinct on (topic) topic, s.scope, s.head
    from unnest(p_stamped) s
    cross join lateral private.topics_of(s.scope) topic
    where s.ring
    order by topic),
  free as materialized (
    select b.topic
    from sync.bell b
    join touched t on t.topic = b.topic
    where b.rung_at < clock_timestamp() - (b.spread_ms + 300) * interval '1 millisecond'
    order by b.topic for update of b skip locked),
  rung as (
    update sync.bell b set rung_at = clock_timestamp()
    from free f
    where b.topic = f.topic
    returning b.topic, b.spread_ms)
  select t.topic, t.scope, t.head, coalesce(r.spread_ms, 0)
  from touched t
  left join rung r on r.topic = t.topic
  where r.topic is not null or not exists (select from sync.bell b where b.topic = t.topic)
$$;
