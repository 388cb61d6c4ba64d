-- A shift with its places: a draft for leads alone, else for everybody in the community in its month. Shifts of a
-- running call-out also stand in the open scope, which every phone has.
create view projection.shift as
  select s.id as pk,
    case
      when s.state = 'draft' then array['lead:' || s.community_id]
      else array[
        'org:' || s.community_id || ':' || private.month_of(s.starts_at),
        case when co.state in ('open', 'filled') then 'org:' || s.community_id || ':open' end] end as scopes,
    jsonb_build_object(
      'id', s.id, 'community_id', s.community_id, 'post_id', s.post_id, 'org_unit_id', p.org_unit_id,
      'roster_id', s.roster_id, 'callout_id', s.callout_id, 'starts_at', s.starts_at, 'ends_at', s.ends_at,
      'capacity', s.capacity, 'filled', s.filled, 'held', s.held, 'to_pick', s.to_pick,
      'state', s.state, 'skill', s.requirement ->> 'skill') as data
  from app.shift s
  cross join lateral (select x.org_unit_id from app.post x where x.id = s.post_id offset 0) p
  left join lateral (select x.state from app.callout x where x.id = s.callout_id offset 0) co on true;

-- The same shift in numbers, for officers above: no person is named.
create view projection.shift_count as
  select s.id as pk, array['sum:' || s.community_id] as scopes, jsonb_build_object(
    'id', s.id, 'community_id', s.community_id, 'org_unit_id', p.org_unit_id, 'place_name', pl.name,
    'post_name', p.name, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'capacity', s.capacity, 'state', s.state,
    'callout_id', s.callout_id, 'drill', case co.kind when 'drill' then 'yes' else 'no' end,
    'accepted', n.accepted, 'on_post', n.on_post) as data
  from app.shift s
  cross join lateral (select * from app.post x where x.id = s.post_id offset 0) p
  cross join lateral (select * from private.place x where x.id = p.org_unit_id offset 0) pl
  cross join lateral (
    select count(*) filter (where a.state in ('assigned', 'accepted')) as accepted,
      count(*) filter (where a.state = 'on_post') as on_post
    from app.assignment a where a.shift_id = s.id) n
  left join lateral (select x.kind from app.callout x where x.id = s.callout_id offset 0) co on true
  where s.state <> 'draft';

-- A shift whose times, state or capacity change also changes the cards of its people; one whose count alone changes
-- does not.
create function private.mark_shift() returns trigger language plpgsql as $$
declare
  ids uuid[];
  moved uuid[];
begin
  if tg_op = 'DELETE' then
    select array_agg(id), array_agg(id) into ids, moved from old_rows;
  elsif tg_op = 'INSERT' then
    select array_agg(id) filter (where true), array_agg(id) filter (where state <> 'draft')
    into ids, moved from new_rows;
  else
    select array_agg(n.id),
      array_agg(n.id) filter (where
        (n.starts_at, n.ends_at, n.state, n.capacity) is distinct from (o.starts_at, o.ends_at, o.state, o.capacity))
    into ids, moved
    from new_rows n join old_rows o using (id);
  end if;
  perform sync.mark('shift', ids);
  if moved is not null then
    perform sync.mark('shift_count', moved);
    if tg_op = 'UPDATE' then
      perform sync.mark('my_assignment', array(select id from app.assignment where shift_id = any (moved)));
      perform sync.mark('my_offer', array(select id from app.offer where shift_id = any (moved)));
      perform sync.mark('my_waitlist', array(select id from app.waitlist_entry where shift_id = any (moved)));
      perform sync.mark('cover_request', array(select id from app.cover_request where shift_id = any (moved)));
    end if;
  end if;
  return null;
end $$;
call private.track('app.shift', 'private.mark_shift');
