-- refuse_cover (不批准顶班): a coordinator says no to the one who said yes.
begin;
select plan(23);
select tests.make_world();
select tests.make_shift('near', now() + interval '2 hours', 3, 1), tests.make_shift('far', tests.at(3, '08:00'), 3, 1);
select tests.make_assignment('a_ping', 'ping', 'near'), tests.make_assignment('a_far', 'ping', 'far');
select tests.make_cover('c_ping', 'a_ping'), tests.make_cover('c_far', 'a_far'), tests.commit();
select tests.act_as('mei');
select is(tests.push('take_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei"}'), 'applied', 'Mei says yes');

-- Acting as people who have no say
select tests.act_as('uninvited');
select tests.keeps_out('refuse_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei","reason":null}',
  'A login that belongs nowhere refuses nothing');
select tests.act_as('qiang');
select tests.refuses('refuse_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei","reason":null}',
  'refused:forbidden', 'A colleague does not');
select tests.act_as('ping');
select tests.refuses('refuse_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei","reason":null}',
  'refused:forbidden', 'The owner does not');
select tests.act_as('other_coordinator');
select tests.refuses('refuse_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei","reason":null}',
  'refused:forbidden', 'The coordinator of another community does not');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('refuse_cover', '{"cover_id":"@no_such","assignment_id":"@t_mei","reason":null}', 'refused:gone',
  'There is no such request');
select tests.refuses('refuse_cover', '{"cover_id":"@c_ping","assignment_id":"@t_other","reason":null}',
  'refused:wrong_state', 'A no that was meant for somebody else does not count');
select is(tests.heard_of_covers(), 'coordinator cover_claimed', 'The coordinator was asked');
select is(tests.push('refuse_cover',
    '{"cover_id":"@c_ping","assignment_id":"@t_mei","reason":"需要会急救的人，请拨 13800138000"}'),
  'applied', 'They refuse');
select is(concat_ws(', ', tests.cover('c_ping'), tests.state_of('assignment', 'a_ping')), 'open, accepted',
  'The request is open again, the owner responsible');
select is(tests.heard_of_covers(), 'mei cover_off refused 需要会急救的人，请拨 ***, ping cover_returned refused_open',
  'Mei is told why, without a number; the owner that it is open again, without the words for mei');
select is(tests.push('refuse_cover', '{"cover_id":"@c_ping","assignment_id":"@t_mei","reason":null}'),
  'applied:already', 'Twice answers already');
select tests.act_as('mei');
select is(tests.push('take_cover', '{"cover_id":"@c_ping","assignment_id":"@t_again"}'), 'applied',
  'Mei may say yes again');
select is(tests.push('take_cover', '{"cover_id":"@c_far","assignment_id":"@t_far"}'), 'applied', 'Mei takes another');
select tests.act_as('coordinator');
select tests.refuses('refuse_cover', '{"cover_id":"@c_far","assignment_id":"@t_far","reason":null}',
  'refused:wrong_state', 'What is done is not refused any more');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
