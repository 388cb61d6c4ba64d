-- A request for people between two communities of a street; the leads of both see one row.
create view projection.reinforcement as
  select r.id as pk, array['lead:' || r.from_community_id, 'lead:' || r.to_community_id] as scopes,
    jsonb_build_object(
      'id', r.id, 'ladder_id', r.ladder_id,
      'from_community_id', r.from_community_id, 'from_name', f.name,
      'to_community_id', r.to_community_id, 'to_name', t.name,
      'slot_starts_at', l.slot_starts_at, 'slot_ends_at', l.slot_ends_at,
      'title', c.title, 'kind', c.kind, 'skill', c.policy ->> 'skill', 'people', r.people, 'note', r.note, 'state', r.state,
      'promised', r.promised, 'asked_at', r.asked_at, 'answered_at', r.answered_at) as data
  from app.reinforcement r
  join app.org_unit f on f.id = r.from_community_id
  join app.org_unit t on t.id = r.to_community_id
  join app.ladder l on l.id = r.ladder_id
  join app.callout c on c.id = l.callout_id;

call private.track('app.reinforcement', 'private.mark_rows', 'reinforcement');
