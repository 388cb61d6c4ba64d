-- take_handover: the relief's confirmation; also when the giver's phone never comes back.
begin;
select plan(29);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('first', now() - interval '2 hours', 2, 3, 'door', 'drill'),
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
  'The giver does not confirm for his relief');
select tests.act_as('other_coordinator');
select tests.refuses('take_handover',
  '{"assignment_id":"@a_qiang","from_assignment_id":"@a_ping","at":"@now","note":null}', 'refused:forbidden',
  'A coordinator acts in his community only');
select tests.act_as('officer');
select tests.refuses('take_handover',
  '{"assignment_id":"@a_qiang","from_assignment_id":"@a_ping","at":"@now","note":null}', 'refused:forbidden',
  'An officer acts for nobody');
-- Acting as mei
select tests.act_as('mei');
select tests.refuses('take_handover',
  '{"assignment_id":"@a_mei","from_assignment_id":"@a_ping","at":"@now","note":null}', 'refused:wrong_state',
  'Whoever serves at another post takes nothing over here');
select tests.refuses('take_handover',
  '{"assignment_id":"@a_mei","from_assignment_id":"@no_such","at":"@now","note":null}', 'refused:gone',
  'What does not exist is gone');
select tests.refuses('take_handover',
  '{"assignment_id":"@no_such","from_assignment_id":"@a_ping","at":"@now","note":null}', 'refused:gone',
  'On neither side');

-- Acting as qiang: the relief's word comes first
select tests.act_as('qiang');
select is(tests.push('take_handover',
    '{"assignment_id":"@a_qiang","from_assignment_id":"@a_ping","at":"@now","note":{"done":"送药 3 户","todo":"",
     "supplies":"","risks":""}}',
    jsonb_build_object('device_at', now() - interval '3 hours')),
  'applied', 'Taken before the giver''s phone has spoken');
select is(tests.handover('a_ping'),
  'to qiang 送药 3 户/// taken', 'With the note the relief saw; the giver''s own confirmation is still owed');
select is(tests.value($$select taken_at = now() - interval '3 hours' from app.handover$$), 'true', 'At its own minute');
select is(tests.push('take_handover',
    '{"assignment_id":"@a_qiang","from_assignment_id":"@a_ping","at":"@now","note":null}'),
  'applied:already', 'Twice is once');
select is(tests.events('handover_taken'), 1::bigint, 'The log has it once');
-- Acting as the coordinator for a second relief
select tests.act_as('coordinator');
select is(tests.push('take_handover',
    '{"assignment_id":"@a_nobody","from_assignment_id":"@a_ping","at":"@now","note":null}'),
  'applied:already', 'A second relief changes nothing');
select is(tests.handover('a_ping'), 'to qiang 送药 3 户/// taken', 'The first one took it');
-- Acting as ping, hours later
select tests.act_as('ping');
select is(tests.push('check_out',
    '{"assignment_id":"@a_ping","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied', 'Who is taken over from leaves plainly, whatever his phone knew');
select is(tests.state_of('assignment', 'a_ping'), 'relieved', 'Relieved');
select is(tests.push('give_handover',
    '{"assignment_id":"@a_ping","at":"@now","to_assignment_id":"@a_nobody","note":{"done":"送药 3 户","todo":"502",
     "supplies":"","risks":""}}'),
  'applied', 'The giver''s word joins the same record');
select is(tests.handover('a_ping'),
  'to qiang 送药 3 户/502// given taken', 'His own note counts; the relief is whoever confirmed');
select is(tests.value('select count(*) from app.handover'), '1', 'One handover');
-- Acting as the coordinator, whose relief confirmed and was then taken off the list
select tests.act_as_owner();
select tests.make_assignment('a_chen', 'coordinator', 'first', 'on_post');
select tests.act_as('coordinator');
select is(tests.push('take_handover',
    '{"assignment_id":"@a_nobody","from_assignment_id":"@a_chen","at":"@now","note":null}'),
  'applied', 'Somebody without a phone takes over');
select tests.act_as_owner();
update app.assignment set state = 'not_arrived' where id = tests.id('a_nobody');
select tests.act_as('coordinator');
select is(tests.push('check_out',
    '{"assignment_id":"@a_chen","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied', 'What was confirmed counts, whatever the list says of the relief');
-- Acting as the owner
select tests.act_as_owner();
update app.responder set login_id = null where id = tests.id('qiang.person');
select is_empty('select * from tests.drift()', 'Who loses his login loses the record');
select * from finish();
rollback;
