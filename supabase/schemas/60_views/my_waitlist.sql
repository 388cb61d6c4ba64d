-- A person's own place in a queue, with its rank and the time until which a place is held.
create view projection.my_waitlist as
  select w.id as pk, array['user:' || r.login_id] as scopes, jsonb_build_object(
    'id', w.id, 'shift_id', w.shift_id, 'community_id', s.community_id, 'place_name', pl.name, 'post_name', po.name,
    'starts_at', s.starts_at, 'ends_at', s.ends_at, 'rank', w.rank, 'state', w.state,
    'hold_until', w.hold_until,
    'choice', case when s.callout_id is null then po.waitlist_choice else 'auto' end) as data
  from app.waitlist_entry w
  join app.responder r on r.id = w.responder_id and r.login_id is not null
  join app.shift s on s.id = w.shift_id
  cross join lateral (select * from app.post x where x.id = s.post_id offset 0) po
  cross join lateral (select * from private.place x where x.id = po.org_unit_id offset 0) pl;

call private.track('app.waitlist_entry', 'private.mark_rows', 'my_waitlist', 'waitlist_lead');
