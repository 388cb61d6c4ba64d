-- One person of a community's list, added or mended without a sheet. A community changes only its own record (R46).

select private.learn_shape('save_responder.fields', '{"name":"text 500","phone":"text 100","kind":"text 40",
  "building_id":"id","display_name":"text 500","skills":["text 100",50],"partner_unit":"text 500",
  "party_org":"text 500","night":"one yes no","pinyin":"text 500","initials":"text 100"}');

-- Adds the person p_id, or changes the fields that are named (private.row_says). Whether another community lists the
-- number, nothing in the answer tells.
create function private.save_responder(p_id uuid, p_community uuid, p_fields jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  r app.responder;
  v_row jsonb;
  v_field text;
begin
  if not private.may_import(me, 'responder', p_community) then return private.no('forbidden'); end if;
  if p_id is null or not private.fits_door(p_fields, 'save_responder.fields', 16384) then
    return private.no('invalid', '{"field":"fields"}');
  end if;
  select * into r from app.responder where id = p_id for no key update;
  -- the record of another community is answered like none
  if found and not private.is_listed(p_id, p_community) then return private.no('gone'); end if;
  if r.id is not null and private.is_anothers(r, p_community) then return private.no('forbidden'); end if;
  v_row := private.row_as_kept(p_fields);
  v_field := private.fault_of_person(v_row, p_community, r.id is null);
  if v_field is not null then return private.no('invalid', jsonb_build_object('field', v_field)); end if;
  if exists (
    select from private.own_record(p_community, v_row ->> 'phone') o where o.id <> p_id) then
    return private.no('taken', jsonb_build_object(
      'id', (private.own_record(p_community, v_row ->> 'phone')).id));
  end if;
  perform private.write_responder(p_id, p_community, v_row, me, r);
  return private.ok(jsonb_build_object('id', p_id));
end $$;
create function api.save_responder(p_id uuid, p_community_id uuid, p_fields jsonb) returns jsonb
language sql volatile as $$
  select private.save_responder(p_id, p_community_id, p_fields)
$$;

-- Does the person stand on the community's list?
create function private.is_listed(p_responder uuid, p_community uuid) returns boolean language sql stable as $$
  select exists (
    select from app.report_in
    where responder_id = p_responder and community_id = p_community and state <> 'ended')
$$;

-- The first field of a person that cannot be taken; null when all can. A new person needs name, number and kind.
create function private.fault_of_person(p_row jsonb, p_community uuid, p_new boolean) returns text
language sql stable as $$
  select case
    when (p_new or p_row ? 'name') and length(coalesce(trim(p_row ->> 'name'), '')) not between 1 and 40 then 'name'
    when (p_new or p_row ? 'phone') and coalesce(p_row ->> 'phone', '') !~ '^1[0-9]{10}$' then 'phone'
    when (p_new or p_row ? 'kind')
      and coalesce(p_row ->> 'kind', '') <> all (enum_range(null::app.responder_kind)::text[]) then 'kind'
    when length(p_row ->> 'display_name') > 20 then 'display_name'
    when length(p_row ->> 'partner_unit') > 80 then 'partner_unit'
    when length(p_row ->> 'party_org') > 80 then 'party_org'
    when p_row ->> 'building_id' is not null and not exists (
      select from app.org_unit u
      where u.id = (p_row ->> 'building_id')::uuid and u.level = 'building' and u.community_id = p_community)
      then 'building_id' end
$$;

-- Writes the record, its number and its report-in. A new number changes no sign-in name: that stays with the login.
create function private.write_responder(p_id uuid, p_community uuid, p_row jsonb, p_by uuid, p_old app.responder)
returns void language plpgsql as $$
declare
  v_batch app.import_batch;
  v_place app.org_unit;
  v_says jsonb := private.row_says(p_row, '{}', '{name,pinyin,initials}');
begin
  v_batch.community_id := p_community;
  v_batch.created_by := p_by;
  select * into v_place from app.org_unit where id = (p_row ->> 'building_id')::uuid;
  if p_old.id is null then
    insert into app.responder (id, kind, name, created_by)
    values (p_id, (p_row ->> 'kind')::app.responder_kind, trim(p_row ->> 'name'), p_by);
    insert into app.responder_contact (responder_id, phone, community_id, created_by)
    values (p_id, p_row ->> 'phone', p_community, p_by);
    insert into app.report_in (id, responder_id, community_id, state, created_by)
    values (private.uuid_v7(), p_id, p_community, 'confirmed', p_by);
  elsif p_row ? 'phone' then
    insert into app.responder_contact as c (responder_id, phone, community_id, created_by)
    values (p_id, p_row ->> 'phone', p_community, p_by)
    on conflict (responder_id) do update set phone = excluded.phone where c.phone <> excluded.phone;
  end if;
  if p_row ? 'building_id' then p_row := p_row || '{"building":"by id"}'; end if;
  perform private.change_record(null, null, 'responder', p_id,
    v_says || private.person_says(v_batch, p_row, v_place));
  if p_old.name <> p_row ->> 'name' then
    update app.login set name = p_row ->> 'name' where id = p_old.login_id and name = p_old.name;
  end if;
end $$;
