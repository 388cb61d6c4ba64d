-- Rows of an import that are places: divisions, buildings and posts.

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
