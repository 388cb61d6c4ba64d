-- check_out: 离岗. It is always recorded with its time; leaving a running call-out without relief is told to the
-- coordinator.
begin;
select plan(24);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('first', now() - interval '2 hours', 2, 2, 'door', 'drill'),
  tests.make_shift('second', now(), 2, 2, 'door', 'drill');
select tests.make_shift('last', now() - interval '1 hour', 2, 2, 'gate', 'drill'),
  tests.make_shift('week', now() - interval '1 hour', 2, 1, 'gate');
select tests.make_assignment('a_ping', 'ping', 'first', 'on_post'),
  tests.make_assignment('a_qiang', 'qiang', 'first', 'on_post'), tests.make_assignment('a_mei', 'mei', 'second');
select tests.make_assignment('a_nobody', 'nobody', 'last', 'on_post'),
  tests.make_assignment('a_chen', 'coordinator', 'week', 'on_post');
select tests.make_waiting('w_wei', 'wei', 'week', 1);

-- Acting as mei
select tests.act_as('mei');
select tests.refuses('check_out',
  '{"assignment_id":"@a_ping","at":"@now","relief_assignment_id":null,"must_leave":null}', 'refused:forbidden',
  'Nobody checks another person out');
select is(tests.push('check_out',
    '{"assignment_id":"@a_mei","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied:disputed', 'A person who never arrived leaves in dispute');
select is(tests.state_of('assignment', 'a_mei'), 'accepted', 'They keep their place');
-- Acting as the coordinator of another community
select tests.act_as('other_coordinator');
select tests.refuses('check_out',
  '{"assignment_id":"@a_ping","at":"@now","relief_assignment_id":null,"must_leave":null}', 'refused:forbidden',
  'A coordinator acts in their own community only');

-- Acting as ping, whose relief has not come
select tests.act_as('ping');
select is(tests.push('check_out',
    '{"assignment_id":"@a_ping","at":"@now","relief_assignment_id":null,"must_leave":"fever"}',
    jsonb_build_object('device_at', now() - interval '5 minutes')),
  'applied:no_relief', 'Leaving without relief is recorded with its code');
select is(tests.value($$
    select state || ' ' || left_because || ' ' || (off_post_at = now() - interval '5 minutes')
    from app.assignment
    where id = tests.id('a_ping')
  $$),
  'done fever true', 'The reason and the phone''s time are kept');
select is(tests.places('first'), '1 filled, 0 held of 2', 'The place is open again');
select is(tests.events('no_relief'), 1::bigint, 'The coordinator is told');
select is(tests.value($$select count(reason) from app.event where kind in ('no_relief', 'off_post')$$),
  '0', 'The log keeps no reason, not even one that looks like a code');
select is(tests.push('check_out',
    '{"assignment_id":"@a_ping","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied:already', 'Leaving twice answers already');
select is(tests.places('first'), '1 filled, 0 held of 2', 'A second tap frees no second place');
select tests.refuses('check_out',
  '{"assignment_id":"@no_such","at":"@now","relief_assignment_id":null,"must_leave":null}', 'refused:gone',
  'An assignment that does not exist is gone');

-- Acting as qiang, whose phone saw the relief by QR
select tests.act_as('qiang');
select is(tests.push('check_out',
    '{"assignment_id":"@a_qiang","at":"@now","relief_assignment_id":"@a_mei","must_leave":null}'),
  'applied', 'With relief a person leaves without a code');
select is(tests.state_of('assignment', 'a_qiang'), 'relieved', 'Relieved, not merely done');
select is(tests.events('off_post'), 1::bigint, 'The check-out is in the log');

-- Acting as the coordinator, for a person without a phone, and for themselves
select tests.act_as('coordinator');
select is(tests.push('check_out',
    '{"assignment_id":"@a_nobody","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied:no_relief', 'Leaving early does not end the shift');
select is(tests.push('check_out',
    '{"assignment_id":"@a_chen","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied', 'In ordinary times nobody owes a relief');
select is(tests.places('week') || ', ' || tests.state_of('waitlist_entry', 'w_wei'),
  '0 filled, 1 held of 1, held', 'The freed place is held for the first on the waitlist');
select is(tests.value($$
    select detail ->> 'overtime_min' from app.event where kind = 'off_post' and subject_id = tests.id('a_chen')
  $$),
  '0', 'There is no overtime before the end');

-- Acting as the owner, who stands the call-out down
select tests.act_as_owner();
select tests.make_assignment('a_nobody2', 'nobody', 'second', 'on_post');
update app.shift set state = 'stood_down' where id = tests.id('second');
select tests.act_as('coordinator');
select is(tests.push('check_out',
    '{"assignment_id":"@a_nobody2","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied', 'After a stand-down a person on post may leave');
select is(tests.push('check_out',
    '{"assignment_id":"@a_nobody2","at":"@now","relief_assignment_id":null,"must_leave":null}', '{}',
    now() + interval '3 hours'),
  'applied:already', 'Once');
select * from finish();
rollback;
