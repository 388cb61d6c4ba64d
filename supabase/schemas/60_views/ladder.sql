-- A ladder with its rungs, for leads and for officers above. It holds counts only, so that both see the same row.
create view projection.ladder as
  select l.id as pk, array['lead:' || l.community_id, 'sum:' || l.community_id] as scopes, jsonb_build_object(
    'id', l.id, 'community_id', l.community_id, 'callout_id', l.callout_id,
    'drill', (select case c.kind when 'drill' then 'yes' else 'no' end from app.callout c where c.id = l.callout_id),
    'slot_starts_at', l.slot_starts_at, 'slot_ends_at', l.slot_ends_at, 'state', l.state, 'position', l.position,
    'opens_at', l.opens_at, 'rung_at', l.rung_at, 'next_at', l.next_at,
    'rungs', (
      select jsonb_agg(jsonb_build_object(
        'position', e.position, 'level', e.level, 'minutes', e.minutes, 'state', e.state, 'at', e.at,
        'reason', e.reason, 'cause', e.cause, 'told', e.told, 'asked', e.asked, 'people', e.people)
        order by e.position)
      from app.escalation e where e.ladder_id = l.id)) as data
  from app.ladder l;

-- Rungs change only under their ladder's lock, and the ladder is written last, so its mark covers both.
call private.track('app.ladder', 'private.mark_rows', 'ladder');
