-- decline_shift says no to an offer, or to a place that a coordinator assigned. A late no is as good as an early one.
begin;
select plan(29);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('slot', now() + interval '2 hours', 3, 2, 'door', 'drill');
select tests.make_shift('week', now() + interval '20 hours', 3, 1);
select tests.make_offer('offer_ping', 'ping', 'slot'), tests.make_offer('offer_qiang', 'qiang', 'slot'),
  tests.make_offer('offer_mei', 'mei', 'slot');
update app.offer set state = 'expired' where id = tests.id('offer_qiang');
select tests.make_assignment('planned_mei', 'mei', 'week', 'assigned');
select tests.make_waiting('ping_waits', 'ping', 'week', 1);

-- Acting as qiang
select tests.act_as('qiang');
select tests.refuses('decline_shift', '{"offer_id":"@offer_ping","assignment_id":null,"reason":"work"}', 'refused:gone',
  'Nobody declines another person''s offer');
select tests.refuses('decline_shift', '{"offer_id":null,"assignment_id":"@planned_mei","reason":"work"}',
  'refused:gone', 'Nobody declines another person''s place');
select is(tests.push('decline_shift', '{"offer_id":"@offer_qiang","assignment_id":null,"reason":"ill"}'),
  'applied', 'An expired offer may still be declined');
select is(tests.state_of('offer', 'offer_qiang'), 'declined', 'The late no is kept');

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('decline_shift', '{"offer_id":"@offer_ping","assignment_id":null,"reason":"away"}'),
  'applied', 'A responder declines an offer');
select is(tests.state_of('offer', 'offer_ping'), 'declined', 'The offer is declined');
select is(tests.value($$
    select reason || ' ' || (answered_at = now()) from app.offer where id = tests.id('offer_ping')
  $$),
  'away true', 'The reason and the time of the answer are kept');
select is(tests.push('decline_shift', '{"offer_id":"@offer_ping","assignment_id":null,"reason":"away"}'),
  'applied:already', 'Declining twice answers already');
select is(tests.events('offer_declined'), 2::bigint, 'Each no is in the log once');
select is(tests.value($$select count(reason) from app.event where kind = 'offer_declined'$$),
  '0', 'The log keeps no reason of an offer');
select is(tests.push('accept_shift',
    '{"assignment_id":"@a1","shift_id":"@slot","offer_id":"@offer_ping","on_full":"refuse"}'),
  'applied', 'After a no the person may still say yes');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('decline_shift', '{"offer_id":null,"assignment_id":"@planned_mei","reason":"ill"}', 'refused:gone',
  'A coordinator does not decline for a person, but releases them');

-- Acting as mei
select tests.act_as('mei');
select is(tests.push('decline_shift', '{"offer_id":null,"assignment_id":"@planned_mei","reason":"ill"}'),
  'applied', 'A person declines the place they were assigned');
select is(tests.state_of('assignment', 'planned_mei'), 'withdrawn', 'The assignment is withdrawn');
select is(tests.places('week'), '0 filled, 1 held of 1', 'The place is held for the first on the waitlist');
select is(tests.state_of('waitlist_entry', 'ping_waits'), 'held', 'The first on the waitlist is told');
select is(tests.events('assignment_declined'), 1::bigint, 'The no is in the log');
select is(tests.value($$select count(reason) from app.event where kind = 'assignment_declined'$$),
  '0', 'Nor of a place');
select is(tests.push('decline_shift', '{"offer_id":null,"assignment_id":"@planned_mei","reason":"ill"}'),
  'applied:already', 'A place given back answers already');
select is(tests.push('accept_shift',
    '{"assignment_id":"@c1","shift_id":"@slot","offer_id":"@offer_mei","on_full":"refuse"}'),
  'applied', 'Mei accepts an offer');
select tests.refuses('decline_shift', '{"offer_id":null,"assignment_id":"@c1","reason":"ill"}', 'refused:wrong_state',
  'An accepted place is withdrawn from, not declined');
select tests.refuses('decline_shift', '{"offer_id":"@offer_mei","assignment_id":null,"reason":"ill"}',
  'refused:wrong_state', 'An accepted offer is not declined: the person is still on the shift');
select tests.refuses('decline_shift', '{"offer_id":null,"assignment_id":"@no_such","reason":"ill"}', 'refused:gone',
  'An offer that does not exist is gone');
select * from finish();
rollback;
