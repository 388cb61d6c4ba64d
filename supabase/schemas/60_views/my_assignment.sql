-- A person's own card of an assignment: place, task, times, the proof of the door, and who else serves there.
-- The others are looked up by their shift: `offset 0` hides the predicate of an index over all binding assignments,
-- which the planner would read as a whole while the table is new. The door of a building's post is shown while the
-- person may still arrive.
create view projection.my_assignment as
  select a.id as pk, array['user:' || r.login_id] as scopes, jsonb_build_object(
    'id', a.id, 'shift_id', a.shift_id, 'responder_id', a.responder_id, 'community_id', s.community_id,
    'community_name', pl.community_name, 'org_unit_id', po.org_unit_id, 'place_name', pl.name,
    'post_id', po.id, 'post_name', po.name, 'post_kind', po.kind, 'task', po.task, 'kit', po.kit,
    'contact', po.contact, 'duty_line', pl.duty_line,
    'starts_at', s.starts_at, 'ends_at', s.ends_at, 'state', a.state, 'eta_min', a.eta_min, 'due_at', a.due_at,
    'claimed_at', a.claimed_at, 'accepted_at', a.accepted_at,
    'on_post_at', a.on_post_at, 'off_post_at', a.off_post_at, 'by_proxy', private.proxy_steps(a),
    'roster_id', s.roster_id, 'callout_id', s.callout_id, 'callout_title', co.title, 'callout_kind', co.kind,
    'door_hash', case when a.state in ('assigned', 'accepted', 'not_arrived') then (
      select private.door_hash(a.id, u.door_code) from app.org_unit u
      where u.id = po.org_unit_id and u.door_code is not null) end,
    -- a card that is over names nobody: it would keep the names of people who have long left
    'with_names', case when private.is_binding(a.state) then (
      select coalesce(jsonb_agg(wr.name order by wr.name), '[]')
      from (select * from app.assignment x where x.shift_id = a.shift_id offset 0) w
      join app.responder wr on wr.id = w.responder_id
      where w.id <> a.id and private.is_binding(w.state)) else '[]' end) as data
  from app.assignment a
  join app.responder r on r.id = a.responder_id and r.login_id is not null
  join app.shift s on s.id = a.shift_id
  cross join lateral (select * from app.post x where x.id = s.post_id offset 0) po
  cross join lateral (select * from private.place x where x.id = po.org_unit_id offset 0) pl
  left join app.callout co on co.id = s.callout_id;

-- A changed assignment also shows on the cards of everybody who serves on the same shift. Its writer holds the shift.
create function private.mark_assignment() returns trigger language plpgsql as $$
declare
  ids uuid[];
  shifts uuid[];
begin
  if tg_op = 'DELETE' then
    select array_agg(id), array_agg(distinct shift_id) into ids, shifts from old_rows;
  else
    select array_agg(id), array_agg(distinct shift_id) into ids, shifts from new_rows;
  end if;
  if ids is null then return null; end if;
  perform sync.mark('assignment', ids);
  perform private.mark_arrivals(ids, tg_op = 'DELETE');
  perform sync.mark('shift_count', shifts);
  perform sync.mark('my_assignment', array(
    select a.id from (select * from app.assignment x where x.shift_id = any (shifts) offset 0) a
    where private.is_binding(a.state)
    union
    select unnest(ids)));
  return null;
end $$;
call private.track('app.assignment', 'private.mark_assignment');

-- What some posts show has changed: marks the cards of people who serve there, are asked or wait. Their shifts are
-- locked first; shifts that are over keep the cards they had.
create function private.mark_cards_at(p_posts uuid[]) returns void language plpgsql as $$
declare coming uuid[];
begin
  select array_agg(s.id) into coming
  from (select id from app.shift where post_id = any (p_posts) and ends_at > now() order by id for no key update) s;
  perform sync.mark('my_assignment', array(select id from app.assignment where shift_id = any (coming)));
  perform sync.mark('my_offer', array(select id from app.offer where shift_id = any (coming)));
  perform sync.mark('my_waitlist', array(select id from app.waitlist_entry where shift_id = any (coming)));
  perform sync.mark('shift_count', coming);
end $$;

-- A door with a new code needs another proof on its cards. Their shifts are locked first, as for every change of cards.
create function private.mark_doors_changed() returns trigger language plpgsql as $$
declare v_shifts uuid[];
begin
  if not exists (
    select from new_rows n join old_rows o using (id) where n.door_code is distinct from o.door_code) then
    return null;
  end if;
  select array_agg(s.id) into v_shifts from (
    select x.id from new_rows n
    join old_rows o using (id)
    join app.post p on p.org_unit_id = n.id
    join app.shift x on x.post_id = p.id
    where n.door_code is distinct from o.door_code and exists (
      select from app.assignment a where a.shift_id = x.id and a.state in ('assigned', 'accepted', 'not_arrived'))
    order by x.id for no key update of x) s;
  perform sync.mark('my_assignment', array(
    select id from app.assignment
    where shift_id = any (v_shifts) and state in ('assigned', 'accepted', 'not_arrived')));
  return null;
end $$;
create trigger marks_doors after update on app.org_unit referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_doors_changed();
