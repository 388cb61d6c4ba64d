-- leave_waitlist: stop waiting. A held place goes on to the next.
begin;
select plan(15);
select tests.make_world();
select tests.make_shift('full', now() + interval '20 hours', 3, 1);
select tests.make_assignment('ping_full', 'ping', 'full');
select tests.make_waiting('w_qiang', 'qiang', 'full', 1), tests.make_waiting('w_mei', 'mei', 'full', 2);

-- Acting as mei
select tests.act_as('mei');
select tests.refuses('leave_waitlist', '{"waitlist_id":"@w_qiang"}', 'refused:gone',
  'Nobody takes another person off the waitlist');
-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('leave_waitlist', '{"waitlist_id":"@w_qiang"}', 'refused:gone',
  'A coordinator takes nobody off the waitlist');

-- Acting as ping, who gives a place back
select tests.act_as('ping');
select is(tests.push('withdraw', '{"assignment_id":"@ping_full","reason":"work"}'), 'applied', 'A place is freed');
select is(tests.state_of('waitlist_entry', 'w_qiang'), 'held', 'The freed place is held for rank 1');

-- Acting as qiang
select tests.act_as('qiang');
select is(tests.push('leave_waitlist', '{"waitlist_id":"@w_qiang"}'), 'applied', 'Rank 1 leaves');
select is(tests.state_of('waitlist_entry', 'w_qiang') || ' ' || tests.state_of('waitlist_entry', 'w_mei'),
  'left held', 'The hold goes on to rank 2');
select is(tests.places('full'), '0 filled, 1 held of 1', 'Exactly one place is held');
select is(tests.push('leave_waitlist', '{"waitlist_id":"@w_qiang"}'),
  'applied:already', 'Leaving twice answers already');
select is(tests.places('full'), '0 filled, 1 held of 1', 'Leaving twice takes nobody''s hold');

-- Acting as mei
select tests.act_as('mei');
select is(tests.push('leave_waitlist', '{"waitlist_id":"@w_mei"}'), 'applied', 'Rank 2 leaves too');
select is(tests.places('full'), '0 filled, 0 held of 1', 'With nobody waiting the place is free for all');
select tests.refuses('leave_waitlist', '{"waitlist_id":"@no_such"}', 'refused:gone',
  'An entry that does not exist is gone');
select * from finish();
rollback;
