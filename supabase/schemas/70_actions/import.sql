-- Importing real lists (R28, R44). The phone sends normalised rows in chunks of at most 500; a row sent twice gets the
-- same answer (batch, row number). Each row stands alone: a bad one is reported, the others go in.

-- What became of one row: status created, updated, unchanged or error; for an error its code and field.
create type private.imported as (status text, code text, field text, record_table text, record_id uuid);

select private.learn_shape('import_rows.meta', '{"community_id":"id","file_name":"text 500","demo":"bool","check":"bool"}');

-- These lengths only keep the door; what a field may really hold is checked by the import, which reports it row by row.
select private.learn_shape('import_rows.division', '[{"row":"int 0 2000000000","code":"text 40","name":"text 500",
  "level":"text 40","parent_code":"text 40"},500]');
select private.learn_shape('import_rows.building', '[{"row":"int 0 2000000000","estate":"text 500",
  "building":"text 500","grid":"text 500","duty_line":"text 100"},500]');
select private.learn_shape('import_rows.post', '[{"row":"int 0 2000000000","estate":"text 500","building":"text 500",
  "name":"text 500","kind":"text 40","setting":"text 40","task":"text 2000","kit":"text 2000",
  "contact":"text 500","night_minimum":"int 0 1000"},500]');
select private.learn_shape('import_rows.responder', '[{"row":"int 0 2000000000","name":"text 500","phone":"text 100",
  "kind":"text 40","estate":"text 500","building":"text 500","display_name":"text 500","public_display":"text 10",
  "skills":["text 100",50],"partner_unit":"text 500","party_org":"text 500","night":"text 10",
  "pinyin":"text 500","initials":"text 100"},500]');
select private.learn_shape('import_rows.partner_unit', '[{"row":"int 0 2000000000","name":"text 500","kind":"text 40",
  "grid":"text 500","address":"text 500","line":"text 100","contact":"text 500"},500]');
select private.learn_shape('import_rows.party_org', '[{"row":"int 0 2000000000","name":"text 500","kind":"text 40",
  "parent":"text 2000","place":"text 500","unit":"text 500","secretary":"text 500","formed_on":"text 40"},500]');
select private.learn_shape('import_rows.seat', '[{"row":"int 0 2000000000","name":"text 500","unit":"text 500",
  "kind":"text 40","title":"text 500","substitute":"text 500","until_on":"text 40"},500]');

-- Imports a chunk of rows into a batch; or, where meta says `check`, answers what would become of each row and leaves
-- everything as it was. A preview asks this, so that it promises nothing the import refuses.
create function private.import_rows(p_batch uuid, p_kind text, p_rows jsonb, p_meta jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare v_answer jsonb;
begin
  if p_meta -> 'check' is distinct from 'true' then
    return private.import_chunk(p_batch, p_kind, p_rows, p_meta);
  end if;
  begin
    v_answer := private.import_chunk(p_batch, p_kind, p_rows, p_meta);
    -- what a block did is undone by its exception
    raise exception using errcode = 'UNDO1';
  exception when sqlstate 'UNDO1' then return v_answer;
  end;
end $$;

-- Imports a chunk of rows into a batch; the first chunk makes the batch. Answers what became of each row.
create function private.import_chunk(p_batch uuid, p_kind text, p_rows jsonb, p_meta jsonb) returns jsonb
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
  if not private.takes_rows(v_community, p_kind::app.import_kind) then
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
    insert into app.import_row (batch_id, row_no, status, code, field, record_table, record_id, fingerprint)
    values (b.id, (m ->> 'row')::int, r.status, r.code, r.field, r.record_table, r.record_id,
      private.fingerprint(r.record_table, r.record_id));
  end loop;
  return private.ok(jsonb_build_object('results', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'row', i.row_no, 'status', i.status, 'code', i.code, 'field', i.field, 'id', i.record_id,
      'unit', case i.code
        when 'other_grid' then (select u.name from app.org_unit u where u.id = i.record_id)
        when 'estate_moved' then (
          select g.name from app.org_unit u
          join app.org_unit e on e.id = u.parent_id
          join app.org_unit g on g.id = e.parent_id
          where u.id = i.record_id) end)
      order by i.row_no), '[]')
    from app.import_row i
    where i.batch_id = b.id and i.row_no in (select (x ->> 'row')::int from jsonb_array_elements(p_rows) x))));
end $$;
create function api.import_rows(p_batch uuid, p_kind text, p_rows jsonb, p_meta jsonb) returns jsonb
language sql volatile as $$
  select private.import_rows(p_batch, p_kind, p_rows, p_meta)
$$;

-- Can rows of this kind go to this node? Divisions go nowhere, organisations also to nodes above the communities.
create function private.takes_rows(p_node uuid, p_kind app.import_kind) returns boolean language sql stable as $$
  select p_kind = 'division' or exists (
    select from app.org_unit u
    where u.id = p_node and (u.level = 'community'
      or p_kind in ('partner_unit', 'party_org', 'seat') and not private.is_in_community(u.level)))
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
    when 'responder' then private.import_responder(p_batch, v_row)
    when 'partner_unit' then private.import_partner_unit(p_batch, v_row)
    when 'party_org' then private.import_party_org(p_batch, v_row)
    when 'seat' then private.import_seat(p_batch, v_row) end;
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
    'skills', 'pinyin', 'initials', 'address', 'parent', 'place', 'unit', 'secretary', 'title', 'substitute')
$$;

create function private.row_error(p_code text, p_field text) returns private.imported language sql immutable as $$
  select row('error', p_code, p_field, null, null)::private.imported
$$;
