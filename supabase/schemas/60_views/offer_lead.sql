-- Who was asked for a call-out, why, and what they answered, for leads. Marked with my_offer.
create view projection.offer_lead as
  select o.id as pk, array['lead:' || co.community_id] as scopes, jsonb_build_object(
    'id', o.id, 'community_id', co.community_id, 'callout_id', o.callout_id, 'responder_id', o.responder_id,
    'name', r.name, 'shift_id', o.shift_id,
    'slot_starts_at', o.slot_starts_at, 'slot_ends_at', o.slot_ends_at,
    'tier', o.tier, 'wave', o.wave, 'why', o.why, 'state', o.state,
    'sent_at', o.sent_at, 'expires_at', o.expires_at, 'answered_at', o.answered_at) as data
  from app.offer o
  join app.callout co on co.id = o.callout_id
  join app.responder r on r.id = o.responder_id;
