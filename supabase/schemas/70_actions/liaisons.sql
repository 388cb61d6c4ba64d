-- Liaisons (联络人) of partner units: appointed by an invitation to a person by name, and ended. What the unit has stays.

-- Invites somebody to be a liaison of a unit; the link is valid for seven days. A unit has at most ten.
create function private.appoint_liaison(p_unit uuid, p_name text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  u app.partner_unit;
  v_made jsonb;
begin
  if not private.may_appoint_liaison(me, p_unit) then return private.no('forbidden'); end if;
  select * into u from app.partner_unit where id = p_unit for no key update;
  if length(p_name) > 200 or length(coalesce(trim(p_name), '')) not between 1 and 40 then
    return private.no('invalid', '{"field":"name"}');
  end if;
  if (select count(*) from app.role_grant where partner_unit_id = p_unit)
    + (select count(*) from app.invitation
      where partner_unit_id = p_unit and used_at is null and revoked_at is null and expires_at > now()) >= 10 then
    return private.no('too_many_tries');
  end if;
  v_made := private.write_invitation(me, 'role', 168, p_role => 'liaison', p_person => trim(p_name),
    p_partner => p_unit);
  perform private.tell_communities(me, array[private.community_or_null(u.org_unit_id)], 'liaison_appointed', null,
    p_unit);
  return private.ok(v_made);
end $$;
create function api.appoint_liaison(p_partner_unit_id uuid, p_name text) returns jsonb language sql volatile as $$
  select private.appoint_liaison(p_partner_unit_id, p_name)
$$;

-- Ends the role of a liaison, or takes back the invitation to it: p_id is that of either, as the unit's row shows them.
create function private.end_liaison(p_unit uuid, p_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_done boolean;
begin
  if not exists (
    select from app.partner_unit p where p.id = p_unit and private.keeps(me, p.org_unit_id)) then
    return private.no('forbidden');
  end if;
  delete from app.role_grant where id = p_id and partner_unit_id = p_unit;
  v_done := found;
  update app.invitation set revoked_at = now()
  where id = p_id and partner_unit_id = p_unit and used_at is null and revoked_at is null;
  if not (v_done or found) then return private.no('gone'); end if;
  perform private.tell_communities(me, (
    select array[private.community_or_null(org_unit_id)] from app.partner_unit where id = p_unit), 'liaison_ended',
    null, p_unit);
  return private.ok();
end $$;
create function api.end_liaison(p_partner_unit_id uuid, p_id uuid) returns jsonb language sql volatile as $$
  select private.end_liaison(p_partner_unit_id, p_id)
$$;

-- Reports in the people of a liaison's unit, at most 500 at once and 2,000 that wait; a row sent twice is one report.
-- What a list says of somebody is seen by the coordinators alone: the liaison learns how many rows came in, and of the
-- people themselves only those who let their unit know.
select private.learn_shape('list_people.rows', '[{"id":"id","row":"int 0 2000000000","name":"text 500",
  "phone":"text 100","building":"text 500","skills":["text 100",20]},500]');

create function private.list_people(p_unit uuid, p_rows jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  u app.partner_unit;
  r jsonb;
  v_results jsonb := '[]';
  v_fault text;
  v_first text; -- the first who was not listed before
begin
  if not private.liaises(me, p_unit) then return private.no('forbidden'); end if;
  if not private.fits_door(p_rows, 'list_people.rows', 524288) then
    return private.no('invalid', '{"field":"rows"}');
  end if;
  select * into u from app.partner_unit where id = p_unit and state = 'active' for no key update;
  if not found then return private.no('gone'); end if;
  if private.community_or_null(u.org_unit_id) is null then return private.no('invalid', '{"field":"unit"}'); end if;
  if (select count(*) from app.report_form where partner_unit_id = p_unit and state = 'requested')
    + jsonb_array_length(p_rows) > 2000 then
    return private.no('too_many_tries');
  end if;
  if not private.take_token('list_people:' || p_unit, 20, 3600) then return private.no('too_many_tries'); end if;
  for r in select x from jsonb_array_elements(p_rows) x loop
    v_fault := private.fault_of_listed(r);
    if v_fault is null and private.list_person(u, r, me) then v_first := coalesce(v_first, r ->> 'id'); end if;
    v_results := v_results || jsonb_build_object('row', r -> 'row', 'status',
      case when v_fault is null then 'listed' else 'error' end, 'field', v_fault);
  end loop;
  if v_first is not null then perform private.tell_of_report(u.org_unit_id, u.id, now(), v_first); end if;
  return private.ok(jsonb_build_object('results', v_results));
end $$;
create function api.list_people(p_partner_unit_id uuid, p_rows jsonb) returns jsonb language sql volatile as $$
  select private.list_people(p_partner_unit_id, p_rows)
$$;

-- The first field of a row that cannot be taken; null when all can.
create function private.fault_of_listed(p_row jsonb) returns text language sql stable as $$
  select case
    when private.try_uuid(p_row ->> 'id') is null then 'id'
    when length(coalesce(trim(private.strip_numbers(p_row ->> 'name')), '')) not between 1 and 40 then 'name'
    when coalesce(p_row ->> 'phone', '') !~ '^1[0-9]{10}$' then 'phone' end
$$;

-- Writes the report of one row; answers whether it made one. Somebody of this unit who waits already is not listed
-- twice.
create function private.list_person(p_unit app.partner_unit, p_row jsonb, p_by uuid) returns boolean
language plpgsql as $$
declare v_building uuid;
begin
  if exists (
    select from app.report_form f
    where f.id = private.try_uuid(p_row ->> 'id')
      or f.partner_unit_id = p_unit.id and f.phone = p_row ->> 'phone' and f.state = 'requested') then
    return false;
  end if;
  select b.id into v_building from private.place b
  where b.community_id = p_unit.org_unit_id and b.level = 'building'
    and replace(b.name, ' ', '') = replace(p_row ->> 'building', ' ', '')
  limit 1;
  insert into app.report_form (id, community_id, number, listed_by, partner_unit_id, name, phone, kind, building_id,
    address, skills)
  values (private.try_uuid(p_row ->> 'id'), p_unit.org_unit_id,
    private.next_report_number(p_unit.org_unit_id, now()), p_by, p_unit.id,
    trim(private.strip_numbers(p_row ->> 'name')), p_row ->> 'phone', 'party_member_in_service', v_building,
    case when v_building is null then nullif(left(trim(private.strip_numbers(p_row ->> 'building')), 100), '') end,
    private.skills_of(p_row -> 'skills'));
  return true;
end $$;
