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
  select * into old from app.org_unit where code = v_code;
  if coalesce(p_row ->> 'level', old.level::text, '') not in ('city', 'district', 'street', 'community') then
    return private.row_error('bad_kind', 'level');
  end if;
  if old.id is not null and p_row ->> 'level' <> old.level::text then
    return private.row_error('conflict', 'level');
  end if;
  if old.id is not null and not p_row ? 'parent_code' then
    p.id := old.parent_id;
  elsif coalesce(p_row ->> 'parent_code', '') <> '' then
    select * into p from app.org_unit where code = p_row ->> 'parent_code';
    if not found then return private.row_error('unknown_parent', 'parent_code'); end if;
  elsif coalesce(p_row ->> 'level', old.level::text) <> 'city' then
    return private.row_error('missing', 'parent_code');
  end if;
  if old.id is not null then
    return private.updated(p_batch, p_row, 'org_unit', old.id,
      jsonb_build_object('name', p_row ->> 'name', 'parent_id', p.id));
  end if;
  insert into app.org_unit (id, code, level, name, parent_id, sort, batch_id, created_by)
  values (v_id, v_code, (p_row ->> 'level')::app.org_level, p_row ->> 'name', p.id,
    coalesce((p_row ->> 'row')::int, 0), p_batch.id, p_batch.created_by);
  return row('created', null, null, 'org_unit', v_id)::private.imported;
end $$;

-- Brings a record that is there up to date: what became of the row.
create function private.updated(p_batch app.import_batch, p_row jsonb, p_table text, p_id uuid, p_fields jsonb)
returns private.imported language sql volatile as $$
  select row(case when private.change_record(p_batch.id, (p_row ->> 'row')::int, p_table, p_id, p_fields)
    then 'updated' else 'unchanged' end, null, null, p_table, p_id)::private.imported
$$;

-- A building by its estate and name; the row may also put its estate into a grid, where it lies in none yet.
create function private.import_building(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare
  f record;
  old app.org_unit;
  v_id uuid := private.uuid_v7();
  v_says jsonb := private.row_says(p_row, '{duty_line}', '{}');
  v_out private.imported;
begin
  if coalesce(p_row ->> 'estate', '') = '' then return private.row_error('missing', 'estate'); end if;
  if coalesce(p_row ->> 'building', '') = '' then return private.row_error('missing', 'building'); end if;
  if length(p_row ->> 'building') > 80 or length(p_row ->> 'estate') > 80 then
    return private.row_error('too_long', 'building');
  end if;
  if length(p_row ->> 'grid') > 80 then return private.row_error('too_long', 'grid'); end if;
  if v_says ->> 'duty_line' is not null then
    v_says := v_says || jsonb_build_object('duty_line', private.plain_line(v_says ->> 'duty_line'));
    if v_says ->> 'duty_line' is null then return private.row_error('bad_phone', 'duty_line'); end if;
  end if;
  select * into f from private.estate_in_grid(p_batch, p_row);
  if (f.problem).status is not null then return f.problem; end if;
  select * into old from app.org_unit
  where parent_id = f.estate and level = 'building' and name = p_row ->> 'building';
  if found then
    v_out := private.updated(p_batch, p_row, 'org_unit', old.id, v_says);
    if f.moved then v_out.status := 'updated'; end if;
  else
    insert into app.org_unit (id, level, name, parent_id, duty_line, sort, batch_id, created_by)
    values (v_id, 'building', p_row ->> 'building', f.estate, v_says ->> 'duty_line',
      coalesce(substring(p_row ->> 'building' from '[0-9]{1,6}')::int, (p_row ->> 'row')::int),
      p_batch.id, p_batch.created_by);
    v_out := row('created', null, null, 'org_unit', v_id)::private.imported;
  end if;
  -- others moved along: that is said at the row
  if f.moved and exists (
    select from app.org_unit where parent_id = f.estate and id <> v_out.record_id) then
    v_out.code := 'estate_moved';
    v_out.field := 'grid';
  end if;
  return v_out;
end $$;

-- The estate of a row, in the grid that the row names. An estate lies in one grid: where it lies in another already,
-- the row is an error that names it, and nothing moves. `moved`: an estate that lay in no grid was put into this one.
create function private.estate_in_grid(p_batch app.import_batch, p_row jsonb,
  out estate uuid, out moved boolean, out problem private.imported) language plpgsql as $$
declare
  u app.org_unit := private.unit_named(p_batch.community_id, '{estate}', p_row ->> 'estate');
  g app.org_unit;
begin
  moved := false;
  if coalesce(p_row ->> 'grid', '') = '' then
    estate := private.estate_of(p_batch, 'estate', p_row ->> 'estate');
    return;
  end if;
  select * into g from app.org_unit where id = u.parent_id and level = 'grid';
  if g.id is not null and g.name <> p_row ->> 'grid' then
    problem := row('error', 'other_grid', 'grid', 'org_unit', g.id)::private.imported;
    return;
  end if;
  estate := private.estate_of(p_batch, 'estate', p_row ->> 'estate');
  if g.id is null then
    moved := private.change_record(p_batch.id, (p_row ->> 'row')::int, 'org_unit', estate,
      jsonb_build_object('parent_id', private.estate_of(p_batch, 'grid', p_row ->> 'grid'))) and u.id is not null;
  end if;
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

-- A post by its place and name. A post that was ended and is on the list again goes on.
create function private.import_post(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare
  f record;
  old app.post;
  v_id uuid := private.uuid_v7();
  v_says jsonb := private.row_says(p_row, '{task,kit,contact}', '{kind,setting,night_minimum}');
begin
  if coalesce(p_row ->> 'name', '') = '' then return private.row_error('missing', 'name'); end if;
  if length(p_row ->> 'name') > 40 then return private.row_error('too_long', 'name'); end if;
  if private.is_empty_cell(p_row, 'kind') then return private.row_error('missing', 'kind'); end if;
  if v_says ->> 'kind' <> all (enum_range(null::app.post_kind)::text[]) then
    return private.row_error('bad_kind', 'kind');
  end if;
  if v_says ->> 'setting' <> all (enum_range(null::app.post_setting)::text[]) then
    return private.row_error('bad_kind', 'setting');
  end if;
  if coalesce(p_row ->> 'estate', '') = '' then return private.row_error('missing', 'estate'); end if;
  if length(p_row ->> 'task') > 500 then return private.row_error('too_long', 'task'); end if;
  if length(p_row ->> 'kit') > 200 then return private.row_error('too_long', 'kit'); end if;
  select * into f from private.place_in_row(p_batch, p_row);
  if (f.problem).status is not null then return f.problem; end if;
  select * into old from app.post where org_unit_id = (f.unit).id and name = p_row ->> 'name';
  if found then
    return private.updated(p_batch, p_row, 'post', old.id, v_says || '{"ended_at":null}');
  end if;
  if not v_says ? 'kind' then return private.row_error('missing', 'kind'); end if;
  insert into app.post (id, org_unit_id, community_id, name, kind, batch_id, created_by)
  values (v_id, (f.unit).id, p_batch.community_id, p_row ->> 'name', (v_says ->> 'kind')::app.post_kind,
    p_batch.id, p_batch.created_by);
  perform private.change_record(null, null, 'post', v_id, v_says);
  return row('created', null, null, 'post', v_id)::private.imported;
end $$;

-- Where a row points: its building, else its estate; or the error that says which name is unknown. A building of a name
-- that several estates have is not guessed.
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
    if unit.id is null and 1 < (
      select count(*) from app.org_unit u
      where u.community_id = p_batch.community_id and u.level = 'building' and u.name = p_row ->> 'building') then
      problem := private.row_error('missing', 'estate');
      return;
    end if;
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
