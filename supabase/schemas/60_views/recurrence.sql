-- Duty that repeats, for the leads of its community, who make drafts of it.
create view projection.recurrence as
  select r.id as pk, array['lead:' || r.community_id] as scopes, jsonb_build_object(
    'id', r.id, 'community_id', r.community_id, 'posts', r.posts, 'days', r.days, 'pattern', r.pattern,
    'starts', to_char(r.starts, 'HH24:MI'), 'capacity', r.capacity) as data
  from app.recurrence r;

call private.track('app.recurrence', 'private.mark_rows', 'recurrence');
