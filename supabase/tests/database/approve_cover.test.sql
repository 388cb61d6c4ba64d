-- approve_cover (批准顶班): a coordinator lets a place change hands close to its start.
begin;
select plan(31);
select tests.make_world();
select tests.make_shift('near', now() + interval '2 hours', 3, 1),
  tests.make_shift('other', now() + interval '2 hours', 3, 2, 'gate');
select tests.make_assignment('a_ping', 'ping', 'near'), tests.make_assignment('a_nobody', 'nobody', 'other');
select tests.make_cover('c_ping', 'a_ping'), tests.make_cover('c_nobody', 'a_nobody'), tests.commit();
select tests.act_as('mei');
select is(tests.push('take_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei"}'), 'applied', 'Mei says yes');
select tests.act_as('qiang');
select is(tests.push('take_cover', '{"cover_id":"@c_nobody","assignment_id":"@t_qiang"}'), 'applied', 'Qiang, too');

-- Acting as people who have no say
select tests.act_as('uninvited');
select tests.keeps_out('approve_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei"}',
  'A login that belongs nowhere approves nothing');
select tests.act_as('mei');
select tests.refuses('approve_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei"}', 'refused:forbidden',
  'Nobody approves themselves');
select tests.act_as('ping');
select tests.refuses('approve_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei"}', 'refused:forbidden',
  'The owner does not');
select tests.act_as('other_coordinator');
select tests.refuses('approve_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei"}', 'refused:forbidden',
  'The coordinator of another community does not');
select tests.act_as('officer');
select tests.refuses('approve_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei"}', 'refused:forbidden',
  'An officer does not');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('approve_cover', '{"cover_id":"@no_such","assignment_id":"@t_mei"}', 'refused:gone',
  'There is no such request');
select tests.refuses('approve_cover', '{"cover_id":"@c_ping","assignment_id":"@t_qiang"}', 'refused:wrong_state',
  'A yes that was meant for somebody else does not count');
select is(tests.heard_of_covers(), 'coordinator cover_claimed, coordinator cover_claimed', 'The coordinator was asked');
select is(tests.push('approve_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei"}'), 'applied', 'They approve');
select is(concat_ws(', ', tests.cover('c_ping'), tests.state_of('assignment', 'a_ping'),
    tests.state_of('assignment', 't_mei'), tests.places('near')),
  'taken 赵梅, released, accepted, 1 filled, 0 held of 1', 'The place has changed hands');
select is(tests.heard_of_covers(), 'mei cover_approved, ping cover_taken', 'Taker and owner are told');
select is(tests.push('approve_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei"}'), 'applied:already',
  'Twice answers already');
select is(tests.heard_of_covers(), null, 'And tells nobody again');

-- The taker is not free any more; the request is over
select tests.act_as_owner();
select tests.make_shift('beside', now() + interval '3 hours', 3, 1, 'other_door'),
  tests.make_assignment('a_beside', 'qiang', 'beside'), tests.commit();
select tests.act_as('coordinator');
select tests.refuses('approve_cover', '{"cover_id":"@c_nobody","assignment_id":"@t_qiang"}', 'refused:not_free',
  'A taker with other duty by now does not get it');
select is(tests.detail() ->> 'because', 'overlap', 'The coordinator learns why');
select tests.refuses('approve_cover', '{"cover_id":"@c_nobody","assignment_id":"@t_qiang"}', 'refused:closed',
  'Nobody is put on a shift that has begun', '{}', now() + interval '2 hours');
select is(tests.push('withdraw_cover', '{"cover_id":"@c_nobody"}'), 'applied', 'The request is taken back');
select tests.refuses('approve_cover', '{"cover_id":"@c_nobody","assignment_id":"@t_qiang"}', 'refused:closed',
  'Then there is nothing to approve');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
