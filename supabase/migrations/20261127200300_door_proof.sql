-- 到岗 by the code at the door. A phone without signal must be able to tell whether the code is its own post's, and must not learn other doors:
-- its card carries 32 bits of a hash salted with the assignment, enough to tell codes apart and too few to find one.
create function private.door_hash(p_assignment uuid, p_code text) returns text language sql immutable as $$
  select left(encode(sha256(convert_to(p_assignment || ':' || p_code, 'UTF8')), 'hex'), 8)
$$;

-- As in *_keyed_lookups.sql, and the door of a post in a building while its person may still arrive.
create or replace view projection.my_assignment as
  select a.id as pk, array['user:' || r.login_id] as scopes, jsonb_build_object(
    'id', a.id, 'shift_id', a.shift_id, 'responder_id', a.responder_id, 'community_id', s.community_id, 'community_name', pl.community_name,
    'org_unit_id', po.org_unit_id, 'place_name', pl.name, 'post_id', po.id, 'post_name', po.name, 'post_kind', po.kind, 'task', po.task, 'kit', po.kit,
    'contact', po.contact, 'duty_line', pl.duty_line, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'state', a.state, 'eta_min', a.eta_min,
    'due_at', a.due_at, 'claimed_at', a.claimed_at, 'accepted_at', a.accepted_at, 'on_post_at', a.on_post_at, 'off_post_at', a.off_post_at,
    'roster_id', s.roster_id, 'callout_id', s.callout_id, 'callout_title', co.title, 'callout_kind', co.kind,
    'door_hash', case when a.state in ('assigned', 'accepted', 'not_arrived') then (
      select private.door_hash(a.id, u.door_code) from app.org_unit u where u.id = po.org_unit_id and u.door_code is not null) end,
    -- a card that is over names nobody: it would keep the names of people who have long left
    'with_names', case when a.state in ('assigned', 'accepted', 'on_post') then (
      select coalesce(jsonb_agg(wr.name order by wr.name), '[]') from (select * from app.assignment x where x.shift_id = a.shift_id offset 0) w join app.responder wr on wr.id = w.responder_id
      where w.id <> a.id and w.state in ('assigned', 'accepted', 'on_post')) else '[]' end) as data
  from app.assignment a
  join app.responder r on r.id = a.responder_id and r.login_id is not null
  join app.shift s on s.id = a.shift_id
  cross join lateral (select * from app.post x where x.id = s.post_id offset 0) po
  cross join lateral (select * from private.place x where x.id = po.org_unit_id offset 0) pl
  left join app.callout co on co.id = s.callout_id;

-- A door with a new code is another proof. Their shifts are locked first, as for every change of cards.
create function private.mark_doors_changed() returns trigger language plpgsql as $$
declare v_shifts uuid[];
begin
  if not exists (select from new_rows n join old_rows o using (id) where n.door_code is distinct from o.door_code) then return null; end if;
  select array_agg(s.id) into v_shifts from (
    select x.id from new_rows n join old_rows o using (id) join app.post p on p.org_unit_id = n.id join app.shift x on x.post_id = p.id
    where n.door_code is distinct from o.door_code and exists (select from app.assignment a where a.shift_id = x.id and a.state in ('assigned', 'accepted', 'not_arrived'))
    order by x.id for no key update of x) s;
  perform sync.mark('my_assignment', array(select id from app.assignment where shift_id = any (v_shifts) and state in ('assigned', 'accepted', 'not_arrived')));
  return null;
end $$;
create trigger marks_doors after update on app.org_unit referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_doors_changed();

-- 到岗. An arrival that no longer has a place is recorded as disputed and the coordinator is told. `qr` counts with the door's own code; a wrong or
-- missing one makes it `manual` and is answered alike: the arrival is a fact, and nobody learns codes by trying.
create or replace function mutator.check_in(p_actor private.actor, p_args jsonb) returns jsonb language plpgsql as $$
declare a app.assignment := private.reportable(p_actor, private.try_uuid(p_args ->> 'assignment_id')); s app.shift; v_at timestamptz := private.fact_at(p_actor, p_args ->> 'at');
  placed boolean; v_by_name boolean := a.responder_id is distinct from p_actor.responder_id; v_way text := case when v_by_name then 'coordinator' else 'manual' end;
begin
  if a.id is null then return private.refused('gone'); end if;
  if a.state = 'on_post' then return private.applied('already'); end if;
  select * into s from app.shift where id = a.shift_id;
  -- for somebody else it is the coordinator's word, whatever the phone calls it
  if not v_by_name and p_args ->> 'way' = 'qr' and exists (select from app.post p join app.org_unit u on u.id = p.org_unit_id
    where p.id = s.post_id and u.door_code = private.normal_code(p_args ->> 'door')) then v_way := 'qr'; end if;
  placed := a.state in ('assigned', 'accepted');
  if a.state = 'not_arrived' and private.overlap_of(a.responder_id, a.starts_at, a.ends_at) is null then
    update app.shift set filled = filled + 1 where id = s.id and state = 'open' and filled + held < capacity;
    placed := found;
  end if;
  if placed then
    update app.assignment set state = 'on_post', on_post_at = v_at, accepted_at = coalesce(accepted_at, p_actor.now),
      vouched_by = case when v_by_name then p_actor.login_id end where id = a.id;
    perform private.log_event(p_actor, 'on_post', s.community_id, a.responder_id, s.id, a.id, v_way);
    return private.applied();
  end if;
  perform private.log_event(p_actor, 'disputed', s.community_id, a.responder_id, s.id, a.id, null, jsonb_build_object('state', a.state, 'at', v_at));
  return private.applied('disputed', jsonb_build_object('state', a.state));
end $$;
select private.learn_projections();
select private.apply_grants();
