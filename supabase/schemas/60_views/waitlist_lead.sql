-- Who waits for a shift, in their order, for leads. Marked with my_waitlist.
create view projection.waitlist_lead as
  select w.id as pk, array['lead:' || s.community_id] as scopes, jsonb_build_object(
    'id', w.id, 'community_id', s.community_id, 'shift_id', w.shift_id, 'responder_id', w.responder_id,
    'name', r.name, 'rank', w.rank, 'state', w.state, 'hold_until', w.hold_until) as data
  from app.waitlist_entry w
  join app.shift s on s.id = w.shift_id
  join app.responder r on r.id = w.responder_id;
