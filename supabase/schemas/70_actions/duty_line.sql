-- Sets the number that residents and responders call, on a community or on a unit within it; by its coordinator or an
-- admin.
create function private.set_duty_line(p_unit uuid, p_line text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := private.require_login();
  v_typed text := nullif(trim(p_line), '');
  v_line text := private.plain_line(v_typed);
begin
  if not (private.is_admin(me) or private.coordinates(me, p_unit)) then return private.no('forbidden'); end if;
  if v_typed is not null and v_line is null then return private.no('invalid', '{"field":"duty_line"}'); end if;
  update app.org_unit set duty_line = v_line where id = p_unit and not private.is_above(level, 'community');
  return case when found then private.ok() else private.no('gone') end;
end $$;
create function api.set_duty_line(p_org_unit_id uuid, p_line text) returns jsonb language sql volatile as $$
  select private.set_duty_line(p_org_unit_id, p_line)
$$;
