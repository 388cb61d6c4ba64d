-- Events that a coordinator has to act on or to know at once. The log holds ids; they become the names of today: of the
-- person, of the login that acted, of the place. An event of a ladder or of a reinforcement has no shift: its call-out
-- and its span say what it is about.
create view projection.lead_event as
  select e.id as pk, array['lead:' || e.community_id] as scopes, jsonb_build_object(
    'id', e.id, 'community_id', e.community_id, 'kind', e.kind, 'shift_id', e.shift_id,
    'responder_id', e.responder_id, 'callout_id', co.id,
    'drill', case co.kind when 'drill' then 'yes' else 'no' end,
    'starts_at', l.slot_starts_at, 'ends_at', l.slot_ends_at,
    'name', coalesce(r.name, case e.kind
      when 'reset_issued' then (select l.name from app.login l where l.id = e.subject_id)
      when 'appointed' then (select i.person from app.invitation i where i.id = e.subject_id) end),
    'at', e.at,
    'detail', case
      when e.kind = 'help_request' then (
        select jsonb_build_object('text', q.text, 'contact', private.mask_phone(q.contact),
          'building_id', q.building_id, 'request_id', q.id)
        from app.request q where q.id = e.subject_id)
      when e.kind in ('door_feedback', 'member_feedback') then coalesce(e.detail, '{}')
        || jsonb_build_object('text', (select f.text from app.feedback f where f.id = e.subject_id))
      when e.kind in ('reset_issued', 'appointed', 'record_joined') then coalesce(e.detail, '{}') || jsonb_build_object(
        'by_name', (select l.name from app.login l where l.id = e.login_id),
        'place_name', (select u.name from private.place u where u.id = (e.detail ->> 'org_unit_id')::uuid))
      else e.detail end) as data
  from app.event e
  left join app.responder o on o.id = e.responder_id
  left join app.responder r on r.id = coalesce(o.joined_to, o.id)
  left join app.reinforcement h on e.kind like 'reinforcement\_%' and h.id = e.subject_id
  left join app.ladder l on l.id = coalesce(h.ladder_id, e.subject_id) and e.shift_id is null
  left join app.shift s on s.id = e.shift_id
  left join app.callout co on co.id = coalesce(s.callout_id, l.callout_id)
  where e.community_id is not null and private.for_leads(e.kind);

create function private.mark_event() returns trigger language plpgsql as $$
begin
  perform sync.mark('lead_event', array(select id from new_rows where private.for_leads(kind)));
  return null;
end $$;
create trigger marks_insert after insert on app.event referencing new table as new_rows
  for each statement execute function private.mark_event();

-- A resident's request shows its words and its masked contact, which expires.
create function private.mark_request() returns trigger language plpgsql as $$
begin
  perform sync.mark('lead_event', array(
    select e.id from app.event e
    where e.kind = 'help_request' and e.subject_id in (select id from new_rows)));
  return null;
end $$;
create trigger marks_update after update on app.request referencing new table as new_rows
  for each statement execute function private.mark_request();

-- Words of feedback change when a name goes from them, and are gone after a year.
create function private.mark_feedback() returns trigger language plpgsql as $$
begin
  perform sync.mark('lead_event', array(
    select e.id from app.event e
    where e.kind in ('door_feedback', 'member_feedback') and e.subject_id in (select id from old_rows)));
  return null;
end $$;
create trigger marks_update after update on app.feedback referencing old table as old_rows
  for each statement execute function private.mark_feedback();
create trigger marks_delete after delete on app.feedback referencing old table as old_rows
  for each statement execute function private.mark_feedback();

-- Events about rights show names of logins and of people who were invited.
create function private.mark_rights_told() returns trigger language plpgsql as $$
begin
  perform sync.mark('lead_event', array(
    select e.id from old_rows o
    join app.event e on e.subject_id = o.id
    where e.kind in ('reset_issued', 'appointed')
    union
    select e.id from old_rows o
    join app.event e on e.login_id = o.id
    where e.kind in ('reset_issued', 'appointed', 'record_joined')));
  return null;
end $$;
create trigger marks_rights_update after update on app.login referencing old table as old_rows
  for each statement execute function private.mark_rights_told();
create trigger marks_rights_delete after delete on app.invitation referencing old table as old_rows
  for each statement execute function private.mark_rights_told();
