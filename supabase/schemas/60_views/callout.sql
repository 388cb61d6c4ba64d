-- A call-out with its mode's ground and document: for its leads always, for everybody in the community until it is
-- closed.
create view projection.callout as
  select c.id as pk,
    array[
      'lead:' || c.community_id,
      case when c.state <> 'closed' then 'org:' || c.community_id || ':open' end] as scopes,
    jsonb_build_object(
      'id', c.id, 'community_id', c.community_id, 'kind', c.kind, 'title', c.title, 'state', c.state,
      'attention', c.attention, 'mode_id', c.mode_id, 'ground', m.ground, 'document_no', m.document_no,
      'opened_by_name', l.name, 'opened_at', c.opened_at, 'stood_down_at', c.stood_down_at,
      'policy', c.policy) as data
  from app.callout c
  join app.login l on l.id = c.opened_by
  left join app.mode m on m.id = c.mode_id;

-- A call-out that opens or ends moves its shifts into or out of the community's open scope. Its offers name ground and
-- document of the mode, and another mode may have others.
create function private.mark_callout() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform sync.mark('callout', array(select id from old_rows));
    return null;
  end if;
  perform sync.mark('callout', array(select id from new_rows));
  if tg_op = 'UPDATE' then
    perform sync.mark('shift', array(
      select s.id from app.shift s
      join new_rows n on n.id = s.callout_id
      join old_rows o on o.id = n.id
      where (n.state in ('open', 'filled')) <> (o.state in ('open', 'filled'))));
    perform sync.mark('my_offer', array(
      select f.id from app.offer f
      join new_rows n on n.id = f.callout_id
      join old_rows o on o.id = n.id
      where n.mode_id is distinct from o.mode_id));
  end if;
  return null;
end $$;
call private.track('app.callout', 'private.mark_callout');
