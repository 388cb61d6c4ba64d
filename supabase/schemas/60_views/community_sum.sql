-- A community in numbers, for officers above: no person is named. Marked by org units and report-ins.
create view projection.community_sum as
  select u.id as pk, array['sum:' || u.id] as scopes, jsonb_build_object(
    'id', u.id, 'name', u.name, 'street_name', p.name, 'duty_line', u.duty_line,
    'buildings', (select count(*) from app.org_unit b where b.community_id = u.id and b.level = 'building'),
    'people', (
      select count(*) from app.report_in ri where ri.community_id = u.id and ri.state = 'confirmed')) as data
  from app.org_unit u
  left join app.org_unit p on p.id = u.parent_id
  where u.level = 'community';
