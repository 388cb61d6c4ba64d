-- A party organisation by its name and the one above it, with who leads it. One that lies under none yet is put under
-- the one that the row names.
create function private.import_party_org(p_batch app.import_batch, p_row jsonb) returns private.imported
language plpgsql as $$
declare
  f record;
  listed record;
  old app.party_org;
  x app.party_org;
  v_says jsonb := private.row_says(p_row, '{}', '{kind,formed_on}');
  v_problem private.imported := private.problem_of_party_org(p_row);
  v_field text;
  v_changed boolean;
begin
  if v_problem.status is not null then return v_problem; end if;
  perform from app.org_unit where id = p_batch.community_id for no key update;
  select * into f from private.place_of_party_org(p_batch, p_row);
  if (f.problem).status is not null then return f.problem; end if;
  select * into listed from private.listed_party_org(p_batch.community_id, p_row ->> 'name', f.parent);
  if listed.several then return private.row_error('missing', 'parent'); end if;
  old := listed.org;
  x := private.party_org_as_said(p_batch, p_row, old, f.parent, f.place, f.unit);
  v_field := private.fault_of_party_org(x);
  if v_field is not null then
    return private.row_error('conflict', case v_field when 'parent_id' then 'parent' when 'org_unit_id' then 'place'
      when 'partner_unit_id' then 'unit' when 'callout_id' then 'kind' else v_field end);
  end if;
  if private.party_org_twin(x) is not null then return private.row_error('conflict', 'name'); end if;
  if f.parent is not null then v_says := v_says || jsonb_build_object('parent_id', f.parent); end if;
  if num_nonnulls(f.place, f.unit, f.new_unit) > 0 then
    v_says := v_says || jsonb_build_object('hangs_on', jsonb_build_object('org_unit_id', f.place, 'partner_unit_id',
      coalesce(f.unit, private.partner_named(p_batch, f.new_unit))));
  end if;
  if old.id is not null then
    v_changed := private.change_record(p_batch.id, (p_row ->> 'row')::int, 'party_org', old.id, v_says);
    v_changed := private.list_leader(p_batch, p_row, x) or v_changed;
    return row(case when v_changed then 'updated' else 'unchanged' end,
      null, null, 'party_org', old.id)::private.imported;
  end if;
  if (select count(*) from app.party_org where keeper_id = x.keeper_id and private.is_live(state)) >= 500 then
    return private.row_error('too_many', null);
  end if;
  insert into app.party_org (id, name, kind, keeper_id, org_unit_id, batch_id, created_by)
  values (x.id, x.name, x.kind, x.keeper_id, x.keeper_id, p_batch.id, p_batch.created_by);
  perform private.change_record(null, null, 'party_org', x.id, v_says);
  perform private.list_leader(p_batch, p_row, x);
  return row('created', null, null, 'party_org', x.id)::private.imported;
end $$;

-- What is wrong with the row of a party organisation, before anything is looked up; null when nothing is. A 临时党组织 is
-- formed for a call-out, and by no list.
create function private.problem_of_party_org(p_row jsonb) returns private.imported language plpgsql stable as $$
begin
  if coalesce(p_row ->> 'name', '') = '' then return private.row_error('missing', 'name'); end if;
  if length(p_row ->> 'name') > 80 then return private.row_error('too_long', 'name'); end if;
  if length(p_row ->> 'unit') > 80 then return private.row_error('too_long', 'unit'); end if;
  if length(p_row ->> 'secretary') > 40 then return private.row_error('too_long', 'secretary'); end if;
  if nullif(p_row ->> 'kind', '') <> all (enum_range(null::app.party_org_kind)::text[])
    or p_row ->> 'kind' = 'temporary' then
    return private.row_error('bad_kind', 'kind');
  end if;
  if nullif(p_row ->> 'formed_on', '') is not null and private.try_day(p_row ->> 'formed_on', now()) is null then
    return private.row_error('bad_day', 'formed_on');
  end if;
  if coalesce(p_row ->> 'unit', '') <> '' and coalesce(p_row ->> 'place', '') <> '' then
    return private.row_error('not_both', 'place');
  end if;
  return null;
end $$;

-- What the row of a party organisation points to: the one above it, and its place, or its unit. `new_unit`: the name of
-- a unit that is not there yet.
create function private.place_of_party_org(p_batch app.import_batch, p_row jsonb, out parent uuid, out place uuid,
  out unit uuid, out new_unit text, out problem private.imported) language plpgsql as $$
begin
  if coalesce(p_row ->> 'parent', '') <> '' then
    parent := private.party_org_by_way(p_batch.community_id, p_row ->> 'parent');
    if parent is null then problem := private.row_error('unknown_parent', 'parent'); end if;
  end if;
  if coalesce(p_row ->> 'place', '') <> '' then
    place := private.place_named(p_batch.community_id, p_row ->> 'place');
    if place is null then problem := private.row_error('unknown_place', 'place'); end if;
  elsif coalesce(p_row ->> 'unit', '') <> '' then
    unit := private.own_unit_named(p_batch.community_id, p_row ->> 'unit');
    if unit is null then new_unit := p_row ->> 'unit'; end if;
  end if;
end $$;

-- Does the organisation have the last of these names, the one above it the last but one, …?
create function private.goes_by(p_org app.party_org, p_names text[]) returns boolean language plpgsql stable as $$
declare p app.party_org;
begin
  if p_org.name is distinct from p_names[cardinality(p_names)] then return false; end if;
  if cardinality(p_names) = 1 then return true; end if;
  select * into p from app.party_org where id = p_org.parent_id;
  return private.goes_by(p, p_names[:cardinality(p_names) - 1]);
end $$;

-- The living organisation that a way down the tree names, with / between the names (社区党委/东区党总支); its beginning may
-- be left out. The node's own come first, then those of the nodes above it. Null where none has the name, or several.
create function private.party_org_by_way(p_keeper uuid, p_way text) returns uuid language sql stable as $$
  with way as (
    select array(
      select trim(w) from unnest(regexp_split_to_array(p_way, '[/／＞>]')) with ordinality s(w, i)
      where trim(w) <> '' order by i) as names),
  found as (
    select o.id, k.level from way, app.org_unit n
    join app.org_unit k on n.path operator(extensions.<@) k.path
    join app.party_org o on o.keeper_id = k.id and private.is_live(o.state)
    where n.id = p_keeper and private.goes_by(o, names))
  select (array_agg(f.id))[1] from found f where f.level = (select max(level) from found) having count(*) = 1
$$;

-- The living organisation of a node that a row is about: of that name under p_parent, else under none; without a parent
-- the only one of that name. `several`: more than one has it.
create function private.listed_party_org(p_keeper uuid, p_name text, p_parent uuid,
  out org app.party_org, out several boolean) language plpgsql as $$
declare v_ids uuid[];
begin
  select array_agg(o.id order by o.parent_id nulls last) into v_ids from app.party_org o
  where o.keeper_id = p_keeper and o.name = p_name and private.is_live(o.state)
    and (p_parent is null or o.parent_id is null or o.parent_id = p_parent);
  several := p_parent is null and cardinality(v_ids) > 1;
  if not coalesce(several, false) then
    select * into org from app.party_org where id = v_ids[1] for no key update;
  end if;
end $$;

-- An organisation as it will be with what a row says.
create function private.party_org_as_said(p_batch app.import_batch, p_row jsonb, p_old app.party_org, p_parent uuid,
  p_place uuid, p_unit uuid) returns app.party_org language plpgsql as $$
declare x app.party_org := p_old;
begin
  if x.id is null then
    x.id := private.uuid_v7();
    x.keeper_id := p_batch.community_id;
    x.name := p_row ->> 'name';
    x.kind := private.kind_in_name(x.name);
    x.state := 'formed';
    x.org_unit_id := p_batch.community_id;
  end if;
  x.kind := coalesce(nullif(p_row ->> 'kind', '')::app.party_org_kind, x.kind);
  x.parent_id := coalesce(p_parent, x.parent_id);
  if num_nonnulls(p_place, p_unit) > 0 then
    x.org_unit_id := p_place;
    x.partner_unit_id := p_unit;
  end if;
  return x;
end $$;

-- Who leads an organisation, by a list: somebody on the list of people where one person has the name, else the name.
-- Another leader steps down the same day; an empty cell changes nothing. Answers whether the leader changed.
create function private.list_leader(p_batch app.import_batch, p_row jsonb, p_org app.party_org) returns boolean
language plpgsql as $$
declare
  t app.party_post;
  v_id uuid := private.uuid_v7();
  v_name text := p_row ->> 'secretary';
  v_post app.party_post_kind := private.leading_post(p_org.kind);
  v_person uuid := private.person_named(p_org.keeper_id, v_name);
  v_day date := private.day_of(now());
begin
  if coalesce(v_name, '') = '' then return false; end if;
  select * into t from app.party_post where party_org_id = p_org.id and post = v_post and ends_on is null;
  if v_name = coalesce((select r.name from app.responder r where r.id = t.responder_id), t.holder) then
    return false;
  end if;
  if t.id is not null then
    perform private.change_record(p_batch.id, (p_row ->> 'row')::int, 'party_post', t.id,
      jsonb_build_object('ends_on', greatest(t.starts_on, v_day)));
  end if;
  insert into app.party_post (id, party_org_id, post, responder_id, holder, starts_on, batch_id, created_by)
  values (v_id, p_org.id, v_post, v_person, case when v_person is null then v_name end, v_day, p_batch.id,
    p_batch.created_by);
  -- that the post is new; the name stands on the post itself
  insert into app.import_change (batch_id, row_no, record_table, record_id, field, before, after)
  values (p_batch.id, (p_row ->> 'row')::int, 'party_post', v_id, 'holder', 'null', 'true');
  return true;
end $$;
