-- One grid, estate, building or post of a community, added or mended without a sheet.

select private.learn_shape('save_unit.fields', '{"level":"one grid estate building","name":"text 500","parent_id":"id",
  "duty_line":"text 100"}');
select private.learn_shape('save_post.fields', '{"org_unit_id":"id","name":"text 500","kind":"text 40",
  "setting":"one indoor outdoor","task":"text 2000","kit":"text 2000","contact":"text 500",
  "night_minimum":"int 0 20","waitlist_choice":"one auto community","skill":"text 200"}');

-- Adds the unit p_id, or changes the fields that are named. An estate's name is unique in its community, the name of a
-- building in its estate, as lists find them.
create function private.save_unit(p_id uuid, p_community uuid, p_fields jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  old app.org_unit;
  u app.org_unit;
  p app.org_unit;
  v_typed text;
  v_twin uuid;
begin
  if not private.may_import(me, 'building', p_community) then return private.no('forbidden'); end if;
  if p_id is null or not private.fits_door(p_fields, 'save_unit.fields', 8192) then
    return private.no('invalid', '{"field":"fields"}');
  end if;
  select * into old from app.org_unit where id = p_id for no key update;
  if found and (old.community_id is distinct from p_community or not private.is_in_community(old.level)) then
    return private.no('gone');
  end if;
  u := jsonb_populate_record(old, private.row_as_kept(p_fields));
  u.level := coalesce(old.level, u.level);
  u.name := trim(u.name);
  v_typed := nullif(trim(u.duty_line), '');
  u.duty_line := private.plain_line(v_typed);
  if u.level is null then return private.no('invalid', '{"field":"level"}'); end if;
  if length(coalesce(u.name, '')) not between 1 and 80 then return private.no('invalid', '{"field":"name"}'); end if;
  if p_fields ? 'duty_line' and v_typed is not null and u.duty_line is null then
    return private.no('invalid', '{"field":"duty_line"}');
  end if;
  select * into p from app.org_unit where id = u.parent_id;
  if p.community_id is distinct from p_community
    or p.level <> all (case u.level
      when 'building' then '{estate}' when 'estate' then '{community,grid}'
      else '{community}' end::app.org_level[]) then
    return private.no('invalid', '{"field":"parent_id"}');
  end if;
  select x.id into v_twin from app.org_unit x
  where x.community_id = p_community and x.level = u.level and x.name = u.name and x.id <> p_id
    and (u.level <> 'building' or x.parent_id = u.parent_id)
  limit 1;
  if found then return private.no('taken', jsonb_build_object('id', v_twin)); end if;
  if old.id is null then
    insert into app.org_unit (id, level, name, parent_id, duty_line, sort, created_by)
    values (p_id, u.level, u.name, u.parent_id, u.duty_line,
      coalesce(substring(u.name from '[0-9]{1,6}')::int,
        (select count(*) from app.org_unit where parent_id = u.parent_id)), me);
  else
    perform private.change_record(null, null, 'org_unit', p_id,
      (select coalesce(jsonb_object_agg(f.key, f.value), '{}')
       from jsonb_each(jsonb_build_object('name', u.name, 'parent_id', u.parent_id, 'duty_line', u.duty_line)) f
       where p_fields ? f.key));
  end if;
  return private.ok(jsonb_build_object('id', p_id));
end $$;
create function api.save_unit(p_id uuid, p_community_id uuid, p_fields jsonb) returns jsonb
language sql volatile as $$
  select private.save_unit(p_id, p_community_id, p_fields)
$$;

-- Removes a unit that nothing lies in; else answers what does (in_use).
create function private.remove_unit(p_id uuid, p_community uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_in jsonb;
begin
  if not private.may_import(me, 'building', p_community) then return private.no('forbidden'); end if;
  perform from app.org_unit
  where id = p_id and community_id = p_community and private.is_in_community(level) for no key update;
  if not found then return private.no('gone'); end if;
  v_in := jsonb_build_object(
    'units', (select count(*) from app.org_unit where parent_id = p_id),
    'posts', (select count(*) from app.post where org_unit_id = p_id),
    'people', (select count(*) from app.responder where home_building_id = p_id and state <> 'closed'),
    'roles', (select count(*) from app.role_grant where org_unit_id = p_id));
  if v_in <> '{"units":0,"posts":0,"people":0,"roles":0}' then return private.no('in_use', v_in); end if;
  begin
    delete from app.org_unit where id = p_id;
  exception when foreign_key_violation then return private.no('in_use', v_in);
  end;
  return private.ok();
end $$;
create function api.remove_unit(p_id uuid, p_community_id uuid) returns jsonb language sql volatile as $$
  select private.remove_unit(p_id, p_community_id)
$$;

-- Adds the post p_id, or changes the fields that are named. A post that was ended there under the same name goes on:
-- the answer says its id.
create function private.save_post(p_id uuid, p_community uuid, p_fields jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  old app.post;
  x app.post;
  twin app.post;
  v_row jsonb;
begin
  if not private.may_import(me, 'post', p_community) then return private.no('forbidden'); end if;
  if p_id is null or not private.fits_door(p_fields, 'save_post.fields', 16384) then
    return private.no('invalid', '{"field":"fields"}');
  end if;
  select * into old from app.post where id = p_id for no key update;
  if found and old.community_id <> p_community then return private.no('gone'); end if;
  v_row := private.row_as_kept(p_fields);
  if coalesce(v_row ->> 'kind', old.kind::text, '') <> all (enum_range(null::app.post_kind)::text[]) then
    return private.no('invalid', '{"field":"kind"}');
  end if;
  v_row := private.row_says(v_row, '{task,kit,contact,skill}',
    '{org_unit_id,name,kind,setting,night_minimum,waitlist_choice}');
  x := jsonb_populate_record(old, v_row);
  if length(coalesce(trim(x.name), '')) not between 1 and 40 then
    return private.no('invalid', '{"field":"name"}');
  end if;
  if length(x.task) > 500 then return private.no('invalid', '{"field":"task"}'); end if;
  if length(x.kit) > 200 then return private.no('invalid', '{"field":"kit"}'); end if;
  if length(x.contact) > 60 then return private.no('invalid', '{"field":"contact"}'); end if;
  if length(x.skill) > 100 then return private.no('invalid', '{"field":"skill"}'); end if;
  if not exists (
    select from app.org_unit u where u.id = x.org_unit_id and u.community_id = p_community) then
    return private.no('invalid', '{"field":"org_unit_id"}');
  end if;
  select * into twin from app.post where org_unit_id = x.org_unit_id and name = x.name and id <> p_id for no key update;
  if twin.id is not null and (twin.ended_at is null or old.id is not null) then
    return private.no('taken', jsonb_build_object('id', twin.id));
  end if;
  if old.id is null and twin.id is null then
    insert into app.post (id, org_unit_id, community_id, name, kind, created_by)
    values (p_id, x.org_unit_id, p_community, x.name, x.kind, me);
  end if;
  perform private.change_record(null, null, 'post', coalesce(twin.id, p_id), v_row || '{"ended_at":null}');
  return private.ok(jsonb_build_object('id', coalesce(twin.id, p_id)));
end $$;
create function api.save_post(p_id uuid, p_community_id uuid, p_fields jsonb) returns jsonb
language sql volatile as $$
  select private.save_post(p_id, p_community_id, p_fields)
$$;
