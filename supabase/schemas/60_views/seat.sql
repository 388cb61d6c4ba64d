-- The seats of a council, with who holds one, or who left it. Whom a seat was offered shows only to the node itself.
create view projection.seat as
  select s.id as pk, array['desk:' || s.council_id] as scopes, jsonb_build_object(
    'id', s.id, 'council_id', s.council_id, 'kind', s.kind, 'title', s.title, 'partner_unit_id', s.partner_unit_id,
    'unit_name', u.name, 'responder_id', s.responder_id, 'name', coalesce(r.name, s.holder),
    'substitute', s.substitute, 'state', s.state, 'since_on', s.since_on, 'until_on', s.until_on,
    'sort', s.sort) as data
  from app.seat s
  left join app.partner_unit u on u.id = s.partner_unit_id
  left join app.responder r on r.id = s.responder_id;

call private.track('app.seat', 'private.mark_rows', 'seat');

-- A unit with another name shows on its seats.
create function private.mark_seats_of_units() returns trigger language plpgsql as $$
declare v_ids uuid[];
begin
  select array_agg(s.id) into v_ids from (
    select x.id from app.seat x
    join new_rows n on n.id = x.partner_unit_id
    join old_rows o on o.id = n.id
    where n.name <> o.name
    order by x.id for no key update of x) s;
  perform sync.mark('seat', v_ids);
  return null;
end $$;
create trigger marks_seats after update on app.partner_unit referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_seats_of_units();
