-- drop_seat: an empty seat is taken off a council.
begin;
select plan(29);
select tests.make_world();
select tests.make_seat('seat', '周局'), tests.make_seat('empty', '老钱', 'ended'),
  tests.make_seat('up', '老李', 'ended', 'street'), tests.commit();

-- Acting as those who do not keep the community, and the coordinator on the street
select tests.shuts_out('drop_seat', '{"seat_id":"@empty"}');
select tests.forbids('drop_seat', '{"seat_id":"@empty"}', 'ping', 'grid_lead', 'officer', 'admin', 'other_coordinator');
select tests.forbids('drop_seat', '{"seat_id":"@up"}', 'coordinator');

-- Acting as the coordinator
select tests.refuses('drop_seat', '{"seat_id":"@no_such"}', 'refused:gone',
  'A seat that is not there is not taken off');
select tests.refuses('drop_seat', '{"seat_id":null}', 'refused:gone', 'Nor none');
select tests.refuses('drop_seat', '{"seat_id":"@seat"}', 'refused:wrong_state',
  'A seat that somebody holds ends first');
select is(tests.push('drop_seat', '{"seat_id":"@empty"}'), 'applied', 'An empty one is taken off');
select is((select string_agg(data ->> 'name', ' ') from tests.visible() where tbl = 'seat'), '周局',
  'The council has the others');
select tests.refuses('drop_seat', '{"seat_id":"@empty"}', 'refused:gone', 'Once');
select is(tests.events('seat_dropped'), 1::bigint, 'The log has it');
-- Acting as the officer
select tests.act_as('officer');
select is(tests.push('drop_seat', '{"seat_id":"@up"}'), 'applied',
  'An officer takes one off the council of the street');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
