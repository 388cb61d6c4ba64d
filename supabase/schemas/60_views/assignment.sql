-- Projections: what phones see of each row, and in which scopes. One view per table on the phone; its columns are those
-- of src/domain/rows.ts. Beside each view stand the triggers that mark a row as dirty when its projection may have
-- changed. A column that a reader may not see is in no view of their scopes. One row (table, pk) has the same data in
-- every scope. The views that every claim touches write joins as `lateral (… offset 0)`, which keeps the planner going
-- outwards from the dirty row. Otherwise it starts at the post, because there are few, and visits every shift the post
-- ever had.

-- Who serves when, by name, for everybody in the community, month by month. Marked by private.mark_assignment().
create view projection.assignment as
  select a.id as pk, array['org:' || s.community_id || ':' || private.month_of(a.starts_at)] as scopes,
    jsonb_build_object(
      'id', a.id, 'shift_id', a.shift_id, 'responder_id', a.responder_id, 'community_id', s.community_id,
      'name', r.name, 'starts_at', a.starts_at, 'ends_at', a.ends_at, 'state', a.state,
      'on_post_at', a.on_post_at, 'off_post_at', a.off_post_at, 'by_proxy', private.proxy_steps(a)) as data
  from app.assignment a
  join app.shift s on s.id = a.shift_id
  join app.responder r on r.id = a.responder_id
  where a.state not in ('withdrawn', 'released');
