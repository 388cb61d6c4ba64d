-- A handover, for the giver, the relief and the community's leads. Names of the two stand on the assignments; here is
-- that of the leader who let the giver go.
create view projection.handover as
  select h.id as pk,
    array(
      select x from unnest(array[
        'lead:' || h.community_id,
        'user:' || (
          select r.login_id from app.assignment a
          join app.responder r on r.id = a.responder_id
          where a.id = h.id),
        'user:' || (
          select r.login_id from app.assignment a
          join app.responder r on r.id = a.responder_id
          where a.id = h.to_assignment_id)]) x
      where x is not null group by x) as scopes,
    jsonb_build_object(
      'id', h.id, 'community_id', h.community_id, 'to_assignment_id', h.to_assignment_id,
      'done', h.done, 'todo', h.todo, 'supplies', h.supplies, 'risks', h.risks,
      'given_at', h.given_at, 'taken_at', h.taken_at,
      'forced_at', h.forced_at, 'forced_reason', h.forced_reason,
      'forced_by_name', (select l.name from app.login l where l.id = h.forced_by)) as data
  from app.handover h;

call private.track('app.handover', 'private.mark_rows', 'handover');

-- A person who gains or loses a login gains or loses their handovers.
create function private.mark_handovers_moved() returns trigger language plpgsql as $$
declare moved uuid[];
begin
  select array_agg(n.id) into moved
  from new_rows n join old_rows o using (id)
  where n.login_id is distinct from o.login_id;
  if moved is null then return null; end if;
  perform sync.mark('handover', array(
    select h.id from app.assignment a
    join app.handover h on a.id in (h.id, h.to_assignment_id)
    where a.responder_id = any (moved)));
  return null;
end $$;
create trigger marks_handovers after update on app.responder referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_handovers_moved();

-- A leader's name changes.
create function private.mark_handovers_named() returns trigger language plpgsql as $$
declare named uuid[];
begin
  select array_agg(n.id) into named
  from new_rows n join old_rows o using (id)
  where n.name is distinct from o.name;
  if named is null then return null; end if;
  perform sync.mark('handover', array(select id from app.handover where forced_by = any (named)));
  return null;
end $$;
create trigger marks_handovers after update on app.login referencing new table as new_rows old table as old_rows
  for each statement execute function private.mark_handovers_named();
