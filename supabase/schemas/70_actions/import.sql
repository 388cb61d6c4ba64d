-- Importing real lists (R28, R44). The phone sends normalised rows in chunks of at most 500; a row sent twice gets the
-- same answer (batch, row number). Each row stands alone: a bad one is reported, the others go in.

-- What became of one row: status created, updated, unchanged or error; for an error its code and field.
create type private.imported as (status text, code text, field text, record_table text, record_id uuid);

select private.learn_shape('import_rows.meta', '{"community_id":"id","file_name":"text 500","demo":"bool"}');

-- These lengths only keep the door; what a field may really hold is checked by the import, which reports it row by row.
select private.learn_shape('import_rows.division', '[{"row":"int 0 1000000","code":"text 40","name":"text 500",
  "level":"text 40","parent_code":"text 40"},500]');
select private.learn_shape('import_rows.building', '[{"row":"int 0 1000000","estate":"text 500","building":"text 500",
  "grid":"text 500","duty_line":"text 100"},500]');
select private.learn_shape('import_rows.post', '[{"row":"int 0 1000000","estate":"text 500","building":"text 500",
  "name":"text 500","kind":"text 40","setting":"text 40","task":"text 2000","kit":"text 2000",
  "contact":"text 500","night_minimum":"int 0 1000"},500]');
select private.learn_shape('import_rows.responder', '[{"row":"int 0 1000000","name":"text 500","phone":"text 100",
  "kind":"text 40","estate":"text 500","building":"text 500","display_name":"text 500","public_display":"text 10",
  "skills":["text 100",50],"partner_unit":"text 500","party_org":"text 500","night":"text 10",
  "pinyin":"text 500","initials":"text 100"},500]');

-- Imports a chunk of rows into a batch; the first chunk makes the batch. Answers what became of each row.
create function private.import_rows(p_batch uuid, p_kind text, p_rows jsonb, p_meta jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  b app.import_batch;
  m jsonb;
  r private.imported;
  v_code app.action_code;
  v_community uuid;
begin
  if not private.fits_door(p_meta, 'import_rows.meta', 8192) then
    return private.no('invalid', '{"field":"meta"}');
  end if;
  v_community := private.try_uuid(p_meta ->> 'community_id');
  if not coalesce(p_kind = any (enum_range(null::app.import_kind)::text[]), false) then
    return private.no('invalid', '{"field":"kind"}');
  end if;
  if not private.may_import(me, p_kind::app.import_kind, v_community) then return private.no('forbidden'); end if;
  if not private.fits_door(p_rows, 'import_rows.' || p_kind, 2097152)
    or exists (select from jsonb_array_elements(p_rows) x where x -> 'row' is null) then
    return private.no('invalid', '{"field":"rows"}');
  end if;
  if p_kind <> 'division'
    and not exists (select from app.org_unit where id = v_community and level = 'community') then
    return private.no('invalid', '{"field":"community_id"}');
  end if;
  v_code := private.claim_database(coalesce((p_meta ->> 'demo')::boolean, false));
  if v_code is not null then return private.no(v_code); end if;
  insert into app.import_batch (id, kind, community_id, file_name, created_by)
  values (p_batch, p_kind::app.import_kind, v_community, left(coalesce(p_meta ->> 'file_name', '-'), 120), me)
  on conflict (id) do nothing;
  select * into b from app.import_batch where id = p_batch for no key update;
  if b.created_by <> me or b.kind <> p_kind::app.import_kind or b.community_id is distinct from v_community then
    return private.no('forbidden');
  end if;
  if b.state <> 'open' then return private.no('batch_closed'); end if;
  for m in select * from jsonb_array_elements(p_rows) loop
    continue when exists (select from app.import_row where batch_id = b.id and row_no = (m ->> 'row')::int);
    r := private.import_row(b, m);
    insert into app.import_row (batch_id, row_no, status, code, field, record_table, record_id, stamp)
    values (b.id, (m ->> 'row')::int, r.status, r.code, r.field, r.record_table, r.record_id,
      private.stamp_of(r.record_table, r.record_id));
  end loop;
  return private.ok(jsonb_build_object('results', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'row', i.row_no, 'status', i.status, 'code', i.code, 'field', i.field, 'id', i.record_id)
      order by i.row_no), '[]')
    from app.import_row i
    where i.batch_id = b.id and i.row_no in (select (x ->> 'row')::int from jsonb_array_elements(p_rows) x))));
end $$;
create function api.import_rows(p_batch uuid, p_kind text, p_rows jsonb, p_meta jsonb) returns jsonb
language sql volatile as $$
  select private.import_rows(p_batch, p_kind, p_rows, p_meta)
$$;

-- A database holds demo data or real data, never both: the first import decides. Answers null, or why this one may not.
create function private.claim_database(p_demo boolean) returns app.action_code language plpgsql as $$
declare v_now jsonb;
begin
  insert into app.setting (key, value)
  values ('data', case when p_demo then '"demo"' else '"real"' end::jsonb)
  on conflict (key) do nothing;
  select value into v_now from app.setting where key = 'data';
  return case
    when v_now = '"demo"' and not p_demo then 'demo_database'
    when v_now = '"real"' and p_demo then 'real_database' end::app.action_code;
end $$;

-- Imports one row in its own savepoint: what the checks of its kind missed is an error of the row, not the end of the
-- batch.
create function private.import_row(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare v_row jsonb := private.row_as_kept(p_row);
begin
  return case p_batch.kind
    when 'division' then private.import_division(p_batch, v_row)
    when 'building' then private.import_building(p_batch, v_row)
    when 'post' then private.import_post(p_batch, v_row)
    when 'responder' then private.import_responder(p_batch, v_row) end;
exception
  when unique_violation then return private.row_error('duplicate_in_file', null);
  when data_exception or integrity_constraint_violation then return private.row_error('conflict', null);
end $$;

-- A row as its tables keep it, its words without numbers. A name must be looked up as it was kept, or the same record
-- would be made again each time.
create function private.row_as_kept(p_row jsonb) returns jsonb language sql immutable as $$
  select p_row || coalesce(jsonb_object_agg(e.key, private.strip_json(e.value)), '{}')
  from jsonb_each(p_row) e
  where e.key in ('name', 'display_name', 'estate', 'building', 'grid', 'task', 'kit', 'partner_unit', 'party_org',
    'skills', 'pinyin', 'initials')
$$;

-- When a record was last changed; a revert compares it, to keep what somebody has touched since.
create function private.stamp_of(p_table text, p_id uuid) returns timestamptz language sql stable as $$
  select case p_table
    when 'responder' then (select updated_at from app.responder where id = p_id)
    when 'post' then (select updated_at from app.post where id = p_id)
    else (select updated_at from app.org_unit where id = p_id) end
$$;

create function private.row_error(p_code text, p_field text) returns private.imported language sql immutable as $$
  select row('error', p_code, p_field, null, null)::private.imported
$$;

-- A city, district, street or community, found by its official division code.
create function private.import_division(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare
  old app.org_unit;
  p app.org_unit;
  v_id uuid := private.uuid_v7();
  v_code text := p_row ->> 'code';
begin
  if coalesce(v_code, '') !~ '^[0-9]{2,12}$' then return private.row_error('bad_code', 'code'); end if;
  if coalesce(p_row ->> 'name', '') = '' then return private.row_error('missing', 'name'); end if;
  if coalesce(p_row ->> 'level', '') not in ('city', 'district', 'street', 'community') then
    return private.row_error('bad_kind', 'level');
  end if;
  if coalesce(p_row ->> 'parent_code', '') <> '' then
    select * into p from app.org_unit where code = p_row ->> 'parent_code';
    if not found then return private.row_error('unknown_parent', 'parent_code'); end if;
  elsif p_row ->> 'level' <> 'city' then
    return private.row_error('missing', 'parent_code');
  end if;
  select * into old from app.org_unit where code = v_code;
  if found then
    if old.name = p_row ->> 'name' and old.parent_id is not distinct from p.id then
      return row('unchanged', null, null, 'org_unit', old.id)::private.imported;
    end if;
    update app.org_unit set name = p_row ->> 'name', parent_id = p.id where id = old.id;
    return row('updated', null, null, 'org_unit', old.id)::private.imported;
  end if;
  insert into app.org_unit (id, code, level, name, parent_id, sort, batch_id, created_by)
  values (v_id, v_code, (p_row ->> 'level')::app.org_level, p_row ->> 'name', p.id,
    coalesce((p_row ->> 'row')::int, 0), p_batch.id, p_batch.created_by);
  return row('created', null, null, 'org_unit', v_id)::private.imported;
end $$;

-- A building by its estate and name; the row may also put its estate into a grid.
create function private.import_building(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare
  v_estate uuid;
  old app.org_unit;
  v_id uuid := private.uuid_v7();
  v_line text := nullif(p_row ->> 'duty_line', '');
begin
  if coalesce(p_row ->> 'estate', '') = '' then return private.row_error('missing', 'estate'); end if;
  if coalesce(p_row ->> 'building', '') = '' then return private.row_error('missing', 'building'); end if;
  if length(p_row ->> 'building') > 80 or length(p_row ->> 'estate') > 80 then
    return private.row_error('too_long', 'building');
  end if;
  v_estate := private.estate_of(p_batch, 'estate', p_row ->> 'estate');
  if coalesce(p_row ->> 'grid', '') <> '' then
    update app.org_unit set parent_id = private.estate_of(p_batch, 'grid', p_row ->> 'grid')
    where id = v_estate and parent_id = p_batch.community_id;
  end if;
  select * into old from app.org_unit
  where parent_id = v_estate and level = 'building' and name = p_row ->> 'building';
  if found then
    if v_line is null or old.duty_line = v_line then
      return row('unchanged', null, null, 'org_unit', old.id)::private.imported;
    end if;
    update app.org_unit set duty_line = v_line where id = old.id;
    return row('updated', null, null, 'org_unit', old.id)::private.imported;
  end if;
  insert into app.org_unit (id, level, name, parent_id, duty_line, sort, batch_id, created_by)
  values (v_id, 'building', p_row ->> 'building', v_estate, v_line,
    coalesce(substring(p_row ->> 'building' from '[0-9]+')::int, (p_row ->> 'row')::int),
    p_batch.id, p_batch.created_by);
  return row('created', null, null, 'org_unit', v_id)::private.imported;
end $$;

-- The estate or grid of that name in the batch's community; made if it is not there yet.
create function private.estate_of(p_batch app.import_batch, p_level app.org_level, p_name text) returns uuid
language plpgsql as $$
declare
  u app.org_unit := private.unit_named(p_batch.community_id, array[p_level], p_name);
  v_id uuid := private.uuid_v7();
begin
  if u.id is not null then return u.id; end if;
  insert into app.org_unit (id, level, name, parent_id, sort, batch_id, created_by)
  values (v_id, p_level, p_name, p_batch.community_id,
    (select count(*) from app.org_unit where parent_id = p_batch.community_id), p_batch.id, p_batch.created_by);
  return v_id;
end $$;

-- A post by its place and name.
create function private.import_post(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare
  f record;
  old app.post;
  v_id uuid := private.uuid_v7();
begin
  if coalesce(p_row ->> 'name', '') = '' then return private.row_error('missing', 'name'); end if;
  if coalesce(p_row ->> 'kind', '') <> all (enum_range(null::app.post_kind)::text[]) then
    return private.row_error('bad_kind', 'kind');
  end if;
  if coalesce(p_row ->> 'estate', '') = '' then return private.row_error('missing', 'estate'); end if;
  if length(p_row ->> 'task') > 500 then return private.row_error('too_long', 'task'); end if;
  if length(p_row ->> 'kit') > 200 then return private.row_error('too_long', 'kit'); end if;
  select * into f from private.place_in_row(p_batch, p_row);
  if (f.problem).status is not null then return f.problem; end if;
  select * into old from app.post where org_unit_id = (f.unit).id and name = p_row ->> 'name';
  if found then v_id := old.id; end if;
  insert into app.post (id, org_unit_id, community_id, name, kind, setting, task, kit, contact, night_minimum,
    batch_id, created_by)
  values (v_id, (f.unit).id, p_batch.community_id, p_row ->> 'name', (p_row ->> 'kind')::app.post_kind,
    coalesce(nullif(p_row ->> 'setting', ''), 'outdoor')::app.post_setting,
    nullif(p_row ->> 'task', ''), nullif(p_row ->> 'kit', ''), nullif(p_row ->> 'contact', ''),
    coalesce((p_row ->> 'night_minimum')::int, 1), p_batch.id, p_batch.created_by)
  on conflict (id) do update
  set kind = excluded.kind, setting = excluded.setting, task = excluded.task, kit = excluded.kit,
    contact = excluded.contact, night_minimum = excluded.night_minimum, updated_at = clock_timestamp()
  where (app.post.kind, app.post.setting, app.post.task, app.post.kit, app.post.contact, app.post.night_minimum)
    is distinct from (excluded.kind, excluded.setting, excluded.task, excluded.kit, excluded.contact,
      excluded.night_minimum);
  return row(case when not found then 'unchanged' when old.id is null then 'created' else 'updated' end,
    null, null, 'post', v_id)::private.imported;
end $$;

-- Where a row points: its building, else its estate; or the error that says which name is unknown.
create function private.place_in_row(p_batch app.import_batch, p_row jsonb,
  out unit app.org_unit, out problem private.imported) language plpgsql as $$
begin
  if coalesce(p_row ->> 'estate', '') <> '' then
    unit := private.unit_named(p_batch.community_id, '{estate,grid}', p_row ->> 'estate');
    if unit.id is null then
      problem := private.row_error('unknown_estate', 'estate');
      return;
    end if;
  end if;
  if coalesce(p_row ->> 'building', '') <> '' then
    unit := private.unit_named(coalesce(unit.id, p_batch.community_id), '{building}', p_row ->> 'building');
    if unit.id is null then problem := private.row_error('unknown_building', 'building'); end if;
  end if;
end $$;

-- The org unit of a name below a node, at one of some levels; the highest if there are several.
create function private.unit_named(p_below uuid, p_levels app.org_level[], p_name text) returns app.org_unit
language sql stable as $$
  select u from app.org_unit u
  join app.org_unit c on u.path operator(extensions.<@) c.path
  where c.id = p_below and u.level = any (p_levels) and u.name = p_name
  order by u.level limit 1
$$;

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
