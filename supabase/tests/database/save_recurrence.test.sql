-- save_recurrence: duty that repeats at posts of a community.
begin;
select plan(25);
select tests.make_world();
create function tests.a_recurrence(p_over jsonb default '{}') returns jsonb language sql as $$
  select '{"recurrence_id":"@r1","community_id":"@community","posts":["@door"],"days":"work","pattern":"3x8",
   "starts":"08:00","capacity":2}'::jsonb || p_over
$$;
grant execute on all functions in schema tests to authenticated;
select tests.act_as('ping');
select tests.refuses('save_recurrence', tests.a_recurrence(), 'refused:forbidden', 'A responder keeps none');
select tests.act_as('other_coordinator');
select tests.refuses('save_recurrence', tests.a_recurrence(), 'refused:forbidden', 'The coordinator next door keeps none');
select tests.refuses('save_recurrence', tests.a_recurrence('{"community_id":"@other_community"}'), 'refused:invalid',
  'Nobody keeps one for posts of another community');
select tests.act_as('coordinator');
select tests.refuses('save_recurrence', tests.a_recurrence('{"recurrence_id":"r"}'), 'refused:invalid', 'It needs an id');
select tests.refuses('save_recurrence', tests.a_recurrence('{"posts":[]}'), 'refused:invalid', 'It needs a post');
select tests.refuses('save_recurrence', tests.a_recurrence('{"days":"some"}'), 'refused:invalid', 'Unknown days');
select tests.refuses('save_recurrence', tests.a_recurrence('{"starts":"24:00"}'), 'refused:invalid', 'No time of day');
select tests.refuses('save_recurrence', tests.a_recurrence('{"capacity":0}'), 'refused:invalid', 'A post for nobody');
select is(tests.push('save_recurrence', tests.a_recurrence()), 'applied', 'A coordinator keeps a pattern');
select is((select concat_ws(' ', data ->> 'days', data ->> 'pattern', data ->> 'starts', data ->> 'capacity')
           from tests.visible() where tbl = 'recurrence'),
  'work 3x8 08:00 2', 'The coordinator receives it');
select is(tests.push('save_recurrence', tests.a_recurrence('{"days":"rest","starts":"20:30"}')), 'applied', 'It is changed');
select is(tests.value($$select string_agg(days || ' ' || starts, ', ') from app.recurrence$$), 'rest 20:30:00',
  'A change makes no second one');
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl = 'recurrence'), 0::bigint, 'A responder receives none');
select tests.act_as_owner();
insert into app.recurrence (id, community_id, posts, days, pattern, starts, capacity, updated_by)
select gen_random_uuid(), tests.id('community'), array[tests.id('door')], 'all', 'day', '08:00', 1,
  tests.id('coordinator')
from generate_series(1, 19);
select tests.act_as('coordinator');
select tests.refuses('save_recurrence', tests.a_recurrence('{"recurrence_id":"@r2"}'), 'refused:over_capacity',
  'A community keeps at most twenty');
select is(tests.push('save_recurrence', tests.a_recurrence('{"days":"all"}')), 'applied', 'A full list is still changed');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
