-- The promise timer: due without an arrival → a ping; ten minutes later the place opens again and the coordinators are
-- told. Never in ordinary times.
begin;
select plan(18);
select tests.make_world();
grant execute on all functions in schema tests to authenticated;
select tests.make_callout('drill');
select tests.make_shift('slot', now() - interval '1 hour', 4, 3, 'door', 'drill'),
  tests.make_shift('roster', now() - interval '1 hour', 4, 1, 'gate');
select tests.make_assignment('a_roster', 'mei', 'roster');
-- Acting as ping and qiang: the one promises 15 minutes, the other was assigned and never answered
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@a_ping","shift_id":"@slot","on_full":"refuse","eta_min":15}'),
  'applied', 'Ping promises a quarter of an hour');
select tests.act_as('coordinator');
select is(tests.push('assign', '{"assignment_id":"@a_qiang","shift_id":"@slot","responder_id":"@qiang.person"}'),
  'applied', 'The other place is assigned');
select tests.act_as_owner();
update app.assignment set created_at = now() where id = tests.id('a_qiang');
select tests.tick(14);
select is(tests.state_of('assignment', 'a_ping'), 'accepted', 'Before it is due nobody is pinged');
select is(tests.value($$select count(*) from app.notice where kind = 'promise_due' and login_id = tests.id('ping')$$),
  '0', 'No notice is written before it is due');
select tests.tick(15);
select is(tests.value($$select count(*) from app.notice where kind = 'promise_due' and login_id = tests.id('ping')$$),
  '1', 'The person is pinged when the promise is due');
select tests.again(15, 'A second tick pings nobody twice');
select is(tests.state_of('assignment', 'a_ping'), 'accepted', 'The person has ten more minutes');
select is(tests.state_of('assignment', 'a_qiang'),
  'assigned', 'A place assigned in a running shift is not pinged at once');
select tests.act_as_owner();
select tests.make_waiting('w_mei', 'mei', 'slot', 1);
select tests.tick(25);
select is(tests.state_of('assignment', 'a_ping'), 'not_arrived',
  'Ten minutes later the person has not arrived, to be verified');
select is(tests.places('slot'), '1 filled, 1 held of 3', 'The place is open again, and held for the next in the queue');
select tests.tick(31);
select is(tests.state_of('assignment', 'a_qiang'), 'not_arrived', 'Half an hour later the assigned place is open too');
select is(tests.events('not_arrived') || ' '
    || tests.value($$
      select count(*) from app.notice where kind = 'not_arrived' and login_id = tests.id('coordinator')
    $$),
  '2 2', 'The coordinators are told');
select tests.again(31, 'Once');
select is(tests.state_of('assignment', 'a_roster'), 'accepted', 'A roster of ordinary times has no such timer');
-- Acting as ping, who comes late
select tests.act_as('ping');
select is(tests.push('check_in', '{"assignment_id":"@a_ping","at":"@now","way":"manual"}'),
  'applied', 'A person who comes late takes their place while one is free');
select is(tests.state_of('assignment', 'a_ping'), 'on_post', 'The late person is on post');
select tests.act_as_owner();
update app.callout set state = 'stood_down' where id = tests.id('drill');
select tests.make_assignment('a_again', 'coordinator', 'slot');
select tests.tick(60);
select is(tests.state_of('assignment', 'a_again'), 'accepted', 'A call-out that is over waits for nobody');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
