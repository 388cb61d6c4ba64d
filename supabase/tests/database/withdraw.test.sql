-- withdraw: give an accepted place back before being on post. The next in the queue gets it.
begin;
select plan(24);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('week', now() + interval '20 hours', 3, 1),
  tests.make_shift('slot', now() + interval '2 hours', 3, 1, 'door', 'drill');
select tests.make_shift('running', now() - interval '1 hour', 2, 1, 'gate');
select tests.make_assignment('ping_week', 'ping', 'week'), tests.make_assignment('ping_slot', 'ping', 'slot'),
  tests.make_assignment('ping_running', 'ping', 'running', 'on_post');
select tests.make_waiting('qiang_week', 'qiang', 'week', 1), tests.make_waiting('mei_week', 'mei', 'week', 2),
  tests.make_waiting('qiang_slot', 'qiang', 'slot', 1);

-- Acting as anon
select tests.act_as_anon();
select tests.raises($$select api.push(gen_random_uuid(), 1, '[{"seq":1}]')$$,
  '42501', 'Nobody withdraws without signing in');

-- Acting as mei
select tests.act_as('mei');
select tests.refuses('withdraw', '{"assignment_id":"@ping_week","reason":"work"}', 'refused:gone',
  'Nobody withdraws another person');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('withdraw', '{"assignment_id":"@ping_week","reason":"work"}', 'refused:gone',
  'A coordinator does not withdraw for a person, but releases them');

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('withdraw', '{"assignment_id":"@ping_week","reason":"work"}'),
  'applied', 'A responder gives their place back');
select is(tests.state_of('assignment', 'ping_week'), 'withdrawn', 'The assignment is withdrawn');
select is(tests.value($$select left_because from app.assignment where id = tests.id('ping_week')$$),
  'work', 'The assignment has its reason');
select is(tests.value($$select coalesce(reason, '-') from app.event where kind = 'withdrew'$$),
  '-', 'The log, which keeps everything, has it not');
select is(tests.places('week'), '0 filled, 1 held of 1', 'The place is held, not open to all');
select is(tests.state_of('waitlist_entry', 'qiang_week') || ' ' || tests.state_of('waitlist_entry', 'mei_week'),
  'held waiting', 'Rank 1 is held, rank 2 waits');
select is(tests.value($$
    select hold_until = private.held_until(s, now()) from app.waitlist_entry w join app.shift s on s.id = w.shift_id
    where w.id = tests.id('qiang_week')
  $$),
  'true', 'In ordinary times a hold lasts two hours, from the morning on if it is night');
select is(tests.push('withdraw', '{"assignment_id":"@ping_slot","reason":"ill"}'),
  'applied', 'The responder gives their call-out place back too');
select is(tests.value($$
    select hold_until = now() + interval '3 minutes' from app.waitlist_entry where id = tests.id('qiang_slot')
  $$),
  'true', 'In a call-out a hold lasts three minutes');
select is(tests.events('withdrew'), 2::bigint, 'Both withdrawals are in the log');
select is(tests.push('withdraw', '{"assignment_id":"@ping_week","reason":"work"}'),
  'applied:already', 'Withdrawing twice answers already');
select is(tests.places('week'), '0 filled, 1 held of 1', 'Withdrawing twice frees no second place');
select tests.refuses('withdraw', '{"assignment_id":"@ping_running","reason":"work"}', 'refused:wrong_state',
  'A person on post checks out instead');
select tests.refuses('withdraw', '{"assignment_id":"@no_such","reason":"work"}', 'refused:gone',
  'An assignment that does not exist is gone');

-- Acting as a login that belongs nowhere
select tests.act_as('uninvited');
select tests.keeps_out('withdraw', '{"assignment_id":"@ping_slot","reason":"work"}',
  'A login that belongs nowhere sees no place');
select * from finish();
rollback;
