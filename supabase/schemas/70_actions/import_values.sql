-- The values of records that people keep in lists: what a row says of them, how they are set, and what was there
-- before.

-- What a row says of some fields of its record. A column that the list does not have is a key that is not there, and
-- changes nothing. An empty cell is a key with null or "": it clears a text, and leaves a choice, a figure or a yes
-- or no as it is. An empty required field is an error of the row, which the import of its kind reports.
create function private.row_says(p_row jsonb, p_texts text[], p_choices text[]) returns jsonb
language sql immutable as $$
  select coalesce(jsonb_object_agg(e.key, case when e.value = '""' then 'null' else e.value end), '{}')
  from jsonb_each(p_row) e
  where e.key = any (p_texts) or e.key = any (p_choices) and e.value not in ('""', 'null')
$$;

-- Is there a cell for this field, and is it empty?
create function private.is_empty_cell(p_row jsonb, p_field text) returns boolean language sql immutable as $$
  select p_row ? p_field and coalesce(p_row ->> p_field, '') = ''
$$;

-- The fields of a record that lists and forms set; null when there is no such record.
create function private.record_fields(p_table text, p_id uuid) returns jsonb language sql stable as $$
  select case p_table
    when 'responder' then (
      select jsonb_build_object('name', r.name, 'kind', r.kind, 'display_name', r.display_name, 'pinyin', r.pinyin,
        'initials', r.initials, 'home_building_id', r.home_building_id, 'partner_unit_id', r.partner_unit_id,
        'party_org_id', r.party_org_id, 'skills', to_jsonb(r.skills), 'night', r.night, 'state', r.state)
      from app.responder r where r.id = p_id)
    when 'post' then (
      select jsonb_build_object('name', p.name, 'org_unit_id', p.org_unit_id, 'kind', p.kind, 'setting', p.setting,
        'task', p.task, 'kit', p.kit, 'contact', p.contact, 'night_minimum', p.night_minimum,
        'waitlist_choice', p.waitlist_choice, 'skill', p.skill, 'ended_at', p.ended_at)
      from app.post p where p.id = p_id)
    when 'report_in' then (select jsonb_build_object('state', i.state) from app.report_in i where i.id = p_id)
    when 'partner_unit' then (
      select jsonb_build_object('name', u.name, 'kind', u.kind, 'place_id', u.place_id, 'address', u.address,
        'line', u.line, 'contact_id', u.contact_id, 'ended_on', u.ended_on)
      from app.partner_unit u where u.id = p_id)
    when 'party_org' then (
      select jsonb_build_object('name', o.name, 'kind', o.kind, 'parent_id', o.parent_id, 'formed_on', o.formed_on,
        'hangs_on', jsonb_build_object('org_unit_id', o.org_unit_id, 'partner_unit_id', o.partner_unit_id),
        'state', o.state)
      from app.party_org o where o.id = p_id)
    when 'party_post' then (select jsonb_build_object('ends_on', t.ends_on) from app.party_post t where t.id = p_id)
    when 'seat' then (
      select jsonb_build_object('kind', s.kind, 'title', s.title, 'partner_unit_id', s.partner_unit_id,
        'substitute', s.substitute, 'until_on', s.until_on, 'responder_id', s.responder_id, 'holder', s.holder,
        'state', s.state, 'since_on', s.since_on)
      from app.seat s where s.id = p_id)
    else (
      select jsonb_build_object('name', u.name, 'parent_id', u.parent_id, 'duty_line', u.duty_line)
      from app.org_unit u where u.id = p_id) end
$$;

-- A record as one short word; a revert compares it, to keep what somebody has touched since.
create function private.fingerprint(p_table text, p_id uuid) returns text language sql stable as $$
  select md5(private.record_fields(p_table, p_id)::text)
$$;

-- Sets some fields of a record, by the names of record_fields.
create function private.set_fields(p_table text, p_id uuid, p_fields jsonb) returns void language plpgsql as $$
begin
  if p_table = 'responder' then
    update app.responder r
    set (name, kind, display_name, pinyin, initials, home_building_id, partner_unit_id, party_org_id, skills, night) = (
        select n.name, n.kind, n.display_name, n.pinyin, n.initials, n.home_building_id, n.partner_unit_id,
          n.party_org_id, n.skills, n.night
        from jsonb_populate_record(r, p_fields) n), updated_at = clock_timestamp()
    where r.id = p_id;
  elsif p_table = 'post' then
    update app.post p
    set (name, org_unit_id, kind, setting, task, kit, contact, night_minimum, waitlist_choice, skill,
      ended_at) = (
        select n.name, n.org_unit_id, n.kind, n.setting, n.task, n.kit, n.contact, n.night_minimum, n.waitlist_choice,
          n.skill, n.ended_at
        from jsonb_populate_record(p, p_fields) n), updated_at = clock_timestamp()
    where p.id = p_id;
  elsif p_table = 'report_in' then
    update app.report_in set state = (p_fields ->> 'state')::app.report_in_state where id = p_id;
  elsif p_table in ('partner_unit', 'party_org', 'party_post', 'seat') then
    perform private.set_fields_of_neighbour(p_table, p_id, p_fields);
  else
    -- only the columns that change: another parent moves the whole subtree
    if p_fields ? 'parent_id' then
      update app.org_unit set parent_id = (p_fields ->> 'parent_id')::uuid where id = p_id;
    end if;
    if p_fields ?| '{name,duty_line}' then
      update app.org_unit u set (name, duty_line) = (
        select n.name, n.duty_line from jsonb_populate_record(u, p_fields - 'parent_id') n)
      where u.id = p_id;
    end if;
  end if;
end $$;

-- The same for organisations, posts and seats. A unit is active while it has no last day, and an organisation hangs on
-- one thing at a time, so both go as one field.
create function private.set_fields_of_neighbour(p_table text, p_id uuid, p_fields jsonb) returns void
language plpgsql as $$
begin
  if p_table = 'partner_unit' then
    update app.partner_unit u
    set (name, kind, place_id, address, line, contact_id, ended_on, state) = (
        select n.name, n.kind, n.place_id, n.address, n.line, n.contact_id, n.ended_on,
          case when n.ended_on is null then 'active' else 'ended' end::app.partner_unit_state
        from jsonb_populate_record(u, p_fields) n)
    where u.id = p_id;
  elsif p_table = 'party_org' then
    update app.party_org o
    set (name, kind, org_unit_id, partner_unit_id, parent_id, formed_on) = (
        select n.name, n.kind, n.org_unit_id, n.partner_unit_id, n.parent_id, n.formed_on
        from jsonb_populate_record(o, p_fields || coalesce(p_fields -> 'hangs_on', '{}')) n)
    where o.id = p_id;
  elsif p_table = 'party_post' then
    update app.party_post set ends_on = (p_fields ->> 'ends_on')::date where id = p_id;
  else
    update app.seat s
    set (kind, title, partner_unit_id, substitute, until_on) = (
        select n.kind, n.title, n.partner_unit_id, n.substitute, n.until_on
        from jsonb_populate_record(s, p_fields) n)
    where s.id = p_id;
  end if;
end $$;

-- Sets some fields of a record, and keeps with the batch (null: with none) what they were; false when they were so.
create function private.change_record(p_batch uuid, p_row int, p_table text, p_id uuid, p_fields jsonb)
returns boolean language plpgsql as $$
declare
  v_before jsonb := private.record_fields(p_table, p_id);
  v_after jsonb;
begin
  if v_before || p_fields = v_before then return false; end if;
  perform private.set_fields(p_table, p_id, p_fields);
  v_after := private.record_fields(p_table, p_id);
  if p_batch is not null then
    insert into app.import_change (batch_id, row_no, record_table, record_id, field, before, after)
    select p_batch, p_row, p_table, p_id, e.key, e.value, v_after -> e.key from jsonb_each(v_before) e
    where e.value is distinct from v_after -> e.key
    on conflict do nothing;
  end if;
  return v_after <> v_before;
end $$;
