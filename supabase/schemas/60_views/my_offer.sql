-- A person's own offer: the call-out with its ground and document, the suggested place, and the task.
create view projection.my_offer as
  select o.id as pk, array['user:' || r.login_id] as scopes, jsonb_build_object(
    'id', o.id, 'callout_id', o.callout_id, 'callout_title', co.title, 'callout_kind', co.kind,
    'ground', m.ground, 'document_no', m.document_no, 'opened_by_name', op.name,
    'community_id', s.community_id, 'community_name', pl.community_name,
    'shift_id', s.id, 'org_unit_id', po.org_unit_id, 'place_name', pl.name,
    'post_id', po.id, 'post_name', po.name, 'post_kind', po.kind, 'task', po.task, 'kit', po.kit,
    'contact', po.contact, 'duty_line', pl.duty_line,
    'starts_at', o.slot_starts_at, 'ends_at', o.slot_ends_at, 'capacity', s.capacity,
    'skill', s.requirement ->> 'skill',
    'state', o.state, 'wave', o.wave,
    'sent_at', o.sent_at, 'expires_at', o.expires_at, 'answered_at', o.answered_at) as data
  from app.offer o
  join app.responder r on r.id = o.responder_id and r.login_id is not null
  join app.callout co on co.id = o.callout_id
  join app.login op on op.id = co.opened_by
  left join app.mode m on m.id = co.mode_id
  join app.shift s on s.id = o.shift_id
  cross join lateral (select * from app.post x where x.id = s.post_id offset 0) po
  cross join lateral (select * from private.place x where x.id = po.org_unit_id offset 0) pl;

call private.track('app.offer', 'private.mark_rows', 'my_offer', 'offer_lead');
