-- move_shift: a coordinator gives a shift of a roster another span; its people hear the old and the new one (R19).
begin;
select plan(44);
select tests.make_world();
select tests.make_shift('s', tests.at(2, '08:00'), 3, 3), tests.make_shift('other', tests.at(2, '14:00'), 3, 3, 'gate'),
  tests.make_shift('planned', tests.at(3, '08:00'), 3, 1), tests.make_shift('running', now() - interval '1 hour', 3, 1),
  tests.make_shift('morning', tests.at(5, '06:00'), 6, 3), tests.make_shift('noon', tests.at(5, '12:00'), 6, 3);
update app.shift set state = 'draft' where id = tests.id('planned');
select tests.make_callout('line');
select tests.make_shift('called', tests.at(4, '08:00'), 3, 1, 'gate', 'line');
select tests.make_assignment('a_ping', 'ping', 's'), tests.make_assignment('a_mei', 'mei', 's', 'assigned'),
  tests.make_assignment('b_mei', 'mei', 'other'), tests.make_assignment('a_on', 'ping', 'running', 'on_post'),
  tests.make_assignment('c_ping', 'ping', 'morning'), tests.make_assignment('d_ping', 'ping', 'noon');
select tests.make_waiting('w_qiang', 'qiang', 's', 1);
create function tests.move(p_shift text, p_starts timestamptz, p_hours numeric, p_reason text default null)
returns jsonb language sql as $$
  select jsonb_build_object('shift_id', '@' || p_shift, 'starts_at', p_starts,
    'ends_at', p_starts + make_interval(secs => p_hours * 3600), 'reason', p_reason)
$$;
-- who was told, the old and the new start, and the reason
create function tests.told() returns text language sql stable security definer as $$
  select string_agg(concat_ws(' ', l.sign_in_name, to_char(n.was_starts_at at time zone interval '+08:00', 'HH24:MI'),
    to_char(n.starts_at at time zone interval '+08:00', 'HH24:MI'), n.reason), ', '
    order by l.sign_in_name, n.created_at, n.id)
  from app.notice n
  join app.login l on l.id = n.login_id
  where n.kind = 'moved'
$$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.act_as('ping');
select tests.refuses('move_shift', tests.move('s', tests.at(2, '10:00'), 3), 'refused:forbidden',
  'A responder moves nothing');
select tests.act_as('grid_lead');
select tests.refuses('move_shift', tests.move('s', tests.at(2, '10:00'), 3), 'refused:forbidden',
  'A grid lead moves nothing');
select tests.act_as('officer');
select tests.refuses('move_shift', tests.move('s', tests.at(2, '10:00'), 3), 'refused:forbidden',
  'An officer moves nothing');
select tests.act_as('other_coordinator');
select tests.refuses('move_shift', tests.move('s', tests.at(2, '10:00'), 3), 'refused:forbidden',
  'A coordinator acts in their own community only');

select tests.act_as('coordinator');
select tests.refuses('move_shift', tests.move('no_such', tests.at(2, '10:00'), 3), 'refused:gone', 'No such shift');
select tests.refuses('move_shift', tests.move('called', tests.at(4, '10:00'), 3), 'refused:wrong_state',
  'A shift of a call-out keeps the span of its ladder');
select tests.refuses('move_shift', tests.move('running', tests.at(1, '10:00'), 3), 'refused:wrong_state',
  'A shift with somebody on post is not moved');
select tests.refuses('move_shift', tests.move('s', tests.at(60, '08:00'), 3), 'refused:invalid',
  'A shift begins on a day of its roster');
select tests.refuses('move_shift', tests.move('s', tests.at(2, '08:00'), 25), 'refused:invalid',
  'A shift is a day at most');
select tests.refuses('move_shift', tests.move('morning', tests.at(5, '06:01'), 6), 'refused:post_covered',
  'No two shifts of a post overlap, be it by a minute');
select tests.refuses('move_shift', tests.move('planned', tests.at(5, '07:00'), 1), 'refused:post_covered',
  'Nor does a draft lie over a published one');
select tests.refuses('move_shift', tests.move('s', tests.at(2, '12:00'), 3), 'refused:roster_conflict',
  'Nobody is moved into another shift of theirs');
select is(tests.detail() #>> '{people,0,name}', '赵梅', 'It says who');
select tests.refuses('move_shift', tests.move('noon', tests.at(5, '12:15'), 7), 'refused:over_limit',
  'Nobody is moved over a hard limit of rest');

select is(tests.push('move_shift', tests.move('s', tests.at(2, '08:15'), 3, '交通管制')), 'applied',
  'Fifteen minutes later');
select is(tests.told(), 'mei 08:00 08:15 交通管制, ping 08:00 08:15 交通管制, qiang 08:00 08:15 交通管制',
  'Its people and who waits hear the old and the new span, and why');
select is(tests.state_of('assignment', 'a_ping'), 'accepted', 'Fifteen minutes ask for no new confirmation');
select is(tests.push('move_shift', tests.move('s', tests.at(2, '08:15'), 3)), 'applied:already', 'Moved there already');
select is(tests.push('move_shift', tests.move('s', tests.at(2, '10:15'), 3)), 'applied', 'Two hours later');
select is(tests.state_of('assignment', 'a_ping') || ' ' || tests.state_of('assignment', 'a_mei'), 'assigned assigned',
  'More than fifteen minutes ask everybody to confirm again');
select is(tests.told(), 'mei 08:00 08:15 交通管制, mei 08:15 10:15, ping 08:00 08:15 交通管制, ping 08:15 10:15, '
  || 'qiang 08:00 08:15 交通管制, qiang 08:15 10:15', 'Each move is told once');
select is(tests.value($$
    select bool_and((a.starts_at, a.ends_at) = (s.starts_at, s.ends_at))
    from app.assignment a join app.shift s on s.id = a.shift_id where s.id = tests.id('s')
  $$), 'true', 'The places move with their shift');
select is(tests.places('s'), '2 filled, 0 held of 3', 'Nobody loses their place');
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@a_ping","shift_id":"@s","on_full":"refuse"}'), 'applied',
  'Ping confirms again');
select is(tests.state_of('assignment', 'a_ping'), 'accepted', 'The place is confirmed');
select is((select count(*) from tests.visible() where tbl = 'my_notice' and data ->> 'was_starts_at' is not null),
  2::bigint,
  'The phone has the old span too');

select tests.act_as('coordinator');
select is(tests.push('move_shift', tests.move('planned', tests.at(3, '09:00'), 4)), 'applied',
  'A draft is moved, over the time it had itself');
select is(tests.value($$select count(*) from app.notice where shift_id = tests.id('planned')$$), '0',
  'A draft is told to nobody');
select is(tests.push('move_shift', tests.move('s', tests.at(2, '18:00'), 3)), 'applied', 'Far from mei''s other shift');
select is(tests.events('moved'), 3::bigint, 'Each move is in the log');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
