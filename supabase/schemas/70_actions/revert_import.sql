-- Taking an import back, and the list of imports.

-- The imports of a community, the newest first, with how many rows each made, changed and refused.
create function private.import_batches(p_community uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  if not (private.is_admin(me) or private.coordinates(me, p_community)) then return private.no('forbidden'); end if;
  return private.ok(jsonb_build_object('batches', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', b.id, 'kind', b.kind, 'file_name', b.file_name, 'state', b.state, 'at', b.created_at, 'by_name', l.name,
      'created', n.created, 'updated', n.updated, 'failed', n.failed) order by b.created_at desc), '[]')
    from app.import_batch b
    join app.login l on l.id = b.created_by
    cross join lateral (
      select count(*) filter (where status = 'created') as created,
        count(*) filter (where status = 'updated') as updated,
        count(*) filter (where status = 'error') as failed
      from app.import_row i where i.batch_id = b.id) n
    where b.community_id is not distinct from p_community)));
end $$;
create function api.import_batches(p_community_id uuid) returns jsonb language sql stable as $$
  select private.import_batches(p_community_id)
$$;

-- Removes what a batch made and nobody has touched since; answers how many, and the rest with the reasons.
create function private.revert_import(p_batch uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  b app.import_batch;
  i app.import_row;
  v_why text;
  made record;
  removed int := 0;
  kept jsonb := '[]';
begin
  select * into b from app.import_batch where id = p_batch for no key update;
  if not found then return private.no('gone'); end if;
  if not private.may_import(me, b.kind, b.community_id) then return private.no('forbidden'); end if;
  if b.state <> 'open' then return private.no('batch_closed'); end if;
  for i in
    select * from app.import_row where batch_id = b.id and status in ('created', 'updated') order by row_no desc
  loop
    v_why := case
      when i.status = 'updated' then 'updated_older_record'
      else private.in_use(b.id, i.record_table, i.record_id, i.stamp) end;
    if v_why is null then
      begin
        perform private.remove_record(i.record_table, i.record_id);
        removed := removed + 1;
      exception when foreign_key_violation then v_why := 'in_use';
      end;
    end if;
    if v_why is not null then
      kept := kept || jsonb_build_object('row', i.row_no, 'table', i.record_table, 'reason', v_why);
    end if;
  end loop;
  -- what the batch made besides its rows; estates before the grids they lie in
  for made in
    select 'app.party_org'::regclass as tbl, id, 1 as turn from app.party_org where batch_id = b.id
    union all
    select 'app.partner_unit', id, 2 from app.partner_unit where batch_id = b.id
    union all
    select 'app.org_unit', id, case level when 'estate' then 3 else 4 end from app.org_unit
    where batch_id = b.id and level in ('estate', 'grid')
    order by turn
  loop
    perform private.remove_unused(made.tbl, made.id);
  end loop;
  update app.import_batch set state = 'reverted' where id = b.id;
  return private.ok(jsonb_build_object('removed', removed, 'kept', kept));
end $$;
create function api.revert_import(p_batch uuid) returns jsonb language sql volatile as $$
  select private.revert_import(p_batch)
$$;

-- Why a record that an import made cannot be taken back; null when it can. A later import that found the record as it
-- should be relies on it.
create function private.in_use(p_batch uuid, p_table text, p_id uuid, p_stamp timestamptz) returns text
language sql stable as $$
  select coalesce(
    case p_table
      when 'responder' then case
        when exists (
          select from app.responder where id = p_id and (login_id is not null or joined_to is not null))
          then 'has_login'
        when exists (select from app.assignment where responder_id = p_id)
          or exists (select from app.draft_assignment where responder_id = p_id)
          or exists (select from app.offer where responder_id = p_id)
          then 'has_duty'
        when (select updated_at from app.responder where id = p_id) is distinct from p_stamp then 'changed'
        when exists (
          select from app.report_in ri
          join app.responder r on r.id = ri.responder_id
          where r.id = p_id and ri.batch_id is distinct from r.batch_id)
          then 'reported_in_elsewhere' end
      when 'post' then case
        when exists (select from app.shift where post_id = p_id) then 'has_shifts'
        when (select updated_at from app.post where id = p_id) is distinct from p_stamp then 'changed' end
      when 'org_unit' then case
        when exists (select from app.post where org_unit_id = p_id) then 'has_posts'
        when exists (select from app.responder where home_building_id = p_id) then 'has_people'
        when exists (select from app.org_unit where parent_id = p_id) then 'has_children'
        when exists (select from app.role_grant where org_unit_id = p_id) then 'has_roles'
        when (select updated_at from app.org_unit where id = p_id) is distinct from p_stamp then 'changed' end end,
    case
      when exists (
        select from app.import_row x
        join app.import_batch o on o.id = x.batch_id
        where x.record_id = p_id and x.batch_id <> p_batch and x.status <> 'error' and o.state = 'open')
        then 'in_another_import' end)
$$;

-- Deletes a record, with what only it owns.
create function private.remove_record(p_table text, p_id uuid) returns void language plpgsql as $$
begin
  if p_table = 'responder' then
    delete from app.invitation where responder_id = p_id;
    delete from app.report_in where responder_id = p_id;
    delete from app.responder where id = p_id;
  elsif p_table = 'post' then
    delete from app.post where id = p_id;
  else
    delete from app.org_unit where id = p_id;
  end if;
end $$;

-- Deletes a row that nothing points to; a row in use stays.
create function private.remove_unused(p_table regclass, p_id uuid) returns void language plpgsql as $$
begin
  execute format('delete from %s where id = $1', p_table) using p_id;
exception when foreign_key_violation then null; -- another row points to it, so it stays
end $$;
