-- Locks what the mutations of a push will touch, in the one order that everybody keeps: rosters, shifts, people, units,
-- organisations, modes, call-outs; each kind by id. So two pushes, or a push and the tick, never wait for each other in
-- a circle.
create function private.lock_targets(p_me uuid, p_muts jsonb) returns void language plpgsql as $$
declare
  a jsonb;
  v_assignment app.assignment;
  v_offer app.offer;
  v_cover app.cover_request;
  v_rosters uuid[];
  v_shifts uuid[];
  v_people uuid[] := array[p_me];
  v_near uuid[]; -- of these, those whose organisations the intents touch
  v_units uuid[];
  v_modes uuid[];
  v_callouts uuid[];
begin
  for a in select m -> 'args' from jsonb_array_elements(p_muts) m loop
    select * into v_assignment from app.assignment where id = private.try_uuid(a ->> 'assignment_id');
    select * into v_offer from app.offer where id = private.try_uuid(a ->> 'offer_id');
    select * into v_cover from app.cover_request where id = private.try_uuid(a ->> 'cover_id');
    v_people := v_people || array[private.try_uuid(a ->> 'responder_id'), v_assignment.responder_id,
      v_offer.responder_id, v_cover.responder_id, v_cover.taker_id, private.try_uuid(a ->> 'contact_id'),
      (select t.responder_id from app.assignment t where t.id = v_cover.with_assignment_id),
      (select t.responder_id from app.absence t where t.id = private.try_uuid(a ->> 'absence_id'))];
    v_shifts := v_shifts || array[private.try_uuid(a ->> 'shift_id'), v_assignment.shift_id, v_offer.shift_id,
      v_cover.shift_id,
      (select t.shift_id from app.assignment t
        where t.id = coalesce(v_cover.with_assignment_id, private.try_uuid(a ->> 'with_assignment_id'))),
      (select t.shift_id from app.draft_assignment t where t.id = private.try_uuid(a ->> 'assignment_id')),
      (select t.shift_id from app.waitlist_entry t where t.id = private.try_uuid(a ->> 'waitlist_id'))];
    -- somebody who takes over in overtime goes to the shift that follows
    if a ? 'new_assignment_id' then
      v_shifts := v_shifts || array(
        select n.id
        from app.assignment t
        join app.shift s on s.id = t.shift_id
        join app.shift n on n.post_id = s.post_id and n.starts_at = s.ends_at
        where t.id = v_assignment.id);
    end if;
    v_shifts := v_shifts || private.shifts_of_report(private.try_uuid(a ->> 'report_id'));
    v_near := v_near || private.people_of_organisations(a);
    v_units := v_units || array[private.try_uuid(a ->> 'community_id'), private.try_uuid(a ->> 'org_unit_id'),
      private.try_uuid(a ->> 'keeper_id'), private.try_uuid(a ->> 'council_id'),
      (select f.community_id from app.report_form f where f.id = private.try_uuid(a ->> 'report_id')),
      (select f.moves_from from app.report_form f where f.id = private.try_uuid(a ->> 'report_id')),
      (select o.keeper_id from app.party_org o
        where a ? 'into_id' and o.id = private.try_uuid(a ->> 'party_org_id')),
      -- a shift that is moved is planned again on its post
      case when a ? 'ends_at' then (
        select s.community_id from app.shift s where s.id = private.try_uuid(a ->> 'shift_id')) end];
    v_rosters := v_rosters || private.try_uuid(a ->> 'roster_id');
    v_shifts := v_shifts || private.ids_of(a -> 'drop');
    v_modes := v_modes || private.try_uuid(a ->> 'mode_id');
    v_callouts := v_callouts || array[private.try_uuid(a ->> 'callout_id'),
      (select l.callout_id from app.ladder l where l.id = private.try_uuid(a ->> 'ladder_id')),
      (select l.callout_id from app.reinforcement r join app.ladder l on l.id = r.ladder_id
        where r.id = private.try_uuid(a ->> 'reinforcement_id'))];
  end loop;
  v_rosters := array_remove(v_rosters, null);
  v_modes := array_remove(v_modes, null);
  v_callouts := array_remove(v_callouts, null);
  if v_rosters <> '{}' then
    perform from app.roster where id = any (v_rosters) order by id for no key update;
    v_shifts := v_shifts || array(select id from app.shift where roster_id = any (v_rosters) and state = 'draft');
    v_people := v_people || array(
      select d.responder_id
      from app.draft_assignment d
      join app.shift s on s.id = d.shift_id
      where s.roster_id = any (v_rosters));
  end if;
  if v_callouts <> '{}' then
    v_shifts := v_shifts || array(select id from app.shift where callout_id = any (v_callouts) and state = 'open');
    v_units := v_units || array(select community_id from app.callout where id = any (v_callouts));
  end if;
  perform from app.shift where id = any (v_shifts) order by id for no key update;
  perform from app.responder where id = any (v_people || v_near) order by id for no key update;
  v_units := array_remove(v_units, null);
  if v_units <> '{}' then perform from app.org_unit where id = any (v_units) order by id for no key update; end if;
  perform private.lock_organisations(p_muts, v_near);
  if v_modes <> '{}' then
    perform from app.mode where id = any (v_modes) order by id for no key update;
    v_callouts := v_callouts || array(
      select id from app.callout where mode_id = any (v_modes) and state in ('open', 'filled'));
  end if;
  if v_callouts <> '{}' then perform from app.callout where id = any (v_callouts) order by id for no key update; end if;
end $$;

-- The people whom an intent about organisations or reports touches: the members of what ends, is joined or may get
-- another name, and the record that a report becomes.
create function private.people_of_organisations(p_args jsonb) returns uuid[] language sql stable as $$
  select array(
    select r.id from app.responder r
    where p_args ?| '{into_id,name}' and (r.party_org_id in (
        private.try_uuid(p_args ->> 'party_org_id'), private.try_uuid(p_args ->> 'into_id'))
      or r.partner_unit_id in (
        private.try_uuid(p_args ->> 'partner_unit_id'), private.try_uuid(p_args ->> 'into_id')))
    union
    select f.responder_id from app.report_form f where f.id = private.try_uuid(p_args ->> 'report_id')
    union
    select c.responder_id from app.report_form f
    join app.responder_contact c on c.phone = f.phone and c.community_id = f.community_id
    where f.id = private.try_uuid(p_args ->> 'report_id'))
$$;

-- The shifts that a report lets go, of somebody who moves.
create function private.shifts_of_report(p_report uuid) returns uuid[] language sql stable as $$
  select array(
    select a.shift_id from app.report_form f
    join app.assignment a on a.responder_id = f.responder_id
    where f.id = p_report and f.moves_from is not null
    union
    select w.shift_id from app.report_form f
    join app.waitlist_entry w on w.responder_id = f.responder_id
    where f.id = p_report and f.moves_from is not null
    union
    select c.shift_id from app.report_form f
    join app.cover_request c on c.taker_id = f.responder_id
    where f.id = p_report and f.moves_from is not null)
$$;

-- Locks the partner units, party organisations, seats and reports that the mutations of a push name, and those of the
-- people whom these touch, in this order.
create function private.lock_organisations(p_muts jsonb, p_people uuid[]) returns void language plpgsql as $$
declare
  v_named uuid[] := array(
    select private.try_uuid(x.value) from jsonb_array_elements(p_muts) m
    cross join lateral jsonb_each_text(
      case when jsonb_typeof(m -> 'args') = 'object' then m -> 'args' else '{}' end) x
    where x.key in ('partner_unit_id', 'party_org_id', 'party_post_id', 'seat_id', 'report_id', 'into_id')
      and private.try_uuid(x.value) is not null);
begin
  if v_named = '{}' then return; end if;
  perform from app.partner_unit
  where id = any (v_named) or id in (
    select partner_unit_id from app.party_org where id = any (v_named)
    union
    select partner_unit_id from app.report_form where id = any (v_named)
    union
    select partner_unit_id from app.responder where id = any (p_people))
  order by id for no key update;
  perform from app.party_org
  where id = any (v_named) or id in (
    select party_org_id from app.party_post where id = any (v_named) or responder_id = any (p_people)
    union
    select party_org_id from app.responder where id = any (p_people))
  order by id for no key update;
  perform from app.seat where id = any (v_named) or responder_id = any (p_people) order by id for no key update;
  perform from app.report_form where id = any (v_named) order by id for no key update;
end $$;

-- Locks what is marked when people come onto a list or leave one, in the same order: the communities, the units,
-- organisations and seats of these people, and their reports. Who calls it holds the people.
create function private.lock_around(p_people uuid[], p_communities uuid[], p_reports uuid[] default '{}') returns void
language plpgsql as $$
begin
  perform from app.org_unit where id = any (p_communities) order by id for no key update;
  perform from app.partner_unit
  where contact_id = any (p_people) or id in (
    select partner_unit_id from app.responder where id = any (p_people)
    union
    select partner_unit_id from app.report_form where id = any (p_reports) or responder_id = any (p_people))
  order by id for no key update;
  perform from app.party_org
  where id in (
    select party_org_id from app.responder where id = any (p_people)
    union
    select party_org_id from app.party_post where responder_id = any (p_people))
  order by id for no key update;
  perform from app.seat where responder_id = any (p_people) order by id for no key update;
  perform from app.report_form where id = any (p_reports) or responder_id = any (p_people)
  order by id for no key update;
end $$;
