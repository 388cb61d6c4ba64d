-- The other communities of the street, which a coordinator may ask for people.
create view projection.neighbour as
  select u.id as pk,
    array(
      select 'lead:' || o.id from app.org_unit o
      where o.parent_id = u.parent_id and o.level = 'community' and o.id <> u.id) as scopes,
    jsonb_build_object('id', u.id, 'name', u.name, 'duty_line', u.duty_line) as data
  from app.org_unit u
  join app.org_unit s on s.id = u.parent_id and s.level = 'street'
  where u.level = 'community';

-- A community that comes, goes, moves or is renamed changes which neighbours may be asked. Its street is locked first:
-- only so do two communities that are made at once see each other.
create function private.mark_neighbours(p_parents uuid[], p_ids uuid[]) returns void language plpgsql as $$
begin
  if p_parents is null then return; end if;
  perform from app.org_unit where id = any (p_parents) order by id for no key update;
  perform sync.mark('neighbour', array(
    select id from app.org_unit where level = 'community' and parent_id = any (p_parents)
    union
    select unnest(p_ids)));
  perform sync.mark('reinforcement', array(
    select id from app.reinforcement where from_community_id = any (p_ids) or to_community_id = any (p_ids)));
end $$;

create function private.mark_neighbours_new() returns trigger language plpgsql as $$
begin
  perform private.mark_neighbours(array_agg(distinct parent_id), array_agg(id))
  from new_rows where level = 'community' having count(*) > 0;
  return null;
end $$;
create trigger marks_neighbours_insert after insert on app.org_unit referencing new table as new_rows
  for each statement execute function private.mark_neighbours_new();

create function private.mark_neighbours_gone() returns trigger language plpgsql as $$
begin
  perform private.mark_neighbours(array_agg(distinct parent_id), array_agg(id))
  from old_rows where level = 'community' having count(*) > 0;
  return null;
end $$;
create trigger marks_neighbours_delete after delete on app.org_unit referencing old table as old_rows
  for each statement execute function private.mark_neighbours_gone();

create function private.mark_neighbours_moved() returns trigger language plpgsql as $$
begin
  perform private.mark_neighbours(array_agg(distinct n.parent_id) || array_agg(distinct o.parent_id), array_agg(n.id))
  from new_rows n join old_rows o using (id)
  where n.level = 'community' and (n.name, n.duty_line, n.parent_id) is distinct from (o.name, o.duty_line, o.parent_id)
  having count(*) > 0;
  return null;
end $$;
create trigger marks_neighbours_update after update on app.org_unit
  referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_neighbours_moved();
