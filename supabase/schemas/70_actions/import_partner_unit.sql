-- Rows of an import that are partner units. These, party organisations and seats are kept by the node of the batch: a
-- community, or the street or district of an officer. What all three look up by name is here.

-- A partner unit by its name. One that ended and is on the list again goes on. A 党群服务中心 stays one, because its code
-- hangs on the wall.
create function private.import_partner_unit(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare
  old app.partner_unit;
  v_id uuid := private.uuid_v7();
  v_says jsonb := private.row_says(p_row, '{address,line}', '{kind}');
  v_found uuid;
begin
  if coalesce(p_row ->> 'name', '') = '' then return private.row_error('missing', 'name'); end if;
  if length(p_row ->> 'name') > 80 then return private.row_error('too_long', 'name'); end if;
  if length(p_row ->> 'address') > 100 then return private.row_error('too_long', 'address'); end if;
  if v_says ->> 'kind' <> all (enum_range(null::app.partner_unit_kind)::text[]) then
    return private.row_error('bad_kind', 'kind');
  end if;
  if v_says ->> 'line' is not null then
    v_says := v_says || jsonb_build_object('line', private.plain_line(v_says ->> 'line'));
    if v_says ->> 'line' is null then return private.row_error('bad_phone', 'line'); end if;
  end if;
  if coalesce(p_row ->> 'grid', '') <> '' then
    v_found := private.place_named(p_batch.community_id, p_row ->> 'grid');
    if v_found is null then return private.row_error('unknown_place', 'grid'); end if;
    v_says := v_says || jsonb_build_object('place_id', v_found);
  end if;
  if p_row ? 'contact' then
    v_found := private.person_named(p_batch.community_id, p_row ->> 'contact');
    if v_found is null and coalesce(p_row ->> 'contact', '') <> '' then
      return private.row_error('unknown_person', 'contact');
    end if;
    v_says := v_says || jsonb_build_object('contact_id', v_found);
  end if;
  perform from app.org_unit where id = p_batch.community_id for no key update;
  select * into old from app.partner_unit
  where id = private.own_unit_named(p_batch.community_id, p_row ->> 'name') for no key update;
  if old.id is not null then
    if old.kind = 'service_centre' and v_says ->> 'kind' <> 'service_centre' then
      return private.row_error('conflict', 'kind');
    end if;
    return private.updated(p_batch, p_row, 'partner_unit', old.id, v_says || '{"ended_on":null}');
  end if;
  if (select count(*) from app.partner_unit where org_unit_id = p_batch.community_id) >= 1000 then
    return private.row_error('too_many', null);
  end if;
  insert into app.partner_unit (id, name, org_unit_id, batch_id, created_by)
  values (v_id, p_row ->> 'name', p_batch.community_id, p_batch.id, p_batch.created_by);
  perform private.change_record(null, null, 'partner_unit', v_id, v_says);
  return row('created', null, null, 'partner_unit', v_id)::private.imported;
end $$;

-- The unit of that name which a node keeps; a name that was joined to another unit's means that one.
create function private.own_unit_named(p_keeper uuid, p_name text) returns uuid language sql stable as $$
  select private.living_unit(u.id) from app.partner_unit u where u.org_unit_id = p_keeper and u.name = p_name
$$;

-- The grid, estate or building of a name in what a node keeps, or the node itself: 第一网格, 梧桐苑, 梧桐苑 6栋. A name of
-- several buildings is not guessed; null for these and for what is not there.
create function private.place_named(p_keeper uuid, p_name text) returns uuid language sql stable as $$
  with found as (
    select u.id, u.level from app.org_unit u
    join private.place p on p.id = u.id
    where (u.id = p_keeper or u.community_id = p_keeper)
      and replace(p_name, ' ', '') in (replace(u.name, ' ', ''), replace(p.name, ' ', '')))
  select (array_agg(f.id))[1] from found f where f.level = (select min(level) from found) having count(*) = 1
$$;

-- The one person of this name on the lists of a node and of what lies below it; null where nobody has it, or several.
create function private.person_named(p_node uuid, p_name text) returns uuid language sql stable as $$
  select (array_agg(r.id))[1] from app.responder r
  where r.name = p_name and private.is_listed_under(r.id, p_node)
  having count(*) = 1
$$;
