-- A planned person on a draft shift, for leads alone: drafts are invisible to responders (R19).
create view projection.draft_assignment as
  select d.id as pk, array['lead:' || s.community_id] as scopes, jsonb_build_object(
    'id', d.id, 'community_id', s.community_id, 'shift_id', d.shift_id, 'responder_id', d.responder_id,
    'name', r.name) as data
  from app.draft_assignment d
  join app.shift s on s.id = d.shift_id
  join app.responder r on r.id = d.responder_id;

call private.track('app.draft_assignment', 'private.mark_rows', 'draft_assignment');
