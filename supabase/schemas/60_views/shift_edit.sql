-- What a coordinator did to a shift last, for the coordinators of its community.
create view projection.shift_edit as
  select e.id as pk, array['lead:' || s.community_id] as scopes, jsonb_build_object(
    'id', e.id, 'community_id', s.community_id, 'what', e.what, 'by_login', e.by_login, 'by_name', l.name,
    'at', e.at) as data
  from app.shift_edit e
  join app.shift s on s.id = e.id
  join app.login l on l.id = e.by_login;

call private.track('app.shift_edit', 'private.mark_rows', 'shift_edit');
