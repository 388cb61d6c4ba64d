-- A roster: a draft for leads alone, a published one for everybody in the community in each of its months.
create view projection.roster as
  select r.id as pk,
    array['lead:' || r.community_id] || case when r.state = 'published' then array(
      select 'org:' || r.community_id || ':' || to_char(m, 'YYYYMM')
      from generate_series(date_trunc('month', r.starts_on), r.ends_on, interval '1 month') m) else '{}' end as scopes,
    jsonb_build_object(
      'id', r.id, 'community_id', r.community_id, 'name', r.name, 'starts_on', r.starts_on, 'ends_on', r.ends_on,
      'state', r.state, 'version', r.version) as data
  from app.roster r;

call private.track('app.roster', 'private.mark_rows', 'roster');
