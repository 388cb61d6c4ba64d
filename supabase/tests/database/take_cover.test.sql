-- take_cover (顶班): well before the start a place changes hands at once; later it waits for a coordinator.
begin;
select plan(51);
select tests.make_world();
select tests.make_shift('far', tests.at(3, '08:00'), 3, 1),
  tests.make_shift('same_time', tests.at(3, '09:00'), 3, 1, 'gate'),
  tests.make_shift('near', now() + interval '179 minutes', 3, 1, 'gate'),
  tests.make_shift('full', tests.at(9, '08:00'), 3, 1), tests.make_shift('off', tests.at(12, '08:00'), 3, 1);
select tests.make_assignment('a_ping', 'ping', 'far'), tests.make_assignment('a_near', 'ping', 'near', 'assigned'),
  tests.make_assignment('a_busy', 'nobody', 'same_time'), tests.make_assignment('a_full', 'ping', 'full'),
  tests.make_assignment('a_off', 'nobody', 'off');
select tests.make_cover('c_far', 'a_ping'), tests.make_cover('c_near', 'a_near'), tests.make_cover('c_full', 'a_full'),
  tests.make_cover('c_off', 'a_off');
update app.cover_request set state = 'withdrawn' where id = tests.id('c_off');
-- qiang waits first for the full shift, and mei second
select tests.make_waiting('w_qiang', 'qiang', 'full', 1), tests.make_waiting('w_mei', 'mei', 'full', 2);
select tests.commit();

-- Acting as people who may not serve here
select tests.act_as('uninvited');
select tests.keeps_out('take_cover', '{"cover_id":"@c_far","assignment_id":"@t1"}',
  'A login that belongs nowhere takes nothing');
select tests.act_as('wei');
select tests.refuses('take_cover', '{"cover_id":"@c_far","assignment_id":"@t1"}', 'refused:not_eligible',
  'Somebody of another community does not');
select tests.act_as('officer');
select tests.refuses('take_cover', '{"cover_id":"@c_far","assignment_id":"@t1"}', 'refused:not_eligible',
  'An officer does not serve');

-- Acting as the owner
select tests.act_as('ping');
select tests.refuses('take_cover', '{"cover_id":"@c_far","assignment_id":"@t1"}', 'refused:overlap',
  'Nobody covers themselves');

-- Acting as qiang
select tests.act_as('qiang');
select tests.refuses('take_cover', '{"cover_id":"@c_far","assignment_id":null}', 'refused:invalid',
  'An assignment needs an id');
select tests.refuses('take_cover', '{"cover_id":"@no_such","assignment_id":"@t1"}', 'refused:gone',
  'There is no such request');
select tests.refuses('take_cover', '{"cover_id":"@c_off","assignment_id":"@t1"}', 'refused:closed',
  'One that was taken back is closed');
select tests.refuses('take_cover', '{"cover_id":"@c_far","assignment_id":"@t1"}', 'refused:stale',
  'A yes older than 30 minutes asks again', jsonb_build_object('device_at', now() - interval '31 minutes'));
select is(tests.push('take_cover', '{"cover_id":"@c_far","assignment_id":"@t1"}'), 'applied', 'Qiang takes it');
select is(concat_ws(', ', tests.cover('c_far'), tests.state_of('assignment', 'a_ping'),
    tests.state_of('assignment', 't1'), tests.places('far')),
  'taken 王强, released, accepted, 1 filled, 0 held of 1', 'The place is theirs, and was never free');
select is(tests.heard_of_covers(), 'ping cover_taken', 'The owner is told, once');
select is(tests.push('take_cover', '{"cover_id":"@c_far","assignment_id":"@t1b"}'), 'applied:already',
  'Twice answers already');
select is((select data ->> 'state' from tests.visible() where tbl = 'cover_request' and pk = tests.id('c_far')),
  'taken', 'The taker keeps it on their phone');
select is((select count(*) from tests.visible() where tbl = 'assignment' and pk = tests.id('a_ping')), 0::bigint,
  'And the roster shows the owner there no more');

-- Acting as mei: the second taker, and one who is not free
select tests.act_as('mei');
select tests.refuses('take_cover', '{"cover_id":"@c_far","assignment_id":"@t2"}', 'refused:full',
  'The second is told that it is taken');
select is(tests.detail() #>> '{filled,0,name}', '王强', 'And by whom');
select is((select count(*) from tests.visible() where tbl = 'cover_request' and pk = tests.id('c_far')), 0::bigint,
  'It is on no colleague''s phone any more');

-- The waitlist does not move; a person who waited there may be the one
select is(tests.push('take_cover', '{"cover_id":"@c_full","assignment_id":"@t3"}'), 'applied',
  'Mei takes a place for which others wait');
select is(concat_ws(' ', tests.state_of('waitlist_entry', 'w_qiang'), tests.state_of('waitlist_entry', 'w_mei'))
    || ', ' || tests.places('full'),
  'waiting taken, 1 filled, 0 held of 1', 'Nobody ahead of them in the queue is passed a place, and mei waits no more');

-- Close to the start it waits for the coordinator. The new place gets an id that nothing else has, or what is said of
-- it later would reach somebody else.
select tests.act_as_owner();
select tests.make_shift('near_2', now() + interval '170 minutes', 3, 1),
  tests.make_shift('plan', tests.at(20, '08:00'), 3, 1);
select tests.make_assignment('a_near_2', 'nobody', 'near_2'), tests.make_cover('c_near_2', 'a_near_2');
update app.cover_request
set state = 'claimed', taker_id = tests.id('qiang.person'), taker_assignment_id = tests.id('t_qiang'),
  claimed_at = now()
where id = tests.id('c_near_2');
insert into app.draft_assignment (id, shift_id, responder_id)
values (tests.id('d_qiang'), tests.id('plan'), tests.id('qiang.person'));
select tests.commit();
select tests.act_as('mei');
select tests.refuses('take_cover', format('{"cover_id":"@c_near","assignment_id":"@%s"}', x)::jsonb, 'refused:invalid',
  format('The id of %s is no new one', y))
from (values ('a_busy', 'a place'), ('w_qiang', 'a turn in a queue'), ('t_qiang', 'another yes'),
  ('d_qiang', 'a planned place')) v(x, y);
select is(tests.detail(), '{"field":"assignment_id"}', 'The refusal names the argument');
select tests.refuses('take_cover', '{"cover_id":"@c_near","assignment_id":"@a_near"}', 'refused:invalid',
  'Nor is that of the place itself');
select tests.act_as_owner();
update app.cover_request set state = 'lapsed', taker_id = null, taker_assignment_id = null, claimed_at = null
where id = tests.id('c_near_2');
delete from app.draft_assignment where id = tests.id('d_qiang');
select tests.commit();
select tests.act_as('mei');
select is(tests.push('take_cover', '{"cover_id":"@c_near","assignment_id":"@t4"}'), 'applied', 'Mei says yes');
select is(concat_ws(', ', tests.cover('c_near'), tests.state_of('assignment', 'a_near'), tests.places('near')),
  'claimed 赵梅, assigned, 1 filled, 0 held of 1', 'The place is still its owner''s');
select is((select count(*) from tests.visible() where tbl = 'my_assignment' and pk = tests.id('t4')), 0::bigint,
  'It is not among mei''s');
select is(tests.push('take_cover', '{"cover_id":"@c_near","assignment_id":"@t4"}'), 'applied:already',
  'Twice answers already');
select is(tests.heard_of_covers(), 'coordinator cover_claimed, ping cover_taken',
  'The coordinator is asked, once, and the owner of the other place told');
select tests.act_as('qiang');
select tests.refuses('take_cover', '{"cover_id":"@c_near","assignment_id":"@t5"}', 'refused:full',
  'Nobody else says yes meanwhile');

-- Acting as somebody who serves at that time
select tests.act_as_owner();
select tests.make_assignment('a_clash', 'coordinator', 'same_time', 'withdrawn');
select tests.make_shift('again', tests.at(15, '08:00'), 3, 1), tests.make_shift('beside', tests.at(15, '10:00'), 3, 1,
    'gate'), tests.make_shift('long', tests.at(15, '11:00'), 10, 1, 'gate');
select tests.make_assignment('a_again', 'ping', 'again'), tests.make_assignment('a_beside', 'qiang', 'beside'),
  tests.make_assignment('a_long', 'mei', 'long');
select tests.make_cover('c_again', 'a_again'), tests.commit();
select tests.act_as('qiang');
select tests.refuses('take_cover', '{"cover_id":"@c_again","assignment_id":"@t6"}', 'refused:overlap',
  'Nobody serves twice at once');
select tests.act_as('mei');
select tests.refuses('take_cover', '{"cover_id":"@c_again","assignment_id":"@t6"}', 'refused:over_limit',
  'The fatigue guard judges the taker');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
