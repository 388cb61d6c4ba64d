-- offer_swap (换班): the owner of a place asks one colleague to exchange it for one of theirs.
begin;
select plan(31);
select tests.make_world();
select tests.make_shift('mine', tests.at(3, '08:00'), 3, 2), tests.make_shift('theirs', tests.at(5, '08:00'), 3, 1),
  tests.make_shift('elsewhere', tests.at(5, '08:00'), 3, 1, 'other_door'),
  tests.make_shift('begun', now() - interval '1 hour', 3, 1, 'gate');
select tests.make_assignment('a_ping', 'ping', 'mine'), tests.make_assignment('a_mate', 'mei', 'mine'),
  tests.make_assignment('a_qiang', 'qiang', 'theirs'), tests.make_assignment('a_wei', 'wei', 'elsewhere'),
  tests.make_assignment('a_begun', 'mei', 'begun'), tests.make_assignment('a_left', 'qiang', 'mine', 'withdrawn');
select tests.commit();

-- Acting as people whose place it is not
select tests.act_as('uninvited');
select tests.keeps_out('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@a_qiang"}',
  'A login that belongs nowhere offers nothing');
select tests.act_as('mei');
select tests.refuses('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@a_qiang"}',
  'refused:gone', 'Nobody offers a colleague''s place');
select tests.act_as('coordinator');
select tests.refuses('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@a_qiang"}',
  'refused:gone', 'A coordinator assigns, and offers no swap for others');

-- Acting as the owner
select tests.act_as('ping');
select tests.refuses('offer_swap', '{"cover_id":null,"assignment_id":"@a_ping","with_assignment_id":"@a_qiang"}',
  'refused:invalid', 'An offer needs an id');
select tests.refuses('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@no_such"}',
  'refused:gone', 'There is no such place');
select tests.refuses('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@a_wei"}',
  'refused:gone', 'Places of another community are not seen');
select tests.refuses('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@a_ping"}',
  'refused:invalid', 'Nobody swaps with themselves');
select tests.refuses('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@a_mate"}',
  'refused:invalid', 'Two places of one shift are the same');
select tests.refuses('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@a_begun"}',
  'refused:closed', 'Nor is one swapped that has begun');
select is(tests.push('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@a_qiang"}'),
  'applied', 'Ping asks qiang');
select is(concat_ws(' ', tests.state_of('assignment', 'a_ping'), tests.state_of('assignment', 'a_qiang')),
  'accepted accepted', 'Both places stay as they are');
select is(tests.push('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@a_qiang"}'),
  'applied:already', 'Twice answers already');
select tests.refuses('offer_swap', '{"cover_id":"@c2","assignment_id":"@a_ping","with_assignment_id":"@a_qiang"}',
  'refused:wrong_state', 'A place is offered once at a time');
select is(tests.heard_of_covers(), 'qiang swap_asked', 'Qiang is told, once');

-- Who sees it
select is((select array_agg(distinct concat(split_part(scope, ':', 1), ' ', data ->> 'with_name')) from tests.visible()
           where tbl = 'cover_request'), '{"user 王强"}', 'It is on the owner''s own scope alone');
select tests.act_as('qiang');
select is((select array_agg(distinct concat(split_part(scope, ':', 1), ' ', data ->> 'name')) from tests.visible()
           where tbl = 'cover_request'), '{"user 李平"}', 'And on that of the colleague');
select tests.act_as('mei');
select is((select count(*) from tests.visible() where tbl like 'cover%'), 0::bigint, 'No other colleague sees it');
select tests.refuses('take_cover', '{"cover_id":"@c1","assignment_id":"@t1"}', 'refused:gone',
  'And nobody else can take it');
select tests.act_as('coordinator');
select is((select array_agg(distinct concat(tbl, ' ', split_part(scope, ':', 1))) from tests.visible()
           where tbl like 'cover%'), '{"cover_request lead"}', 'The coordinator sees it');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
