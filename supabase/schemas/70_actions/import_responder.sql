-- Rows of an import that are people: each community has a record of its own of a person (docs/adr/0016).

-- A person by phone number in this community's own list: made, or brought up to date, and reported in here either way.
create function private.import_responder(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare
  f record;
  old app.responder := private.own_record(p_batch.community_id, p_row ->> 'phone');
  v_id uuid := private.uuid_v7();
  v_new boolean := old.id is null;
  v_problem private.imported;
  v_changed boolean;
begin
  v_problem := private.problem_of_person(p_row);
  if v_problem.status is not null then return v_problem; end if;
  select * into f from private.place_in_row(p_batch, p_row);
  if (f.problem).status is not null then return f.problem; end if;
  if not v_new and old.name <> p_row ->> 'name' then return private.row_error('conflict', 'phone'); end if;
  if not v_new and private.is_anothers(old, p_batch.community_id) then
    return row('unchanged', 'shared', 'phone', 'responder', old.id)::private.imported;
  end if;
  if not v_new then v_id := old.id; end if;
  insert into app.responder (id, kind, name, display_name, pinyin, initials, home_building_id, partner_unit_id,
    party_org_id, skills, night, batch_id, created_by)
  values (v_id, (p_row ->> 'kind')::app.responder_kind, p_row ->> 'name',
    nullif(left(p_row ->> 'display_name', 20), ''),
    coalesce(p_row ->> 'pinyin', ''), coalesce(p_row ->> 'initials', ''),
    case when (f.unit).level = 'building' then (f.unit).id end,
    private.partner_named(p_batch, p_row ->> 'partner_unit'),
    private.party_org_named(p_batch, p_row ->> 'party_org'),
    coalesce((
      select array_agg(x) from jsonb_array_elements_text(
        case when jsonb_typeof(p_row -> 'skills') = 'array' then p_row -> 'skills' else '[]' end) x), '{}'),
    coalesce(nullif(p_row ->> 'night', ''), 'yes')::app.yes_no, p_batch.id, p_batch.created_by)
  on conflict (id) do update
  set kind = excluded.kind,
    display_name = coalesce(excluded.display_name, app.responder.display_name),
    home_building_id = coalesce(excluded.home_building_id, app.responder.home_building_id),
    partner_unit_id = coalesce(excluded.partner_unit_id, app.responder.partner_unit_id),
    party_org_id = coalesce(excluded.party_org_id, app.responder.party_org_id),
    skills = excluded.skills,
    night = excluded.night,
    updated_at = clock_timestamp()
  where (app.responder.kind, app.responder.display_name, app.responder.home_building_id,
      app.responder.partner_unit_id, app.responder.party_org_id, app.responder.skills, app.responder.night)
    is distinct from (excluded.kind, coalesce(excluded.display_name, app.responder.display_name),
      coalesce(excluded.home_building_id, app.responder.home_building_id),
      coalesce(excluded.partner_unit_id, app.responder.partner_unit_id),
      coalesce(excluded.party_org_id, app.responder.party_org_id), excluded.skills, excluded.night);
  v_changed := found;
  if v_new then
    insert into app.responder_contact (responder_id, phone, community_id, created_by)
    values (v_id, p_row ->> 'phone', p_batch.community_id, p_batch.created_by);
  end if;
  insert into app.report_in (id, responder_id, community_id, state, batch_id, created_by)
  values (private.uuid_v7(), v_id, p_batch.community_id, 'confirmed', p_batch.id, p_batch.created_by)
  on conflict (responder_id, community_id) do update set state = 'confirmed' where app.report_in.state <> 'confirmed';
  v_changed := v_changed or found;
  if p_row ->> 'public_display' = 'yes' and v_new then
    insert into app.consent (responder_id, purpose, created_by) values (v_id, 'public_display', p_batch.created_by)
    on conflict do nothing;
  end if;
  return row(case when v_new then 'created' when v_changed then 'updated' else 'unchanged' end,
    null, null, 'responder', v_id)::private.imported;
end $$;

-- What is wrong with the row of a person, before anything is looked up; null when nothing is.
create function private.problem_of_person(p_row jsonb) returns private.imported language plpgsql immutable as $$
begin
  if coalesce(p_row ->> 'name', '') = '' then return private.row_error('missing', 'name'); end if;
  if length(p_row ->> 'name') > 40 then return private.row_error('too_long', 'name'); end if;
  if coalesce(p_row ->> 'phone', '') = '' then return private.row_error('missing', 'phone'); end if;
  if p_row ->> 'phone' !~ '^1[0-9]{10}$' then return private.row_error('bad_phone', 'phone'); end if;
  if coalesce(p_row ->> 'kind', '') <> all (enum_range(null::app.responder_kind)::text[]) then
    return private.row_error('bad_kind', 'kind');
  end if;
  return null;
end $$;

-- This community's own record of a number, locked. Records of other communities are never looked at. A record that its
-- person kept when they left the community is theirs, and the list begins a new one.
create function private.own_record(p_community uuid, p_phone text) returns app.responder language sql volatile as $$
  select r from app.responder_contact c
  join app.responder r on r.id = c.responder_id
  join app.report_in ri on ri.responder_id = r.id
  where c.phone = p_phone and ri.community_id = p_community and (ri.state <> 'ended' or r.login_id is null)
  order by r.login_id nulls last, r.id limit 1
  for no key update of r
$$;

-- Does the record's person also serve in another community? Then it is the person's, and only the community that
-- invited them still brings it up to date.
create function private.is_anothers(p_record app.responder, p_community uuid) returns boolean language sql stable as $$
  select exists (
      select from app.report_in ri
      where ri.responder_id = (p_record).id and ri.community_id <> p_community and ri.state <> 'ended')
    and (select l.invited_from from app.login l where l.id = (p_record).login_id) is distinct from p_community
$$;

-- The partner unit of that name in the batch's community; made if it is not there yet; null without a name.
create function private.partner_named(p_batch app.import_batch, p_name text) returns uuid language plpgsql as $$
declare v_id uuid;
begin
  if coalesce(p_name, '') = '' then return null; end if;
  insert into app.partner_unit (id, name, org_unit_id, batch_id, created_by)
  values (private.uuid_v7(), p_name, p_batch.community_id, p_batch.id, p_batch.created_by)
  on conflict (org_unit_id, name) do nothing;
  select id into v_id from app.partner_unit where org_unit_id = p_batch.community_id and name = p_name;
  return v_id;
end $$;

-- The same for a party organisation.
create function private.party_org_named(p_batch app.import_batch, p_name text) returns uuid language plpgsql as $$
declare v_id uuid;
begin
  if coalesce(p_name, '') = '' then return null; end if;
  insert into app.party_org (id, name, org_unit_id, batch_id, created_by)
  values (private.uuid_v7(), p_name, p_batch.community_id, p_batch.id, p_batch.created_by)
  on conflict (org_unit_id, name) do nothing;
  select id into v_id from app.party_org where org_unit_id = p_batch.community_id and name = p_name;
  return v_id;
end $$;
