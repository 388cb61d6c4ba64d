-- drop_recurrence: what repeats is forgotten, what was made of it stays.
begin;
select plan(8);
select tests.make_world();
select tests.act_as('coordinator');
select is(tests.push('save_recurrence',
    '{"recurrence_id":"@r1","community_id":"@community","posts":["@door"],"days":"all","pattern":"2x12","starts":"08:00",
     "capacity":1}'),
  'applied', 'A pattern is kept');
select tests.act_as('ping');
select tests.refuses('drop_recurrence', '{"recurrence_id":"@r1"}', 'refused:forbidden', 'A responder drops none');
select tests.act_as('other_coordinator');
select tests.refuses('drop_recurrence', '{"recurrence_id":"@r1"}', 'refused:forbidden',
  'The coordinator next door drops none');
select tests.act_as('coordinator');
select is(tests.push('drop_recurrence', '{"recurrence_id":"@r1"}'), 'applied', 'Its coordinator drops it');
select is(tests.push('drop_recurrence', '{"recurrence_id":"@r1"}'), 'applied:already', 'Dropping twice answers already');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
