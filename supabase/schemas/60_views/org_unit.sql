-- The tree of a community, for everybody in it.
create view projection.org_unit as
  select u.id as pk, array['org:' || u.community_id || ':open'] as scopes, jsonb_build_object(
    'id', u.id, 'community_id', u.community_id, 'level', u.level, 'name', u.name, 'parent_id', u.parent_id,
    'sort', u.sort, 'duty_line', u.duty_line) as data
  from app.org_unit u
  where u.community_id is not null;

-- The codes of a community's doors, for its leads, who print them.
create view projection.door as
  select u.id as pk, array['lead:' || u.community_id] as scopes, jsonb_build_object(
    'id', u.id, 'community_id', u.community_id, 'door_code', u.door_code) as data
  from app.org_unit u
  where u.door_code is not null and u.community_id is not null;

-- A unit's name, duty line and place in the tree show on cards, on people's homes and in everybody's own record.
-- p_shown: units with another name or duty line; p_renamed: those with another name; p_moved: those that moved.
create function private.mark_places(p_shown uuid[], p_renamed uuid[], p_moved uuid[]) returns void
language plpgsql as $$
declare people uuid[];
begin
  if p_shown is null and p_moved is null then return; end if;
  perform private.mark_cards_at(array(
    select p.id from app.post p
    join app.org_unit u on u.id = p.org_unit_id
    where u.id = any (p_shown || p_moved) or u.community_id = any (p_shown) or u.parent_id = any (p_renamed)));
  select array_agg(r.id) into people from (
    select r.id from app.responder r
    join app.org_unit h on h.id = r.home_building_id
    where h.id = any (p_moved || p_renamed) or h.parent_id = any (p_renamed)
    order by r.id for no key update of r) r;
  perform sync.mark('responder_lead', people);
  perform sync.mark('community_sum', array(
    select id from app.org_unit where parent_id = any (p_renamed) and level = 'community'));
  perform private.mark_logins(array(
    select g.login_id from app.role_grant g
    join app.org_unit u on u.id = g.org_unit_id
    where u.id = any (p_shown || p_moved) or u.parent_id = any (p_renamed)
    union
    select r.login_id from app.report_in ri
    join app.responder r on r.id = ri.responder_id
    join app.org_unit u on u.id = ri.community_id
    where r.login_id is not null and (u.id = any (p_shown || p_moved) or u.parent_id = any (p_renamed))));
end $$;

-- A changed unit shows in the tree, in the sums of its community and in the open modes. The community is locked first.
create function private.mark_org_unit() returns trigger language plpgsql as $$
declare
  ids uuid[];
  communities uuid[];
  shown uuid[];
  renamed uuid[];
  moved uuid[];
begin
  if tg_op = 'DELETE' then
    select array_agg(id), array_agg(distinct community_id) into ids, communities from old_rows;
  else
    select array_agg(id), array_agg(distinct community_id) into ids, communities from new_rows;
  end if;
  if ids is null then return null; end if;
  perform from app.org_unit where id = any (communities) order by id for no key update;
  perform sync.mark('org_unit', ids), sync.mark('door', ids),
    sync.mark('community_sum', array_remove(communities, null));
  perform sync.mark('mode', array(
    select m.id from app.mode m where m.state = 'open' or m.org_unit_id = any (ids)));
  if tg_op = 'UPDATE' then
    select array_agg(n.id) filter (where (n.name, n.duty_line) is distinct from (o.name, o.duty_line)),
      array_agg(n.id) filter (where n.name <> o.name),
      array_agg(n.id) filter (where n.path::text <> o.path::text)
    into shown, renamed, moved
    from new_rows n join old_rows o using (id);
    perform private.mark_places(shown, renamed, moved);
  end if;
  return null;
end $$;
call private.track('app.org_unit', 'private.mark_org_unit');
