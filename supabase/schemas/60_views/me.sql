-- What a phone sees of each row, and in which scopes: one view per synced table, columns as in src/domain/rows.ts.
-- A column a reader may not see is in no view of his scopes. The same (table, pk) carries identical data in every scope.
-- `lateral (… offset 0)` keeps the joins of the views every claim touches going outwards from the dirty row: left to itself the
-- planner begins at the post, because there are few, and visits every shift that post ever had.
create view projection.me as
  select l.id as pk, array['user:' || l.id] as scopes, jsonb_build_object(
    'id', l.id, 'responder_id', r.id, 'name', l.name, 'display_name', r.display_name, 'sign_in_name', private.shown_name(l.sign_in_name),
    'stand_in_key', l.stand_in_key,
    'phone_masked', private.mask_phone(c.phone), 'kind', r.kind, 'skills', coalesce(to_jsonb(r.skills), '[]'), 'night', r.night,
    'home_building_id', r.home_building_id,
    'consents', (select coalesce(jsonb_agg(k.purpose order by k.purpose), '[]') from app.consent k where k.responder_id = r.id and k.withdrawn_at is null),
    'memberships', (
      select coalesce(jsonb_agg(jsonb_build_object('org_unit_id', u.id, 'level', u.level, 'name', u.name, 'parent_name', p.name, 'duty_line', u.duty_line,
        'roles', m.roles, 'report_in', m.report_in) order by u.level, u.name), '[]')
      from (
        select x.unit, coalesce(jsonb_agg(x.role order by x.role) filter (where x.role is not null), '[]') as roles, max(x.report_in) as report_in
        from (
          select g.org_unit_id as unit, g.role, null::text as report_in from app.role_grant g where g.login_id = l.id and g.org_unit_id is not null
          union all
          select ri.community_id, null, ri.state::text from app.report_in ri where ri.responder_id = r.id and ri.state <> 'ended') x
        group by x.unit) m
      join app.org_unit u on u.id = m.unit left join app.org_unit p on p.id = u.parent_id),
    'roles', (select coalesce(jsonb_agg(distinct g.role order by g.role), '[]') from app.role_grant g where g.login_id = l.id),
    'demo', exists (select from app.setting where key = 'data' and value = '"demo"')) as data
  from app.login l
  left join app.responder r on r.login_id = l.id
  left join app.responder_contact c on c.responder_id = r.id;
