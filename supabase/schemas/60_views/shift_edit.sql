-- What a coordinator did to a shift last, for the coordinators of its community.
create view projection.shift_edit as
  select e.id as pk, array['lead:' || e.community_id] as scopes, jsonb_build_object(
    'id', e.id, 'community_id', e.community_id, 'org_unit_id', p.org_unit_id, 'post_name', p.name,
    'starts_at', e.starts_at, 'ends_at', e.ends_at, 'what', e.what, 'by_login', e.by_login, 'by_name', l.name,
    'at', e.at) as data
  from app.shift_edit e
  join app.post p on p.id = e.post_id
  join app.login l on l.id = e.by_login;

call private.track('app.shift_edit', 'private.mark_rows', 'shift_edit');
