-- The statutory calendar, for everybody in a community.
create view projection.holiday as
  select h.id as pk, array['calendar'] as scopes, jsonb_build_object(
    'id', h.id, 'day', h.day, 'kind', h.kind, 'name', h.name) as data
  from app.holiday h;

call private.track('app.holiday', 'private.mark_rows', 'holiday');
