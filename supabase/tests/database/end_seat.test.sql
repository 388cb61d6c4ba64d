-- end_seat: the holder of a seat gives it up; it stands empty until somebody else is invited.
begin;
select plan(33);
select tests.make_world();
select tests.make_seat('seat', '周局'), tests.make_seat('own', '某'), tests.make_seat('up', '老李', 'serving', 'street');
update app.seat set holder = null, responder_id = tests.id('ping.person') where id = tests.id('own');
select tests.commit();
create function tests.ending(p_name text, p_day text) returns jsonb language sql as $$
  select jsonb_build_object('seat_id', '@' || p_name, 'ended_on', p_day)
$$;
create function tests.seat(p_name text) returns text language sql as $$
  select concat_ws(' ', data ->> 'name', data ->> 'state', (data ->> 'since_on')::date - tests.at(0, '12:00')::date)
  from tests.visible()
  where tbl = 'seat' and pk = tests.id(p_name)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who do not keep the community, the holder too, and the coordinator on the street
select tests.shuts_out('end_seat', tests.ending('own', null));
select tests.forbids('end_seat', tests.ending('own', null), 'ping', 'grid_lead', 'officer', 'admin',
  'other_coordinator');
select tests.forbids('end_seat', tests.ending('up', null), 'coordinator');

-- Acting as the coordinator
select tests.refuses('end_seat', tests.ending('no_such', null), 'refused:gone',
  'A seat that is not there does not end');
select tests.refuses('end_seat', tests.ending('seat', 'soon'), 'refused:invalid', 'The day is a day');
select is(tests.detail(), '{"field":"ended_on"}', 'The refusal says which field it is');
select is(tests.push('end_seat', tests.ending('seat', tests.at(-7, '12:00')::date::text)), 'applied',
  'A holder gives the seat up');
select is(tests.seat('seat'), '周局 ended -7', 'It stands empty since that day, with who left it');
select is(tests.push('end_seat', tests.ending('seat', null)), 'applied:already', 'Once');
select is(tests.seat('seat'), '周局 ended -7', 'The first day counts');
select is(tests.push('end_seat', tests.ending('own', null)), 'applied', 'Without a day it is today');
select is(tests.seat('own'), '李平 ended 0', 'So it is');
select is(tests.push('save_seat', '{"seat_id":"@seat","council_id":"@community","kind":"part_time","holder":"王局",
    "state":"invited"}'), 'applied', 'Somebody else is invited to it');
select is(tests.seat('seat'), '王局 invited 0', 'It is the same chair');
select is(tests.events('seat_ended'), 2::bigint, 'The log has each end');
-- Acting as the officer
select tests.act_as('officer');
select is(tests.push('end_seat', tests.ending('up', null)), 'applied', 'An officer ends one of the street');
-- Who leaves the only list below the street
select tests.act_as_owner();
update app.seat set state = 'serving', holder = null, responder_id = tests.id('ping.person')
where id = tests.id('up');
update app.report_in set state = 'ended' where responder_id = tests.id('ping.person');
select tests.commit();
select is(tests.state_of('seat', 'up'), 'ended', 'Who leaves gives up a seat of the street, too');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
