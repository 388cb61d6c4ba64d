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

-- Rings the bells of freshly stamped scopes. A bell says "pull now" and carries nothing else to trust; a write goes on without one.
create or replace function sync.ring(p_stamped sync.stamped[]) returns void language plpgsql as $$
begin
  if not sync.can_ring() then return; end if;
  perform realtime.send(jsonb_build_object('scope', d.scope, 'head', d.head, 'spread_ms', d.spread_ms), 'ring', d.topic, true)
  from sync.due(p_stamped) d;
end $$;

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
  insert into sync.bell (topic, spread_ms) select topic, spread_ms from crowd order by topic
  on conflict (topic) do update set spread_ms = excluded.spread_ms where bell.spread_ms <> excluded.spread_ms
$$;

create or replace function private.tick(p_now timestamptz) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform private.mark_era(p_now);
  -- in the order everybody locks: shifts, call-outs, offers
  perform private.tick_holds(p_now);
  perform private.tick_modes(p_now);
  perform private.tick_ended(p_now); -- after the modes: roster duty under a mode that just ended is over too; it skips what is locked
  perform private.tick_promises(p_now);
  perform private.tick_reliefs(p_now); -- after the ended ones: only who still stands waits for a relief
  perform private.tick_callouts(p_now);
  perform private.tick_offers(p_now);
  perform private.tick_ladders(p_now); -- after the offers: what just expired may still answer, but is not waited for
  perform private.tick_deliveries(p_now);
  delete from sync.pending; -- whoever inserted these rows has been stamped
  if extract(second from p_now) < 5 then perform private.tick_logins(p_now), private.tick_bells(); end if;
end $$;

select private.apply_grants();
