-- A login's own record: who they are, their masked number, consents, and the units in which they serve or hold a role.
create view projection.me as
  select l.id as pk, array['user:' || l.id] as scopes, jsonb_build_object(
    'id', l.id, 'responder_id', r.id, 'name', l.name, 'display_name', r.display_name,
    'sign_in_name', private.shown_name(l.sign_in_name), 'stand_in_key', l.stand_in_key,
    'phone_masked', private.mask_phone(c.phone), 'kind', r.kind, 'skills', coalesce(to_jsonb(r.skills), '[]'),
    'night', r.night, 'home_building_id', r.home_building_id,
    'consents', (
      select coalesce(jsonb_agg(k.purpose order by k.purpose), '[]') from app.consent k
      where k.responder_id = r.id and k.withdrawn_at is null),
    'memberships', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'org_unit_id', u.id, 'level', u.level, 'name', u.name, 'parent_name', p.name, 'duty_line', u.duty_line,
        'roles', m.roles, 'report_in', m.report_in) order by u.level, u.name), '[]')
      from (
        select x.unit,
          coalesce(jsonb_agg(x.role order by x.role) filter (where x.role is not null), '[]') as roles,
          max(x.report_in) as report_in
        from (
          select g.org_unit_id as unit, g.role, null::text as report_in from app.role_grant g
          where g.login_id = l.id and g.org_unit_id is not null
          union all
          select ri.community_id, null, ri.state::text from app.report_in ri
          where ri.responder_id = r.id and ri.state <> 'ended') x
        group by x.unit) m
      join app.org_unit u on u.id = m.unit
      left join app.org_unit p on p.id = u.parent_id),
    'roles', (
      select coalesce(jsonb_agg(distinct g.role order by g.role), '[]') from app.role_grant g where g.login_id = l.id),
    'units', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', p.id, 'name', p.name, 'kind', p.kind, 'keeper_id', k.id, 'keeper_name', k.name)
        order by p.name, p.id), '[]')
      from app.role_grant g
      join app.partner_unit p on p.id = g.partner_unit_id
      join app.org_unit k on k.id = p.org_unit_id
      where g.login_id = l.id and g.role = 'liaison'),
    'demo', exists (select from app.setting where key = 'data' and value = '"demo"')) as data
  from app.login l
  left join app.responder r on r.login_id = l.id
  left join app.responder_contact c on c.responder_id = r.id;

-- A login with a new name also marks every row that shows the old one.
create function private.mark_login() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform sync.mark('me', array(select id from old_rows));
    return null;
  end if;
  perform sync.mark('me', array(select id from new_rows));
  if tg_op = 'UPDATE' then
    perform private.mark_names(
      array_agg(o.name),
      array(select r.id from app.responder r where r.login_id = any (array_agg(o.id))),
      array_agg(o.id))
    from new_rows n join old_rows o using (id) where n.name <> o.name having count(*) > 0;
  end if;
  return null;
end $$;
call private.track('app.login', 'private.mark_login');

-- Roles show in the login's own record.
create function private.mark_role_grant() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform private.mark_logins(array(select login_id from old_rows));
  else perform private.mark_logins(array(select login_id from new_rows)); end if;
  return null;
end $$;
call private.track('app.role_grant', 'private.mark_role_grant');

-- The units of a liaison show by name in their own record.
create function private.mark_liaisons() returns trigger language plpgsql as $$
begin
  perform private.mark_logins(array(
    select distinct g.login_id from app.role_grant g
    join new_rows n on n.id = g.partner_unit_id));
  return null;
end $$;
create trigger marks_liaisons after update on app.partner_unit referencing new table as new_rows
  for each statement execute function private.mark_liaisons();

-- Whether the data is a demo shows in everybody's own record.
create function private.mark_setting() returns trigger language plpgsql as $$
begin
  if exists (select from new_rows where key = 'data') then
    perform private.mark_logins(array(select id from app.login));
  end if;
  return null;
end $$;
create trigger marks_insert after insert on app.setting referencing new table as new_rows
  for each statement execute function private.mark_setting();
create trigger marks_update after update on app.setting referencing new table as new_rows
  for each statement execute function private.mark_setting();
