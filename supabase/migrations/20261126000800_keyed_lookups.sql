-- Who serves at a shift is looked up by the shift. Where a table is new to the planner, the index of all binding duty looked as good
-- (its predicate fits, it seemed to have one page), and every claim read all of it. `offset 0` and the aggregate's filters hide the predicate.
create or replace view projection.my_assignment as
  select a.id as pk, array['user:' || r.login_id] as scopes, jsonb_build_object(
    'id', a.id, 'shift_id', a.shift_id, 'responder_id', a.responder_id, 'community_id', s.community_id, 'community_name', pl.community_name,
    'org_unit_id', po.org_unit_id, 'place_name', pl.name, 'post_id', po.id, 'post_name', po.name, 'post_kind', po.kind, 'task', po.task, 'kit', po.kit,
    'contact', po.contact, 'duty_line', pl.duty_line, 'starts_at', s.starts_at, 'ends_at', s.ends_at, 'state', a.state, 'eta_min', a.eta_min,
    'due_at', a.due_at, 'claimed_at', a.claimed_at, 'accepted_at', a.accepted_at, 'on_post_at', a.on_post_at, 'off_post_at', a.off_post_at,
    'roster_id', s.roster_id, 'callout_id', s.callout_id, 'callout_title', co.title, 'callout_kind', co.kind,
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

create or replace view projection.shift_count as
  select s.id as pk, array['sum:' || s.community_id] as scopes, jsonb_build_object(
    'id', s.id, 'community_id', s.community_id, 'org_unit_id', p.org_unit_id, 'place_name', pl.name, 'post_name', p.name,
    'starts_at', s.starts_at, 'ends_at', s.ends_at, 'capacity', s.capacity, 'state', s.state, 'callout_id', s.callout_id,
    'accepted', n.accepted, 'on_post', n.on_post) as data
  from app.shift s
  cross join lateral (select * from app.post x where x.id = s.post_id offset 0) p
  cross join lateral (select * from private.place x where x.id = p.org_unit_id offset 0) pl
  cross join lateral (
    select count(*) filter (where a.state in ('assigned', 'accepted')) as accepted, count(*) filter (where a.state = 'on_post') as on_post
    from app.assignment a where a.shift_id = s.id) n
  where s.state <> 'draft';

-- The same of a person: his binding duty stands together.
drop index app.assignment_one_binding_per_shift;
create unique index assignment_one_binding_per_shift on app.assignment (responder_id, shift_id) where state in ('assigned', 'accepted', 'on_post');

-- Locks what a batch will touch in the one order everybody keeps: rosters, shifts, people, units, modes, call-outs; each by id.
-- So two batches, or a batch and the minute's round, never wait for each other in a circle.
create or replace function private.lock_targets(p_me uuid, p_muts jsonb) returns void language plpgsql as $$
declare
  a jsonb; v_shifts uuid[]; v_people uuid[] := array[p_me]; v_units uuid[]; v_rosters uuid[]; v_modes uuid[]; v_callouts uuid[];
  v_assignment uuid; v_offer app.offer;
begin
  for a in select m -> 'args' from jsonb_array_elements(p_muts) m loop
    v_assignment := private.try_uuid(a ->> 'assignment_id');
    select * into v_offer from app.offer where id = private.try_uuid(a ->> 'offer_id');
    v_people := v_people || array[private.try_uuid(a ->> 'responder_id'), v_offer.responder_id];
    v_shifts := v_shifts || array[private.try_uuid(a ->> 'shift_id'), v_offer.shift_id,
      (select t.shift_id from app.assignment t where t.id = v_assignment),
      (select t.shift_id from app.draft_assignment t where t.id = v_assignment),
      (select t.shift_id from app.waitlist_entry t where t.id = private.try_uuid(a ->> 'waitlist_id'))];
    -- somebody who takes over in overtime goes to the shift that follows
    if a ? 'new_assignment_id' then
      v_shifts := v_shifts || array(select n.id from app.assignment t join app.shift s on s.id = t.shift_id
        join app.shift n on n.post_id = s.post_id and n.starts_at = s.ends_at where t.id = v_assignment);
    end if;
    v_units := v_units || array[private.try_uuid(a ->> 'community_id'), private.try_uuid(a ->> 'org_unit_id')];
    v_rosters := v_rosters || private.try_uuid(a ->> 'roster_id');
    v_modes := v_modes || private.try_uuid(a ->> 'mode_id');
    v_callouts := v_callouts || array[private.try_uuid(a ->> 'callout_id'),
      (select l.callout_id from app.ladder l where l.id = private.try_uuid(a ->> 'ladder_id')),
      (select l.callout_id from app.reinforcement r join app.ladder l on l.id = r.ladder_id where r.id = private.try_uuid(a ->> 'reinforcement_id'))];
  end loop;
  v_rosters := array_remove(v_rosters, null);
  v_modes := array_remove(v_modes, null);
  v_callouts := array_remove(v_callouts, null);
  if v_rosters <> '{}' then
    perform from app.roster where id = any (v_rosters) order by id for no key update;
    v_shifts := v_shifts || array(select id from app.shift where roster_id = any (v_rosters) and state = 'draft');
    v_people := v_people || array(select d.responder_id from app.draft_assignment d join app.shift s on s.id = d.shift_id where s.roster_id = any (v_rosters));
  end if;
  if v_callouts <> '{}' then
    v_shifts := v_shifts || array(select id from app.shift where callout_id = any (v_callouts) and state = 'open');
    v_units := v_units || array(select community_id from app.callout where id = any (v_callouts));
  end if;
  perform from app.shift where id = any (v_shifts) order by id for no key update;
  perform from app.responder where id = any (v_people) order by id for no key update;
  v_units := array_remove(v_units, null);
  if v_units <> '{}' then perform from app.org_unit where id = any (v_units) order by id for no key update; end if;
  if v_modes <> '{}' then
    perform from app.mode where id = any (v_modes) order by id for no key update;
    v_callouts := v_callouts || array(select id from app.callout where mode_id = any (v_modes) and state in ('open', 'filled'));
  end if;
  if v_callouts <> '{}' then perform from app.callout where id = any (v_callouts) order by id for no key update; end if;
end $$;
select private.apply_grants();
