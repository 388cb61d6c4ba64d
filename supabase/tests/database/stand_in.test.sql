-- take_over: who may stand in. Rest is judged from the minute of the change (R17), and a place held for them goes on.
begin;
select plan(16);
select tests.make_world();
select tests.make_callout('drill');
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as the owner: a shift of the roster, and people who have served before it (R17). tao rests too little, hong
-- has served twelve hours, jun nothing.
select tests.act_as_owner();
select tests.make_login('lan', '兰'), tests.make_login('tao', '陶'), tests.make_login('hong', '洪'),
  tests.make_login('jun', '俊');
select tests.make_responder('lan', '兰', 'community', 'building_1', '19900000011'),
  tests.make_responder('tao', '陶', 'community', 'building_1', '19900000012'),
  tests.make_responder('hong', '洪', 'community', 'building_1', '19900000013'),
  tests.make_responder('jun', '俊', 'community', 'building_1', '19900000014');
select tests.make_shift('watch', now() - interval '2 hours', 3, 1, 'gate'),
  tests.make_shift('was', now() - interval '13 hours', 4, 2, 'gate'),
  tests.make_shift('long', now() - interval '20 hours', 6, 1, 'gate'),
  tests.make_shift('again', now() - interval '13 hours', 6, 1, 'door');
select tests.make_assignment('a_lan', 'lan', 'watch', 'on_post'), tests.make_assignment('a_was', 'tao', 'was', 'done'),
  tests.make_assignment('a_long', 'hong', 'long', 'done'), tests.make_assignment('a_again', 'hong', 'again', 'done');
update app.assignment set on_post_at = starts_at where id = tests.id('a_lan');
update app.assignment set on_post_at = starts_at, off_post_at = ends_at
where id in (tests.id('a_was'), tests.id('a_long'), tests.id('a_again'));
-- Acting as lan
select tests.act_as('lan');
select tests.refuses('take_over', tests.swap('a_lan', 'a_tao', 'tao') || '{"override_reason":"没有别人"}',
  'refused:resting', 'A person on post hands over to nobody who rests too little, whatever the reason');
select is(tests.detail() #>> '{limits,0}', 'rest', 'The refusal says which limit');
-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('take_over', tests.swap('a_lan', 'a_tao', 'tao') - 'code', 'refused:resting',
  'A coordinator lifts a soft limit by a reason only');
select tests.refuses('take_over', (tests.swap('a_lan', 'a_hong', 'hong') - 'code') || '{"override_reason":"没有别人"}',
  'refused:over_limit', 'Nobody lifts a hard limit, whatever the reason');
select is(tests.push('take_over', (tests.swap('a_lan', 'a_tao', 'tao') - 'code') || '{"override_reason":"没有别人"}'),
  'applied', 'With a reason a coordinator swaps them in');
select is(tests.value($$
    select array_to_string(limits, ',') || ' ' || reason || ' ' || (by_login = tests.id('coordinator'))
    from app.override where id = tests.id('a_tao')
  $$),
  'rest 没有别人 true', 'The reason is kept with the name');
-- Acting as the owner: some minutes later
select tests.act_as_owner();
update app.assignment
set on_post_at = now() - interval '15 minutes', starts_at = now() - interval '15 minutes'
where id = tests.id('a_tao');
-- Acting as tao
select tests.act_as('tao');
select is(tests.push('take_over', tests.swap('a_tao', 'a_jun', 'jun')), 'applied',
  'A person who has rested takes over by their code alone');
select is(tests.value($$select count(*) from app.override where id = tests.id('a_jun')$$), '0', 'No reason is asked');
-- A place is held for the stand-in, and somebody else waits
select tests.act_as_owner();
select tests.make_login(x, x) from unnest(array['bo', 'fei', 'yun']) x;
select tests.make_responder(x, x, 'community', 'building_1', '1990000002' || n)
from unnest(array['bo', 'fei', 'yun']) with ordinality as y(x, n);
select tests.make_shift('duo', now() - interval '20 minutes', 2, 2, 'gate', 'drill'),
  tests.make_assignment('a_bo', 'bo', 'duo', 'on_post'),
  tests.make_waiting('w_fei', 'fei', 'duo', 1), tests.make_waiting('w_yun', 'yun', 'duo', 2);
update app.assignment set on_post_at = starts_at where id = tests.id('a_bo');
select private.hold_next(tests.id('duo'), now());
select is(tests.places('duo'), '1 filled, 1 held of 2', 'The other place is held for fei');
select tests.act_as('coordinator');
select is(tests.push('take_over', tests.swap('a_bo', 'a_fei', 'fei') - 'code'), 'applied', 'Fei stands in for bo');
select is(tests.state_of('waitlist_entry', 'w_yun') || ', ' || tests.places('duo'), 'held, 1 filled, 1 held of 2',
  'The place held for fei goes on to yun');
select tests.act_as_owner();
select is(private.self_check(), '[]'::jsonb, 'All counts are right');
select is_empty('select * from tests.drift()', 'Phones hold what the projections say');
select * from finish();
rollback;
