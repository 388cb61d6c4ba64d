-- A person as leads see them: masked number, home, unit, login and report-in. Coordinators of their communities see
-- them, and so do the leads of the grid and building they live in.
create view projection.responder_lead as
  select r.id as pk, (
      select array_agg(distinct 'lead:' || n.id) from app.report_in ri
      join app.org_unit n on n.id = ri.community_id
        or (n.community_id = ri.community_id and exists (
          select from app.org_unit h
          where h.id = r.home_building_id and h.path operator(extensions.<@) n.path))
      where ri.responder_id = r.id and ri.state <> 'ended') as scopes,
    jsonb_build_object(
      'id', r.id,
      'community_ids', (
        select coalesce(jsonb_agg(ri.community_id order by ri.community_id), '[]') from app.report_in ri
        where ri.responder_id = r.id and ri.state <> 'ended'),
      'name', r.name, 'display_name', r.display_name, 'pinyin', r.pinyin, 'initials', r.initials, 'kind', r.kind,
      'phone_masked', private.mask_phone(c.phone), 'phone_tail', private.phone_tail(c.phone),
      'skills', to_jsonb(r.skills), 'night', r.night,
      'home_building_id', r.home_building_id, 'home_label', h.name,
      'partner_unit_name', pu.name, 'party_org_name', po.name, 'state', r.state,
      'login', case
        when r.login_id is not null then 'active'
        when exists (
          select from app.invitation i
          where i.responder_id = r.id and i.used_at is null and i.revoked_at is null) then 'invited'
        else 'none' end,
      'report_in', (
        select max(ri.state)::text from app.report_in ri where ri.responder_id = r.id and ri.state <> 'ended'),
      'public_display', exists (
        select from app.consent k
        where k.responder_id = r.id and k.purpose = 'public_display' and k.withdrawn_at is null)) as data
  from app.responder r
  left join app.responder_contact c on c.responder_id = r.id
  left join private.place h on h.id = r.home_building_id
  left join app.partner_unit pu on pu.id = r.partner_unit_id
  left join app.party_org po on po.id = r.party_org_id;

-- A new name shows in every row that names the person. A person who gains or loses a login gains or loses their cards.
create function private.mark_responder() returns trigger language plpgsql as $$
declare
  renamed uuid[];
  names text[];
  moved uuid[];
begin
  if tg_op = 'DELETE' then
    perform sync.mark('responder_lead', array(select id from old_rows));
    perform private.mark_organisations(array(select id from old_rows),
      array(select party_org_id from old_rows where party_org_id is not null),
      array(select partner_unit_id from old_rows where partner_unit_id is not null));
    return null;
  end if;
  perform private.mark_people(array(select id from new_rows));
  if tg_op = 'INSERT' then
    perform private.mark_organisations(array(select id from new_rows));
  else
    perform private.mark_organisations(array(select id from new_rows),
      array(select party_org_id from old_rows where party_org_id is not null),
      array(select partner_unit_id from old_rows where partner_unit_id is not null));
    perform private.mark_reports_of(array(
      select n.id from new_rows n join old_rows o using (id)
      where (n.name, n.login_id) is distinct from (o.name, o.login_id)));
  end if;
  if tg_op = 'UPDATE' then
    select array_agg(n.id) filter (where n.name <> o.name),
      array_agg(o.name) filter (where n.name <> o.name),
      array_agg(n.id) filter (where n.login_id is distinct from o.login_id)
    into renamed, names, moved
    from new_rows n join old_rows o using (id);
    if renamed is not null then
      -- cards of the same shift are projected under its lock
      perform from app.shift
      where id in (
        select shift_id from app.assignment where responder_id = any (renamed)
        union
        select shift_id from app.cover_request where taker_id = any (renamed))
      order by id for no key update;
      perform private.mark_names(names, renamed, array(
        select login_id from old_rows where id = any (renamed) and login_id is not null));
    end if;
    if moved is null then return null; end if;
    perform sync.mark('my_assignment', array(select id from app.assignment where responder_id = any (moved)));
    perform sync.mark('my_offer', array(select id from app.offer where responder_id = any (moved)));
    perform sync.mark('my_waitlist', array(select id from app.waitlist_entry where responder_id = any (moved)));
    perform sync.mark('cover_request', private.covers_of(moved));
    perform sync.mark('cover_lead', private.covers_of(moved));
    perform sync.mark('dead_letter', array(
      select v.mutation_id from sync.result v
      join old_rows o on o.login_id = v.login_id
      where o.id = any (moved) and v.status = 'failed'));
    perform sync.mark('me', array(select login_id from old_rows where id = any (moved) and login_id is not null));
  end if;
  return null;
end $$;
call private.track('app.responder', 'private.mark_responder');

-- The names of a person's unit and party organisation show on their record. Nothing else of these does, and who only
-- holds them must not wait for all their people.
create function private.mark_affiliation() returns trigger language plpgsql as $$
begin
  perform private.mark_people(array(
    select r.id from app.responder r
    join new_rows n on n.id = case tg_table_name when 'partner_unit' then r.partner_unit_id else r.party_org_id end
    join old_rows o on o.id = n.id
    where n.name <> o.name));
  return null;
end $$;
create trigger marks_people after update on app.partner_unit
  referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_affiliation();
create trigger marks_people after update on app.party_org
  referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_affiliation();

-- For tables with a responder_id whose rows show on the person: contact, consent, invitation.
create function private.mark_responder_part() returns trigger language plpgsql as $$
declare ids uuid[];
begin
  if tg_op = 'DELETE' then
    select array_agg(distinct responder_id) into ids from old_rows where responder_id is not null;
  else
    select array_agg(distinct responder_id) into ids from new_rows where responder_id is not null;
  end if;
  perform private.mark_people(ids);
  if tg_table_name = 'consent' then perform private.mark_organisations(ids); end if;
  if tg_table_name = 'responder_contact' then perform private.mark_reports_of(ids); end if;
  return null;
end $$;
call private.track('app.responder_contact', 'private.mark_responder_part');
call private.track('app.consent', 'private.mark_responder_part');
call private.track('app.invitation', 'private.mark_responder_part');

-- A report-in shows on its person and counts in the sum of its community.
create function private.mark_report_in() returns trigger language plpgsql as $$
declare
  ids uuid[];
  communities uuid[];
begin
  if tg_op = 'DELETE' then
    select array_agg(distinct responder_id), array_agg(distinct community_id) into ids, communities from old_rows;
  else
    select array_agg(distinct responder_id), array_agg(distinct community_id) into ids, communities from new_rows;
  end if;
  perform private.mark_people(ids);
  perform from app.org_unit where id = any (communities) order by id for no key update;
  perform private.mark_organisations(ids);
  perform private.mark_reports_of(ids);
  perform sync.mark('community_sum', communities);
  return null;
end $$;
call private.track('app.report_in', 'private.mark_report_in');
