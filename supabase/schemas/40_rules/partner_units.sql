-- Partner units (驻区单位): what may be said of one, and what moves when two records of one unit are joined.

-- The first field of a unit that cannot be taken; null when all can.
create function private.fault_of_unit(x app.partner_unit) returns text language sql stable as $$
  select case
    when length(coalesce((x).name, '')) not between 1 and 80 then 'name'
    when (x).kind is null then 'kind'
    when length((x).address) > 100 then 'address'
    when (x).place_id is not null and not private.lies_in((x).place_id, (x).org_unit_id) then 'place_id'
    when (x).contact_id is not null and not private.is_listed_under((x).contact_id, (x).org_unit_id)
      then 'contact_id' end
$$;

-- The unit that a record stands for: itself, or the one that it was joined to in the end.
create function private.living_unit(p_unit uuid) returns uuid language sql stable as $$
  with recursive line as (
    select u.id, u.merged_into from app.partner_unit u where u.id = p_unit
    union
    select u.id, u.merged_into from line l join app.partner_unit u on u.id = l.merged_into)
  select id from line where merged_into is null
$$;

-- Ends the liaisons of a unit, and the links by which others would become one.
create function private.end_liaisons(p_unit uuid) returns void language sql as $$
  delete from app.role_grant where partner_unit_id = p_unit;
  update app.invitation set revoked_at = now()
  where partner_unit_id = p_unit and used_at is null and revoked_at is null
$$;

-- Gives everything of one unit to another: people, organisations, seats, reports and liaisons.
create function private.move_unit(p_from uuid, p_into uuid) returns void language plpgsql as $$
begin
  update app.responder set partner_unit_id = p_into, updated_at = clock_timestamp() where partner_unit_id = p_from;
  update app.party_org set partner_unit_id = p_into where partner_unit_id = p_from;
  update app.seat set partner_unit_id = p_into where partner_unit_id = p_from;
  update app.report_form set partner_unit_id = p_into where partner_unit_id = p_from;
  update app.report_form set wall_unit_id = p_into where wall_unit_id = p_from;
  insert into app.role_grant (id, login_id, partner_unit_id, role, created_by)
  select private.uuid_v7(), g.login_id, p_into, g.role, g.created_by from app.role_grant g
  where g.partner_unit_id = p_from
  on conflict do nothing;
  delete from app.role_grant where partner_unit_id = p_from;
  update app.invitation set partner_unit_id = p_into where partner_unit_id = p_from;
end $$;
