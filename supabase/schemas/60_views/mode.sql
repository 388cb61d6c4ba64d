-- An emergency mode with its opener, ground and expiry, for every community it holds in and for the officers above
-- (R15).
create view projection.mode as
  select m.id as pk, (
      select array_agg('org:' || c.id || ':open') || array_agg('sum:' || c.id) from app.org_unit c
      where c.level = 'community'
        and (c.path operator(extensions.<@) u.path or c.id = u.community_id)) as scopes,
    jsonb_build_object(
      'id', m.id, 'org_unit_id', m.org_unit_id, 'org_unit_name', u.name, 'level', u.level, 'state', m.state,
      'ground', m.ground, 'document_no', m.document_no, 'opened_by_name', l.name, 'opened_by', m.opened_by,
      'opened_at', m.opened_at, 'expires_at', m.expires_at, 'renewals', m.renewals) as data
  from app.mode m
  join app.org_unit u on u.id = m.org_unit_id
  join app.login l on l.id = m.opened_by;

create function private.mark_mode() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform sync.mark('mode', array(select id from old_rows));
  else perform sync.mark('mode', array(select id from new_rows)); end if;
  return null;
end $$;
call private.track('app.mode', 'private.mark_mode');
