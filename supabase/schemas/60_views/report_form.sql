-- The name of a report as a community may read it.
create function private.report_name(p_form app.report_form) returns text language sql stable as $$
  select case
    when r.id is not null then r.name
    when (p_form).trade is not null and 'report_name' <> all ((p_form).consents)
      then private.trade_name((p_form).trade, (p_form).number)
    else (p_form).name end
  from (select 1) one
  left join app.responder r on r.id = (p_form).responder_id
$$;

-- Reports as the community's leads see them (报到确认): the number is masked, and of somebody in 新就业群体 who keeps
-- their name there is trade and number.
create view projection.report_lead as
  select f.id as pk,
    array['lead:' || f.community_id] as scopes,
    jsonb_build_object(
      'id', f.id, 'community_id', f.community_id, 'community_name', c.name, 'number', f.number, 'state', f.state,
      'source', case when f.listed_by is not null then 'list' when f.login_id is not null then 'member'
        when f.wall_unit_id is not null then 'wall' else 'page' end,
      'responder_id', f.responder_id, 'name', private.report_name(f), 'kind', f.kind, 'trade', f.trade,
      'rest_from', left(f.rest_from::text, 5), 'rest_to', left(f.rest_to::text, 5),
      'phone_masked', private.mask_phone(coalesce(f.phone, k.phone)),
      'building_id', f.building_id, 'building_name', b.name, 'address', f.address,
      'unit', coalesce(u.name, f.unit), 'unit_kind', f.unit_kind, 'people', f.people,
      'skills', to_jsonb(f.skills), 'fits', to_jsonb(f.fits), 'grid_id', i.grid_id,
      'moves_from', f.moves_from, 'moves_from_name', m.name, 'declined', f.declined,
      'at', f.created_at, 'settled_at', f.settled_at) as data
  from app.report_form f
  join app.org_unit c on c.id = f.community_id
  left join private.place b on b.id = f.building_id
  left join app.partner_unit u on u.id = f.partner_unit_id
  left join app.org_unit m on m.id = f.moves_from
  left join app.responder_contact k on k.responder_id = f.responder_id
  left join app.report_in i on i.responder_id = f.responder_id and i.community_id = f.community_id;

-- A receipt: what was said, where it stands, and whom to ask. The private link of a report shows the same, the name as
-- it was given.
create function private.receipt_of(f app.report_form) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', (f).id, 'community_id', c.id, 'community_name', c.name, 'street_name', s.name, 'duty_line', c.duty_line,
    'number', (f).number, 'state', (f).state, 'declined', (f).declined, 'at', (f).created_at,
    'settled_at', (f).settled_at, 'building_id', (f).building_id, 'building_name', b.name, 'address', (f).address,
    'grid_name', g.name, 'name', coalesce((f).name, r.name), 'unit', coalesce(u.name, (f).unit), 'people', (f).people,
    'trade', (f).trade, 'skills', to_jsonb((f).skills), 'fits', to_jsonb((f).fits),
    'consents', to_jsonb((f).consents), 'moves_from', (f).moves_from, 'moves_from_name', m.name)
  from (select 1) one
  left join app.org_unit c on c.id = (f).community_id
  left join app.org_unit s on s.id = c.parent_id
  left join private.place b on b.id = (f).building_id
  left join app.report_in i on i.responder_id = (f).responder_id and i.community_id = (f).community_id
  left join app.org_unit g on g.id = coalesce(i.grid_id, private.grid_of((f).building_id))
  left join app.partner_unit u on u.id = (f).partner_unit_id
  left join app.org_unit m on m.id = (f).moves_from
  left join app.responder r on r.id = (f).responder_id
$$;

-- Who moved away, for the community that they left: where to, and the number of the report, for 转出单. The columns are
-- those of report_lead; what the person said to the other community stays empty.
create view projection.report_left as
  select f.id as pk, array['lead:' || f.moves_from] as scopes, jsonb_build_object(
    'id', f.id, 'community_id', f.community_id, 'community_name', c.name, 'number', f.number, 'state', f.state,
    'source', 'member', 'responder_id', f.responder_id, 'name', private.report_name(f), 'kind', f.kind, 'trade', null,
    'rest_from', null, 'rest_to', null, 'phone_masked', null, 'building_id', null, 'building_name', null,
    'address', null, 'unit', null, 'unit_kind', null, 'people', null, 'skills', '[]'::jsonb, 'fits', null,
    'grid_id', null, 'moves_from', f.moves_from, 'moves_from_name', m.name, 'declined', null,
    'at', f.created_at, 'settled_at', f.settled_at) as data
  from app.report_form f
  join app.org_unit c on c.id = f.community_id
  join app.org_unit m on m.id = f.moves_from
  where f.state = 'confirmed';

-- The person's own receipts (报到回执).
create view projection.my_report as
  select f.id as pk, array['user:' || coalesce(f.login_id, r.login_id)] as scopes,
    private.receipt_of(f) as data
  from app.report_form f
  left join app.responder r on r.id = f.responder_id
  where coalesce(f.login_id, r.login_id) is not null;

call private.track('app.report_form', 'private.mark_rows', 'report_lead', 'report_left', 'my_report');

-- Marks the reports of people, locked in the order of their ids: name, number and grid are other rows.
create function private.mark_reports_of(p_people uuid[]) returns void language plpgsql as $$
declare v_ids uuid[];
begin
  select array_agg(f.id) into v_ids from (
    select id from app.report_form where responder_id = any (p_people) order by id for no key update) f;
  perform sync.mark('report_lead', v_ids), sync.mark('report_left', v_ids), sync.mark('my_report', v_ids);
end $$;

-- A place or a unit with another name, another parent or another line shows on reports.
create function private.mark_reports_at() returns trigger language plpgsql as $$
declare v_ids uuid[];
begin
  if tg_table_name = 'partner_unit' then
    select array_agg(f.id) into v_ids from (
      select x.id from app.report_form x
      join new_rows n on n.id = x.partner_unit_id
      order by x.id for no key update of x) f;
  else
    select array_agg(f.id) into v_ids from (
      select x.id from app.report_form x
      left join app.org_unit b on b.id = x.building_id
      left join app.org_unit c on c.id = x.community_id
      where x.community_id in (select id from new_rows) or x.moves_from in (select id from new_rows)
        or b.id in (select id from new_rows) or b.parent_id in (select id from new_rows)
        or c.parent_id in (select id from new_rows)
        or private.grid_of(x.building_id) in (select id from new_rows)
        or exists (
          select from app.report_in i
          where i.responder_id = x.responder_id and i.community_id = x.community_id
            and i.grid_id in (select id from new_rows))
      order by x.id for no key update of x) f;
  end if;
  perform sync.mark('report_lead', v_ids), sync.mark('report_left', v_ids), sync.mark('my_report', v_ids);
  return null;
end $$;
create trigger marks_reports after update on app.partner_unit referencing new table as new_rows
  for each statement execute function private.mark_reports_at();
create trigger marks_reports after update on app.org_unit referencing new table as new_rows
  for each statement execute function private.mark_reports_at();

-- A place with another name or parent shows on the units that lie in it, as their own liaisons see them, and in the
-- records of these; the organisations of a community show at the street it lies in.
create function private.mark_desks_at() returns trigger language plpgsql as $$
begin
  perform private.mark_units(array(
    select u.id from app.partner_unit u
    left join app.org_unit p on p.id = u.place_id
    where u.org_unit_id in (select id from new_rows) or p.id in (select id from new_rows)
      or p.parent_id in (select id from new_rows)));
  perform private.mark_logins(array(
    select distinct g.login_id from app.role_grant g
    join app.partner_unit u on u.id = g.partner_unit_id
    join new_rows n on n.id = u.org_unit_id
    join old_rows w on w.id = n.id
    where n.name <> w.name));
  perform private.mark_party_orgs(array(
    select o.id from app.party_org o
    join new_rows n on n.id = o.keeper_id
    join old_rows w on w.id = n.id
    where (n.name, n.parent_id) is distinct from (w.name, w.parent_id)));
  return null;
end $$;
create trigger marks_desks after update on app.org_unit referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_desks_at();
