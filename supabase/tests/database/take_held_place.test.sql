-- take_held_place: turn one's own live hold into a place.
begin;
select plan(25);
select tests.make_world();
select tests.make_shift('one', now() + interval '20 hours', 3, 1),
  tests.make_shift('two', now() + interval '35 hours', 3, 1), tests.make_shift('soon', now() + interval '1 hour', 3, 1);
select tests.make_shift('at_once_with_two', now() + interval '36 hours', 3, 1, 'gate'),
  tests.make_shift('off', now() + interval '50 hours', 3, 1);
select tests.make_waiting('w_one', 'ping', 'one', 1), tests.make_waiting('w_two', 'ping', 'two', 1),
  tests.make_waiting('w_soon', 'ping', 'soon', 1), tests.make_waiting('w_off', 'ping', 'off', 1),
  tests.make_waiting('w_mei', 'mei', 'one', 2);
update app.waitlist_entry
set state = 'held', hold_until = now() + interval '2 hours'
where responder_id = tests.id('ping.person');
update app.shift set held = 1 where id in (select shift_id from app.waitlist_entry where state = 'held');
update app.shift set state = 'cancelled' where id = tests.id('off');
select tests.make_assignment('clash', 'ping', 'at_once_with_two');

-- Acting as mei
select tests.act_as('mei');
select tests.refuses('take_held_place', '{"waitlist_id":"@w_one","assignment_id":"@c1","eta_min":null}', 'refused:gone',
  'Nobody takes a place held for another');
select tests.refuses('take_held_place', '{"waitlist_id":"@w_mei","assignment_id":"@c1","eta_min":null}',
  'refused:wrong_state', 'Waiting alone takes no place');
select tests.refuses('accept_shift', '{"assignment_id":"@c1","shift_id":"@one","on_full":"refuse"}', 'refused:full',
  'A held place cannot be claimed past the queue');

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('take_held_place', '{"waitlist_id":"@w_one","assignment_id":"@a1","eta_min":null}'),
  'applied', 'The holder takes their place');
select is(tests.places('one'), '1 filled, 0 held of 1', 'The hold became a place');
select is(tests.state_of('waitlist_entry', 'w_one') || ' ' || tests.state_of('assignment', 'a1'),
  'taken accepted', 'Entry and assignment agree');
select is(tests.push('take_held_place', '{"waitlist_id":"@w_one","assignment_id":"@a1b","eta_min":null}'),
  'applied:already', 'Taking twice answers already');
select is(tests.places('one'), '1 filled, 0 held of 1', 'Taking twice takes no second place');
select tests.refuses('take_held_place', '{"waitlist_id":"@w_two","assignment_id":"@a2","eta_min":null}',
  'refused:overlap', 'Overlap is checked when the hold is taken');
select tests.refuses('take_held_place', '{"waitlist_id":"@w_off","assignment_id":"@a3","eta_min":null}',
  'refused:closed', 'A cancelled shift is closed');
select tests.refuses('take_held_place', '{"waitlist_id":"@w_soon","assignment_id":"@a4","eta_min":null}',
  'refused:stale', 'An intent older than 30 minutes asks again',
  jsonb_build_object('device_at', now() - interval '31 minutes'));
select tests.refuses('take_held_place', '{"waitlist_id":"@w_soon","assignment_id":"@a4","eta_min":null}',
  'refused:wrong_state', 'A hold that ran out takes no place', '{}', now() + interval '2 hours');
select tests.refuses('take_held_place', '{"waitlist_id":"@w_soon","assignment_id":"4","eta_min":null}',
  'refused:invalid', 'An assignment needs an id');
select tests.refuses('take_held_place', '{"waitlist_id":"@w_soon","assignment_id":"@a4","eta_min":9}',
  'refused:invalid', 'An arrival in 9 minutes is refused');

-- Acting as a login that belongs nowhere
select tests.act_as('uninvited');
select tests.keeps_out('take_held_place', '{"waitlist_id":"@w_soon","assignment_id":"@e1","eta_min":null}',
  'A login that belongs nowhere sees no hold');
select * from finish();
rollback;
