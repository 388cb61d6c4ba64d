create view projection.community_sum as
  select u.id as pk, array['sum:' || u.id] as scopes, jsonb_build_object(
    'id', u.id, 'name', u.name, 'street_name', p.name, 'duty_line', u.duty_line,
    'buildings', (select count(*) from app.org_unit b where b.community_id = u.id and b.level = 'building'),
    'people', (select count(*) from app.report_in ri where ri.community_id = u.id and ri.state = 'confirmed')) as data
  from app.org_unit u left join app.org_unit p on p.id = u.parent_id where u.level = 'community';

-- The coordinator's list shows the contact, masked, and the words.
create function private.mark_request() returns trigger language plpgsql as $$
begin
  perform sync.mark('lead_event', array(select e.id from app.event e where e.kind = 'help_request' and e.subject_id in (select id from new_rows)));
  return null;
end $$;
create trigger marks_update after update on app.request referencing new table as new_rows for each statement execute function private.mark_request();
