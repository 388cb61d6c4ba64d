-- Taking an import back, and the list of imports.

-- The imports of a community, the newest first, with how many rows each made, changed and refused.
create function private.import_batches(p_community uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := private.require_login();
begin
  if not (private.is_admin(me) or private.keeps(me, p_community)) then return private.no('forbidden'); end if;
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

-- Takes a batch back: removes what it made and nobody has touched since, then gives the records it changed their old
-- values, where the value is still the batch's. Answers how many it removed, what it restored, and the rest with the
-- reasons.
create function private.revert_import(p_batch uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  b app.import_batch;
  v_kept jsonb;
  v_made int;
  v_restored jsonb;
  v_left jsonb;
begin
  select * into b from app.import_batch where id = p_batch for no key update;
  if not found then return private.no('gone'); end if;
  if not private.may_import(me, b.kind, b.community_id) then return private.no('forbidden'); end if;
  if b.state <> 'open' then return private.no('batch_closed'); end if;
  select r.removed, r.kept into v_made, v_kept from private.remove_made(b) r;
  perform private.remove_posts(b);
  select r.restored, r.kept into v_restored, v_left from private.restore_values(b) r;
  perform private.remove_besides(b);
  update app.import_batch set state = 'reverted' where id = b.id;
  return private.ok(jsonb_build_object('removed', v_made, 'restored', v_restored, 'kept', v_kept || v_left));
end $$;
create function api.revert_import(p_batch uuid) returns jsonb language sql volatile as $$
  select private.revert_import(p_batch)
$$;

-- Removes the records that a batch made, the last first, and organisations after those below them; answers how many,
-- and those that stay with the reason.
create function private.remove_made(p_batch app.import_batch, out removed int, out kept jsonb) language plpgsql as $$
declare
  i record;
  v_why text;
begin
  removed := 0;
  kept := '[]';
  for i in
    select record_table, record_id, min(row_no) as row_no,
      (array_agg(fingerprint order by row_no desc))[1] as fingerprint
    from app.import_row where batch_id = p_batch.id and status in ('created', 'updated')
    group by record_table, record_id having bool_or(status = 'created')
    order by case record_table when 'party_org' then (select count(*) from private.party_line(record_id)) end desc,
      max(row_no) desc
  loop
    v_why := private.in_use(p_batch.id, i.record_table, i.record_id, i.fingerprint);
    if v_why is null then
      begin
        perform private.remove_record(i.record_table, i.record_id);
        removed := removed + 1;
      exception when foreign_key_violation then v_why := 'in_use';
      end;
    end if;
    if v_why is not null then
      kept := kept || jsonb_build_object('row', i.row_no, 'table', i.record_table, 'field', null, 'reason', v_why);
    end if;
  end loop;
end $$;

-- Gives records that were there before a batch their old values, each where it is still what the batch wrote. Answers
-- which values came back, and which stay, with the reason.
create function private.restore_values(p_batch app.import_batch, out restored jsonb, out kept jsonb)
language plpgsql as $$
declare
  c record;
  v_why text;
  v_said jsonb;
begin
  restored := '[]';
  kept := '[]';
  for c in
    select record_table, record_id, field, min(row_no) as row_no,
      (array_agg(before order by row_no))[1] as before, (array_agg(after order by row_no desc))[1] as after
    from app.import_change where batch_id = p_batch.id
    group by record_table, record_id, field order by min(row_no), field
  loop
    v_why := private.why_value_stays(p_batch, c.record_table, c.record_id, c.field, c.before, c.after);
    continue when v_why = 'nothing_to_do';
    if v_why is null then
      begin
        perform private.set_fields(c.record_table, c.record_id, jsonb_build_object(c.field, c.before));
      exception when foreign_key_violation then v_why := 'old_value_gone';
      end;
    end if;
    v_said := jsonb_build_object('row', c.row_no, 'table', c.record_table, 'field', c.field);
    if v_why is null then restored := restored || v_said;
    else kept := kept || (v_said || jsonb_build_object('reason', v_why)); end if;
  end loop;
  -- the old values of this batch have had their time
  kept := kept || (
    select coalesce(jsonb_agg(jsonb_build_object(
      'row', i.row_no, 'table', i.record_table, 'field', null, 'reason', 'values_gone') order by i.row_no), '[]')
    from app.import_row i
    where i.batch_id = p_batch.id and i.status = 'updated'
      and not exists (select from app.import_change x where x.batch_id = i.batch_id and x.row_no = i.row_no)
      and not exists (
        select from app.import_row o
        where o.batch_id = i.batch_id and o.record_id = i.record_id and o.status = 'created'));
end $$;

-- Why a value that a batch wrote stays; null where the old one may come back. A record that the batch made is kept or
-- removed as a whole; and nothing is to be done where the old value is there already.
create function private.why_value_stays(p_batch app.import_batch, p_table text, p_id uuid, p_field text, p_before jsonb,
  p_after jsonb)
returns text language plpgsql as $$
declare
  v_now jsonb := private.record_fields(p_table, p_id);
  r app.responder;
begin
  if v_now is null or v_now -> p_field = p_before or exists (
    select from app.import_row
    where batch_id = p_batch.id and status = 'created' and record_id in (
      p_id, (select t.party_org_id from app.party_post t where t.id = p_id)))
    or p_table = 'org_unit' and exists (select from app.org_unit where id = p_id and batch_id = p_batch.id) then
    return 'nothing_to_do';
  end if;
  if p_table = 'responder' then
    select * into r from app.responder where id = p_id for no key update;
    if r.joined_to is not null or private.is_anothers(r, p_batch.community_id) then return 'joined'; end if;
    if r.state = 'closed' or not exists (
      select from app.report_in i
      where i.responder_id = p_id and i.community_id = p_batch.community_id and i.state <> 'ended') then
      return 'left';
    end if;
  end if;
  return case
    when v_now -> p_field is distinct from p_after then 'changed'
    when p_table = 'party_post' then private.why_post_stays(p_id)
    when p_before = 'null' then null
    when p_table = 'partner_unit' and p_field = 'ended_on' and exists (
      select from app.role_grant where partner_unit_id = p_id) then 'has_roles'
    when p_table = 'partner_unit' and p_field = 'contact_id'
      and not private.is_listed_under(private.try_uuid(p_before #>> '{}'), p_batch.community_id) then 'old_value_gone'
    when p_table = 'party_org' and p_field = 'parent_id' and (
      p_id in (select private.party_line(private.try_uuid(p_before #>> '{}'))) or not exists (
        select from app.party_org o where o.id = private.try_uuid(p_before #>> '{}') and private.is_live(o.state)))
      then 'old_value_gone' end;
end $$;

-- Why somebody whose post a batch ended does not get it back; null when they do.
create function private.why_post_stays(p_post uuid) returns text language sql stable as $$
  select case
    when not private.is_live(o.state) or exists (
      select from app.party_post n
      where n.party_org_id = t.party_org_id and n.post = t.post and n.ends_on is null and n.id <> t.id) then 'changed'
    when t.responder_id is not null and not private.is_listed_under(t.responder_id, o.keeper_id) then 'left' end
  from app.party_post t
  join app.party_org o on o.id = t.party_org_id
  where t.id = p_post
$$;

-- Does a post stand as a batch gave it: held still, or ended by a later row of the same list?
create function private.stands_as_given(p_post app.party_post, p_batch uuid) returns boolean language sql stable as $$
  select (p_post).batch_id is not distinct from p_batch and ((p_post).ends_on is null or exists (
    select from app.import_change c
    where c.batch_id = p_batch and c.record_id = (p_post).id and c.field = 'ends_on'
      and c.after = to_jsonb((p_post).ends_on)))
$$;

-- Takes back the posts that a batch gave in organisations that were there before, where they stand as it gave them.
create function private.remove_posts(p_batch app.import_batch) returns void language sql volatile as $$
  delete from app.party_post t using app.import_change c
  where c.batch_id = p_batch.id and c.record_table = 'party_post' and c.record_id = t.id and c.field = 'holder'
    and private.stands_as_given(t, p_batch.id)
    and not exists (
      select from app.import_row i
      where i.batch_id = p_batch.id and i.record_id = t.party_org_id and i.status = 'created')
$$;

-- Removes what a batch made besides its rows and nothing points to: organisations that are as a name in a list makes
-- them, those below first, and estates before their grids.
create function private.remove_besides(p_batch app.import_batch) returns void language plpgsql as $$
declare made record;
begin
  for made in
    select 'app.party_org'::regclass as tbl, o.id, 1 as turn, (
      select count(*) from private.party_line(o.id)) as depth
    from app.party_org o
    where o.batch_id = p_batch.id and private.is_named_only(p_batch.id, o.id) and o.state = 'formed'
      and o.formed_on is null and o.kind = private.kind_in_name(o.name)
      and not exists (select from app.party_post t where t.party_org_id = o.id)
      and not exists (select from app.party_cover c where c.party_org_id = o.id)
    union all
    select 'app.partner_unit', u.id, 2, 0 from app.partner_unit u
    where u.batch_id = p_batch.id and private.is_named_only(p_batch.id, u.id) and u.state = 'active'
      and u.kind = 'unknown' and num_nonnulls(u.place_id, u.address, u.line, u.contact_id) = 0
    union all
    select 'app.org_unit', id, case level when 'estate' then 3 else 4 end, 0 from app.org_unit
    where batch_id = p_batch.id and level in ('estate', 'grid')
    order by turn, depth desc
  loop
    perform private.remove_unused(made.tbl, made.id);
  end loop;
end $$;

-- Is a record no row of this batch, and none of another that stands? Then some row only named it.
create function private.is_named_only(p_batch uuid, p_id uuid) returns boolean language sql stable as $$
  select not exists (
    select from app.import_row i
    join app.import_batch b on b.id = i.batch_id
    where i.record_id = p_id and i.status <> 'error'
      and (b.id = p_batch and i.status = 'created' or b.id <> p_batch and b.state = 'open'))
$$;

-- Why a record that an import made cannot be taken back; null when it can. A later import that found the record as it
-- should be relies on it.
create function private.in_use(p_batch uuid, p_table text, p_id uuid, p_fingerprint text) returns text
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
        when exists (
          select from app.report_in ri
          join app.responder r on r.id = ri.responder_id
          where r.id = p_id and ri.batch_id is distinct from r.batch_id)
          then 'reported_in_elsewhere' end
      when 'post' then case
        when exists (select from app.shift where post_id = p_id) then 'has_shifts' end
      when 'partner_unit' then case
        when exists (select from app.role_grant where partner_unit_id = p_id) then 'has_roles' end
      when 'party_org' then case
        when exists (
          select from app.party_post t where t.party_org_id = p_id and not private.stands_as_given(t, p_batch))
          then 'has_officers'
        when exists (select from app.party_cover where party_org_id = p_id) then 'changed' end
      when 'org_unit' then case
        when exists (select from app.post where org_unit_id = p_id) then 'has_posts'
        when exists (select from app.responder where home_building_id = p_id) then 'has_people'
        when exists (select from app.org_unit where parent_id = p_id) then 'has_children'
        when exists (select from app.role_grant where org_unit_id = p_id) then 'has_roles' end end,
    case
      when private.fingerprint(p_table, p_id) <> p_fingerprint then 'changed'
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
  elsif p_table = 'partner_unit' then
    delete from app.partner_unit where id = p_id;
  elsif p_table = 'party_org' then
    delete from app.party_org where id = p_id;
  elsif p_table = 'seat' then
    delete from app.seat where id = p_id;
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
