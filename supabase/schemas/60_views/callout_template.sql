-- A community's edition of a call-out template, for its leads.
create view projection.callout_template as
  select t.id as pk, array['lead:' || t.community_id] as scopes, jsonb_build_object(
    'id', t.id, 'community_id', t.community_id, 'key', t.key, 'name', t.name, 'ground', t.ground, 'kind', t.kind,
    'capacity', t.capacity, 'pattern', t.pattern, 'task', t.task, 'kit', t.kit) as data
  from app.callout_template t;

call private.track('app.callout_template', 'private.mark_rows', 'callout_template');
