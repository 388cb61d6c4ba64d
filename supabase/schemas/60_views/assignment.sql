create view projection.assignment as
  select a.id as pk, array['org:' || s.community_id || ':' || private.month_of(a.starts_at)] as scopes, jsonb_build_object(
    'id', a.id, 'shift_id', a.shift_id, 'responder_id', a.responder_id, 'community_id', s.community_id, 'name', r.name,
    'starts_at', a.starts_at, 'ends_at', a.ends_at, 'state', a.state, 'on_post_at', a.on_post_at, 'off_post_at', a.off_post_at) as data
  from app.assignment a join app.shift s on s.id = a.shift_id join app.responder r on r.id = a.responder_id
  where a.state not in ('withdrawn', 'released');
