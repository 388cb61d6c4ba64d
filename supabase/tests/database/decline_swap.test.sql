-- decline_swap (不换): the colleague who was asked says no.
begin;
select plan(18);
select tests.make_world();
select tests.make_shift('mine', tests.at(3, '08:00'), 3, 1), tests.make_shift('theirs', tests.at(5, '08:00'), 3, 1);
select tests.make_assignment('a_ping', 'ping', 'mine'), tests.make_assignment('a_qiang', 'qiang', 'theirs');
select tests.commit();
select tests.act_as('ping');
select is(tests.push('offer_swap', '{"cover_id":"@c1","assignment_id":"@a_ping","with_assignment_id":"@a_qiang"}'),
  'applied', 'Ping asks');
select tests.act_as('uninvited');
select tests.keeps_out('decline_swap', '{"cover_id":"@c1"}', 'A login that belongs nowhere declines nothing');
select tests.act_as('mei');
select tests.refuses('decline_swap', '{"cover_id":"@c1"}', 'refused:gone', 'Nobody says no for a colleague');
select tests.act_as('ping');
select tests.refuses('decline_swap', '{"cover_id":"@c1"}', 'refused:gone', 'The owner withdraws instead');
select tests.act_as('qiang');
select tests.refuses('decline_swap', '{"cover_id":"@no_such"}', 'refused:gone', 'There is no such offer');
select is(tests.heard_of_covers(), 'qiang swap_asked', 'Qiang was asked');
select is(tests.push('decline_swap', '{"cover_id":"@c1"}'), 'applied', 'Qiang says no');
select is(concat_ws(', ', tests.cover('c1'), tests.state_of('assignment', 'a_ping'),
    tests.state_of('assignment', 'a_qiang')), 'withdrawn, accepted, accepted', 'Nothing changes');
select is(tests.heard_of_covers(), 'ping swap_declined', 'The owner is told');
select is(tests.push('decline_swap', '{"cover_id":"@c1"}'), 'applied:already', 'Twice answers already');
select tests.act_as('ping');
select is(tests.push('offer_swap', '{"cover_id":"@c2","assignment_id":"@a_ping","with_assignment_id":"@a_qiang"}'),
  'applied', 'Another offer');
select is(tests.push('withdraw_cover', '{"cover_id":"@c2"}'), 'applied', 'Is taken back by its owner');
select tests.act_as('qiang');
select is(tests.push('decline_swap', '{"cover_id":"@c2"}'), 'applied:already', 'Then there is nothing to decline');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
