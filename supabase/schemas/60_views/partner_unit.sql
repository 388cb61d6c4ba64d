-- How many people on a list of a community work for this unit.
create function private.people_of_unit(p_unit uuid) returns bigint language sql stable as $$
  select count(*) from app.responder r
  where r.partner_unit_id = p_unit and exists (
    select from app.report_in i where i.responder_id = r.id and i.state = 'confirmed')
$$;

-- Partner units as the node that keeps them sees them, with their liaisons and those who are invited to be one.
create view projection.partner_unit as
  select u.id as pk, array['desk:' || u.org_unit_id] as scopes, jsonb_build_object(
    'id', u.id, 'keeper_id', u.org_unit_id, 'name', u.name, 'kind', u.kind, 'state', u.state,
    'place_id', u.place_id, 'address', u.address, 'line', u.line, 'wall_code', u.wall_code,
    'contact_id', u.contact_id, 'contact_name', c.name, 'ended_on', u.ended_on, 'merged_into', u.merged_into,
    'people', private.people_of_unit(u.id),
    'party_org_name', (
      select o.name from app.party_org o
      where o.partner_unit_id = u.id and o.state = 'formed' order by o.created_at, o.id limit 1),
    'liaisons', (
      select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'state', x.state)
        order by x.at, x.id), '[]')
      from (
        select g.id, l.name, 'active' as state, g.created_at as at from app.role_grant g
        join app.login l on l.id = g.login_id
        where g.partner_unit_id = u.id and g.role = 'liaison'
        union all
        select i.id, i.person, 'invited', i.created_at from app.invitation i
        where i.partner_unit_id = u.id and i.used_at is null and i.revoked_at is null) x)) as data
  from app.partner_unit u
  left join app.responder c on c.id = u.contact_id;

-- Does the person let their unit know (unit_sharing), and serve in a community?
create function private.shares_with_unit(p_responder uuid) returns boolean language sql stable as $$
  select exists (
      select from app.consent k
      where k.responder_id = p_responder and k.purpose = 'unit_sharing' and k.withdrawn_at is null)
    and exists (select from app.report_in i where i.responder_id = p_responder and i.state = 'confirmed')
$$;

-- A unit as its own liaisons see it (G2): where it lies, whom to call, how many of its people serve here, how many of
-- these let it know, and how many reports wait.
create view projection.unit_desk as
  select u.id as pk, array['unit:' || u.id] as scopes, jsonb_build_object(
    'id', u.id, 'name', u.name, 'kind', u.kind, 'keeper_id', k.id, 'keeper_name', k.name,
    'duty_line', k.duty_line, 'address', u.address, 'place_name', p.name, 'contact_name', c.name,
    'party_org_name', (
      select o.name from app.party_org o
      where o.partner_unit_id = u.id and o.state = 'formed' order by o.created_at, o.id limit 1),
    'people', private.people_of_unit(u.id),
    'asked', (
      select count(*) from app.report_form f where f.partner_unit_id = u.id and f.state = 'requested'),
    'shared', (
      select count(*) from app.responder r where r.partner_unit_id = u.id and private.shares_with_unit(r.id))) as data
  from app.partner_unit u
  join app.org_unit k on k.id = u.org_unit_id
  left join private.place p on p.id = u.place_id
  left join app.responder c on c.id = u.contact_id
  where u.state = 'active';

-- A unit's own people who let it know: name, kind and since when they serve. No number, no home.
create view projection.unit_person as
  select r.id as pk, array['unit:' || r.partner_unit_id] as scopes, jsonb_build_object(
    'id', r.id, 'partner_unit_id', r.partner_unit_id, 'name', r.name, 'kind', r.kind, 'skills', to_jsonb(r.skills),
    'since', (
      select private.day_of(min(i.created_at)) from app.report_in i
      where i.responder_id = r.id and i.state = 'confirmed')) as data
  from app.responder r
  where r.partner_unit_id is not null and r.joined_to is null and private.shares_with_unit(r.id);

-- On which days they serve and whether they came; neither place nor post.
create view projection.unit_arrival as
  select a.id as pk, array['unit:' || r.partner_unit_id] as scopes, jsonb_build_object(
    'id', a.id, 'partner_unit_id', r.partner_unit_id, 'responder_id', r.id, 'day', private.day_of(a.starts_at),
    'came', case
      when a.state in ('on_post', 'relieved', 'done') then 'yes'
      when a.state = 'not_arrived' then 'no' else 'coming' end) as data
  from app.assignment a
  join app.responder r on r.id = a.responder_id
  join app.shift s on s.id = a.shift_id
  left join app.callout c on c.id = s.callout_id
  where r.partner_unit_id is not null and a.state not in ('withdrawn', 'released')
    and c.kind is distinct from 'drill' and private.shares_with_unit(r.id);

-- Marks the arrivals of people of units. The people are locked, because what their unit sees hangs on their consent: one
-- that is withdrawn at this moment must not come back with the change of an assignment. The writer holds the shifts.
create function private.mark_arrivals(p_assignments uuid[], p_deleted boolean) returns void language plpgsql as $$
declare v_ids uuid[];
begin
  if p_deleted then
    perform sync.mark('unit_arrival', p_assignments);
    return;
  end if;
  select array_agg(x.id) into v_ids from (
    select a.id from (select * from app.assignment y where y.id = any (p_assignments) offset 0) a
    join app.responder r on r.id = a.responder_id
    where r.partner_unit_id is not null
    order by r.id for no key update of r) x;
  perform sync.mark('unit_arrival', v_ids);
end $$;

-- Marks units, locked in the order of their ids: the people and liaisons they count are other rows.
create function private.mark_units(p_ids uuid[]) returns void language plpgsql as $$
begin
  if cardinality(p_ids) = 0 then return; end if;
  perform from app.partner_unit where id = any (p_ids) order by id for no key update;
  perform sync.mark('partner_unit', p_ids), sync.mark('unit_desk', p_ids);
end $$;
call private.track('app.partner_unit', 'private.mark_rows', 'partner_unit', 'unit_desk');

-- Liaisons and reports show on their unit, as those of a unit do on the unit's own page.
create function private.mark_unit_part() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' then
    perform private.mark_units(array(
      select distinct partner_unit_id from new_rows where partner_unit_id is not null));
  end if;
  if tg_op <> 'INSERT' then
    perform private.mark_units(array(
      select distinct partner_unit_id from old_rows where partner_unit_id is not null));
  end if;
  return null;
end $$;
create procedure private.track_unit_part(p_table regclass) language plpgsql as $$
begin
  execute format('create trigger marks_units_insert after insert on %s referencing new table as new_rows
    for each statement execute function private.mark_unit_part()', p_table);
  execute format('create trigger marks_units_update after update on %s
    referencing new table as new_rows old table as old_rows
    for each statement execute function private.mark_unit_part()', p_table);
  execute format('create trigger marks_units_delete after delete on %s referencing old table as old_rows
    for each statement execute function private.mark_unit_part()', p_table);
end $$;
call private.track_unit_part('app.role_grant');
call private.track_unit_part('app.invitation');
call private.track_unit_part('app.report_form');

-- What people are to organisations: members they count, posts and seats they hold, units they work for. Called after a
-- change of a person, their consents or where they serve. p_orgs, p_units: those that they left.
create function private.mark_organisations(p_people uuid[], p_orgs uuid[] default '{}', p_units uuid[] default '{}')
returns void language plpgsql as $$
declare
  v_orgs uuid[];
  v_units uuid[];
  v_seats uuid[];
begin
  select array(
    select party_org_id from app.responder where id = any (p_people) and party_org_id is not null
    union
    select party_org_id from app.party_post where responder_id = any (p_people)
    union
    select unnest(p_orgs)),
  array(
    select partner_unit_id from app.responder where id = any (p_people) and partner_unit_id is not null
    union
    select id from app.partner_unit where contact_id = any (p_people)
    union
    select unnest(p_units)),
  array(select id from app.seat where responder_id = any (p_people))
  into v_orgs, v_units, v_seats;
  perform private.mark_units(v_units);
  if v_orgs <> '{}' then perform private.mark_party_orgs(v_orgs); end if;
  if v_seats <> '{}' then
    perform from app.seat where id = any (v_seats) order by id for no key update;
    perform sync.mark('seat', v_seats);
  end if;
  if v_units = '{}' then return; end if;
  perform sync.mark('unit_person', p_people), sync.mark('unit_arrival', array(
    select a.id from app.assignment a
    join app.responder r on r.id = a.responder_id
    where r.id = any (p_people) and (r.partner_unit_id is not null or p_units <> '{}')));
end $$;
