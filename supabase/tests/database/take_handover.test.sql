-- take_handover: the relief's confirmation; also if the giver's phone never comes back.
begin;
select plan(39);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('first', now() - interval '4 hours', 4, 3, 'door', 'drill'),
  tests.make_shift('second', now(), 2, 2, 'door', 'drill'), tests.make_shift('elsewhere', now(), 2, 2, 'gate', 'drill');
select tests.make_assignment('a_ping', 'ping', 'first', 'on_post'),
  tests.make_assignment('a_qiang', 'qiang', 'second', 'on_post'),
  tests.make_assignment('a_mei', 'mei', 'elsewhere', 'on_post');
select tests.make_assignment('a_nobody', 'nobody', 'second', 'on_post');

-- Acting as anon
select tests.act_as_anon();
select tests.raises($$select api.push(gen_random_uuid(), 1, '[{"seq":1}]')$$,
  '42501', 'Nobody takes over without signing in');
-- Acting as ping, another coordinator, the officer
select tests.act_as('ping');
select tests.refuses('take_handover',
  '{"assignment_id":"@a_qiang","from_assignment_id":"@a_ping","at":"@now","note":null}', 'refused:forbidden',
  'The giver does not confirm for the relief');
select tests.act_as('other_coordinator');
select tests.refuses('take_handover',
  '{"assignment_id":"@a_qiang","from_assignment_id":"@a_ping","at":"@now","note":null}', 'refused:forbidden',
  'A coordinator confirms in their own community only');
select tests.act_as('officer');
select tests.refuses('take_handover',
  '{"assignment_id":"@a_qiang","from_assignment_id":"@a_ping","at":"@now","note":null}', 'refused:forbidden',
  'An officer acts for nobody');
-- Acting as mei
select tests.act_as('mei');
select tests.refuses('take_handover',
  '{"assignment_id":"@a_mei","from_assignment_id":"@a_ping","at":"@now","note":null}', 'refused:wrong_state',
  'A person who serves at another post takes nothing over here');
select tests.refuses('take_handover',
  '{"assignment_id":"@a_mei","from_assignment_id":"@no_such","at":"@now","note":null}', 'refused:gone',
  'An assignment that does not exist is gone');
select tests.refuses('take_handover',
  '{"assignment_id":"@no_such","from_assignment_id":"@a_ping","at":"@now","note":null}', 'refused:gone',
  'Neither side''s unknown assignment is found');

-- Acting as qiang: the relief confirms first
select tests.act_as('qiang');
select is(tests.push('take_handover',
    '{"assignment_id":"@a_qiang","from_assignment_id":"@a_ping","at":"@now","note":{"done":"送药 3 户","todo":"",
     "supplies":"","risks":""}}',
    jsonb_build_object('device_at', now() - interval '3 hours')),
  'applied', 'The relief confirms before the giver');
select is(tests.handover('a_ping'),
  'to qiang 送药 3 户/// taken',
  'The handover has the note the relief saw; the giver''s own confirmation is still missing');
select is(tests.value($$select taken_at = now() - interval '3 hours' from app.handover$$), 'true',
  'The relief''s confirmation has its own minute');
select is(tests.push('take_handover',
    '{"assignment_id":"@a_qiang","from_assignment_id":"@a_ping","at":"@now","note":null}'),
  'applied:already', 'Confirming twice answers the same');
select is(tests.events('handover_taken'), 1::bigint, 'The log has the confirmation once');
-- Acting as the coordinator for a second relief
select tests.act_as('coordinator');
select is(tests.push('take_handover',
    '{"assignment_id":"@a_nobody","from_assignment_id":"@a_ping","at":"@now","note":null}'),
  'applied:already', 'A second relief changes nothing');
select is(tests.handover('a_ping'), 'to qiang 送药 3 户/// taken', 'The first relief stays');
-- Acting as ping, hours later
select tests.act_as('ping');
select is(tests.push('check_out',
    '{"assignment_id":"@a_ping","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied', 'A giver with a relief leaves without a reason, whatever their phone knew');
select is(tests.state_of('assignment', 'a_ping'), 'relieved', 'Relieved');
select is(tests.push('give_handover',
    '{"assignment_id":"@a_ping","at":"@now","to_assignment_id":"@a_nobody","note":{"done":"送药 3 户","todo":"502",
     "supplies":"","risks":""}}'),
  'applied', 'The giver''s confirmation joins the same record');
select is(tests.handover('a_ping'),
  'to qiang 送药 3 户/502// given taken', 'The giver''s own note counts; the relief is the person who confirmed');
select is(tests.value('select count(*) from app.handover'), '1', 'There is one handover');
-- Acting as the coordinator, whose relief confirmed and was then taken off the list
select tests.act_as_owner();
select tests.make_assignment('a_chen', 'coordinator', 'first', 'on_post');
select tests.act_as('coordinator');
select is(tests.push('take_handover',
    '{"assignment_id":"@a_nobody","from_assignment_id":"@a_chen","at":"@now","note":null}'),
  'applied', 'A person without a phone takes over');
select tests.act_as_owner();
update app.assignment set state = 'not_arrived' where id = tests.id('a_nobody');
select tests.act_as('coordinator');
select is(tests.push('check_out',
    '{"assignment_id":"@a_chen","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied', 'A confirmation counts, although the relief was taken off the list');
-- Nobody takes over who has given the place back, nor before there is anything to take over
select tests.act_as_owner();
update app.assignment set state = 'done' where id in (tests.id('a_qiang'), tests.id('a_mei'));
select tests.make_callout('drill_2');
select tests.make_shift('run', now() - interval '1 hour', 2, 3, 'gate', 'drill_2'),
  tests.make_shift('next', now() + interval '1 hour', 2, 3, 'gate', 'drill_2'),
  tests.make_shift('next_2', now() + interval '3 hours', 2, 3, 'gate', 'drill_2');
select tests.make_assignment('r_ping', 'ping', 'run', 'on_post'), tests.make_assignment('r_qiang', 'qiang', 'next'),
  tests.make_assignment('r_mei', 'mei', 'next'), tests.make_assignment('r_nobody', 'nobody', 'next_2');
update app.assignment set state = 'released' where id = tests.id('r_mei');
select tests.act_as('mei');
select tests.refuses('take_handover',
  '{"assignment_id":"@r_mei","from_assignment_id":"@r_ping","at":"@now","note":null}', 'refused:wrong_state',
  'A person whose place went to somebody else takes nothing over');
select tests.act_as('coordinator');
select tests.refuses('take_handover',
  '{"assignment_id":"@r_nobody","from_assignment_id":"@r_qiang","at":"@now","note":null}', 'refused:wrong_state',
  'Nobody takes over a shift that has not begun');
select tests.act_as('qiang');
select is(tests.push('take_handover',
    '{"assignment_id":"@r_qiang","from_assignment_id":"@r_ping","at":"@now","note":{"done":"假的","todo":"",
     "supplies":"","risks":""}}')
    || ' ' || tests.push('withdraw', '{"assignment_id":"@r_qiang","reason":"other"}'),
  'applied applied', 'A relief confirms, and then gives the place back');
select tests.refuses('take_handover',
  '{"assignment_id":"@r_qiang","from_assignment_id":"@r_ping","at":"@now","note":null}', 'refused:wrong_state',
  'From then on they take nothing over');
select tests.act_as_owner();
update app.assignment set state = 'accepted' where id = tests.id('r_mei');
select tests.act_as('mei');
select is(tests.push('take_handover',
    '{"assignment_id":"@r_mei","from_assignment_id":"@r_ping","at":"@now","note":{"done":"真的","todo":"",
     "supplies":"","risks":""}}'),
  'applied', 'The relief that comes still confirms');
select is(tests.handover('r_ping'), 'to ' || tests.id('r_mei') || ' 真的/// taken', 'The record and its note are theirs');
select tests.act_as_owner();
update app.assignment set state = 'withdrawn' where id = tests.id('r_mei');
select tests.act_as('ping');
select is(tests.push('check_out',
    '{"assignment_id":"@r_ping","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied:no_relief', 'A confirmation of somebody who gave the place back relieves nobody');
-- Acting as the owner
select tests.act_as_owner();
update app.responder set login_id = null where id = tests.id('qiang.person');
select is_empty('select * from tests.drift()', 'A person who loses their login loses the record');
select * from finish();
rollback;
