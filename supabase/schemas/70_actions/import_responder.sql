-- Rows of an import that are people: each community has a record of its own of a person (docs/adr/0016).

-- A person by phone number in this community's own list: made, or brought up to date, and reported in here either way.
-- A list shows a person to residents only when it makes their record: later that is the person's own word.
create function private.import_responder(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare
  f record;
  old app.responder := private.own_record(p_batch.community_id, p_row ->> 'phone');
  v_id uuid := private.uuid_v7();
  v_problem private.imported;
  v_says jsonb;
  v_changed boolean;
begin
  v_problem := private.problem_of_person(p_row);
  if v_problem.status is not null then return v_problem; end if;
  select * into f from private.place_in_row(p_batch, p_row);
  if (f.problem).status is not null then return f.problem; end if;
  if old.id is not null and old.name <> p_row ->> 'name' then return private.row_error('conflict', 'phone'); end if;
  if old.id is not null and private.is_anothers(old, p_batch.community_id) then
    return row('unchanged', 'shared', 'phone', 'responder', old.id)::private.imported;
  end if;
  if old.id is null and not p_row ? 'kind' then return private.row_error('missing', 'kind'); end if;
  v_says := private.person_says(p_batch, p_row, f.unit);
  if old.id is null then
    insert into app.responder (id, kind, name, pinyin, initials, batch_id, created_by)
    values (v_id, (p_row ->> 'kind')::app.responder_kind, p_row ->> 'name', coalesce(p_row ->> 'pinyin', ''),
      coalesce(p_row ->> 'initials', ''), p_batch.id, p_batch.created_by);
    perform private.change_record(null, null, 'responder', v_id, v_says);
    insert into app.responder_contact (responder_id, phone, community_id, created_by)
    values (v_id, p_row ->> 'phone', p_batch.community_id, p_batch.created_by);
    insert into app.report_in (id, responder_id, community_id, state, batch_id, created_by)
    values (private.uuid_v7(), v_id, p_batch.community_id, 'confirmed', p_batch.id, p_batch.created_by);
    if p_row ->> 'public_display' = 'yes' then
      insert into app.consent (responder_id, purpose, created_by)
      values (v_id, 'public_display', p_batch.created_by);
    end if;
    return row('created', null, null, 'responder', v_id)::private.imported;
  end if;
  v_changed := private.change_record(p_batch.id, (p_row ->> 'row')::int, 'responder', old.id, v_says);
  v_changed := private.change_record(p_batch.id, (p_row ->> 'row')::int, 'report_in', (
    select i.id from app.report_in i where i.responder_id = old.id and i.community_id = p_batch.community_id),
    '{"state":"confirmed"}') or v_changed;
  return row(case when v_changed then 'updated' else 'unchanged' end,
    null, null, 'responder', old.id)::private.imported;
end $$;

-- What a row says of a person's fields (private.row_says). The list of skills is a text; the home is a building, and a
-- list with a column of estates alone says nothing of it.
create function private.person_says(p_batch app.import_batch, p_row jsonb, p_place app.org_unit) returns jsonb
language plpgsql as $$
declare v_says jsonb := private.row_says(p_row, '{}', '{kind,night}');
begin
  if p_row ? 'display_name' then
    v_says := v_says || jsonb_build_object('display_name', nullif(left(p_row ->> 'display_name', 20), ''));
  end if;
  if p_row ? 'skills' then
    v_says := v_says || jsonb_build_object('skills',
      case when jsonb_typeof(p_row -> 'skills') = 'array' then p_row -> 'skills' else '[]' end);
  end if;
  if p_row ? 'building' then
    v_says := v_says
      || jsonb_build_object('home_building_id', case when p_place.level = 'building' then p_place.id end);
  end if;
  if p_row ? 'partner_unit' then
    v_says := v_says || jsonb_build_object('partner_unit_id',
      private.partner_named(p_batch, p_row ->> 'partner_unit'));
  end if;
  if p_row ? 'party_org' then
    v_says := v_says || jsonb_build_object('party_org_id', private.party_org_named(p_batch, p_row ->> 'party_org'));
  end if;
  return v_says;
end $$;

-- What is wrong with the row of a person, before anything is looked up; null when nothing is.
create function private.problem_of_person(p_row jsonb) returns private.imported language plpgsql immutable as $$
begin
  if coalesce(p_row ->> 'name', '') = '' then return private.row_error('missing', 'name'); end if;
  if length(p_row ->> 'name') > 40 then return private.row_error('too_long', 'name'); end if;
  if coalesce(p_row ->> 'phone', '') = '' then return private.row_error('missing', 'phone'); end if;
  if p_row ->> 'phone' !~ '^1[0-9]{10}$' then return private.row_error('bad_phone', 'phone'); end if;
  if private.is_empty_cell(p_row, 'kind') then return private.row_error('missing', 'kind'); end if;
  if p_row ->> 'kind' <> all (enum_range(null::app.responder_kind)::text[]) then
    return private.row_error('bad_kind', 'kind');
  end if;
  if nullif(p_row ->> 'night', '') <> all (enum_range(null::app.yes_no)::text[]) then
    return private.row_error('bad_kind', 'night');
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

-- The partner unit of that name in the batch's community; made if it is not there yet; null without a name. A name that
-- was joined to another unit's means that one.
create function private.partner_named(p_batch app.import_batch, p_name text) returns uuid language plpgsql as $$
declare v_id uuid;
begin
  if coalesce(p_name, '') = '' then return null; end if;
  insert into app.partner_unit (id, name, org_unit_id, batch_id, created_by)
  values (private.uuid_v7(), p_name, p_batch.community_id, p_batch.id, p_batch.created_by)
  on conflict (org_unit_id, name) do nothing;
  select private.living_unit(u.id) into v_id from app.partner_unit u
  where u.org_unit_id = p_batch.community_id and u.name = p_name;
  return v_id;
end $$;

-- The party organisation that a list names for a person: one name, or the way down the tree with / between the names
-- (社区党委/东区党总支/第二支部). What is not there yet is made. A single name finds the oldest one that has it.
create function private.party_org_named(p_batch app.import_batch, p_way text) returns uuid language plpgsql as $$
declare
  v_name text;
  v_id uuid;
  v_above uuid;
  v_names text[] := array(
    select trim(w) from unnest(regexp_split_to_array(coalesce(p_way, ''), '[/／＞>]')) with ordinality s(w, i)
    where trim(w) <> '' order by i limit 6);
begin
  foreach v_name in array v_names loop
    perform from app.org_unit where id = p_batch.community_id for no key update;
    select o.id into v_id from app.party_org o
    where o.keeper_id = p_batch.community_id and o.name = left(v_name, 80) and private.is_live(o.state)
      and (cardinality(v_names) = 1 or o.parent_id is not distinct from v_above)
    order by o.created_at, o.id limit 1;
    if v_id is null then
      v_id := private.uuid_v7();
      insert into app.party_org (id, name, kind, keeper_id, org_unit_id, parent_id, batch_id, created_by)
      values (v_id, left(v_name, 80), private.kind_in_name(v_name), p_batch.community_id, p_batch.community_id, v_above,
        p_batch.id, p_batch.created_by);
    end if;
    v_above := v_id;
  end loop;
  return v_id;
end $$;

-- The kind that the name of a party organisation says; a branch where it says none.
create function private.kind_in_name(p_name text) returns app.party_org_kind language sql immutable as $$
  select case
    when p_name ~ '党?小组$' then 'group'
    when p_name ~ '工委' then 'work_committee'
    when p_name ~ '总支' then 'general_branch'
    when p_name ~ '联合.*支部' then 'joint_branch'
    when p_name ~ '支部' then 'branch'
    when p_name ~ '党委' then 'committee'
    else 'branch' end::app.party_org_kind
$$;
