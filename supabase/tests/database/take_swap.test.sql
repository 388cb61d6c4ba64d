-- take_swap (换这一班): both places change hands in one step, or neither does.
begin;
select plan(42);
select tests.make_world();
select tests.make_shift('mine', tests.at(3, '08:00'), 3, 1), tests.make_shift('theirs', tests.at(5, '08:00'), 3, 1),
  tests.make_shift('beside', tests.at(5, '09:00'), 3, 1, 'gate'),
  tests.make_shift('near', now() + interval '2 hours', 3, 1, 'gate'),
  tests.make_shift('late', tests.at(9, '08:00'), 3, 1);
select tests.make_assignment('a_ping', 'ping', 'mine'), tests.make_assignment('a_qiang', 'qiang', 'theirs'),
  tests.make_assignment('n_ping', 'ping', 'near'), tests.make_assignment('l_mei', 'mei', 'late');
-- somebody waits for each of the places
select tests.make_waiting('w_mei', 'mei', 'mine', 1), tests.make_waiting('w_nobody', 'nobody', 'theirs', 1);
create function tests.make_swap(p_name text, p_of text, p_with text) returns void language sql security definer as $$
  select tests.make_cover(p_name, p_of);
  update app.cover_request set with_assignment_id = tests.id(p_with) where id = tests.id(p_name)
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.make_swap('c1', 'a_ping', 'a_qiang'), tests.make_swap('c2', 'n_ping', 'l_mei'), tests.commit();

-- Acting as people who were not asked
select tests.act_as('uninvited');
select tests.keeps_out('take_swap', '{"cover_id":"@c1","assignment_id":"@t1","back_assignment_id":"@b1"}',
  'A login that belongs nowhere takes nothing');
select tests.act_as('mei');
select tests.refuses('take_swap', '{"cover_id":"@c1","assignment_id":"@t1","back_assignment_id":"@b1"}', 'refused:gone',
  'Nobody says yes for a colleague');
select tests.act_as('ping');
select tests.refuses('take_swap', '{"cover_id":"@c1","assignment_id":"@t1","back_assignment_id":"@b1"}', 'refused:gone',
  'Nor does the owner');

-- Acting as the colleague
select tests.act_as('qiang');
select tests.refuses('take_swap', '{"cover_id":"@c1","assignment_id":"@t1","back_assignment_id":null}',
  'refused:invalid', 'Both new places need an id');
select tests.refuses('take_swap', '{"cover_id":"@c1","assignment_id":null,"back_assignment_id":"@b1"}',
  'refused:invalid', 'Each of them');
select tests.refuses('take_swap', '{"cover_id":"@c1","assignment_id":"@t1","back_assignment_id":"@b1"}',
  'refused:stale', 'A yes older than 30 minutes asks again',
  jsonb_build_object('device_at', now() - interval '31 minutes'));
select tests.act_as_owner();
select tests.make_assignment('a_beside', 'ping', 'beside'), tests.commit();
select tests.act_as('qiang');
select tests.refuses('take_swap', '{"cover_id":"@c1","assignment_id":"@t1","back_assignment_id":"@b1"}',
  'refused:not_free', 'Where one of them cannot serve, neither place changes hands');
select tests.act_as('ping');
select is(tests.push('withdraw', '{"assignment_id":"@a_beside","reason":"work"}'), 'applied', 'Ping is free again');
select tests.act_as('qiang');
select is(tests.push('take_swap', '{"cover_id":"@c1","assignment_id":"@t1","back_assignment_id":"@b1"}'), 'applied',
  'Qiang says yes');
select is(tests.value($$
    select string_agg(concat_ws(' ', s.starts_at::date = (tests.at(3, '08:00'))::date, r.name, a.state), ', '
      order by s.starts_at, r.name)
    from app.assignment a
    join app.shift s on s.id = a.shift_id
    join app.responder r on r.id = a.responder_id
    where s.id in (tests.id('mine'), tests.id('theirs'))
  $$), 't 李平 released, t 王强 accepted, f 李平 accepted, f 王强 released', 'Each serves in the place of the other');
select is(concat_ws(', ', tests.places('mine'), tests.places('theirs'), tests.state_of('waitlist_entry', 'w_mei'),
    tests.state_of('waitlist_entry', 'w_nobody')),
  '1 filled, 0 held of 1, 1 filled, 0 held of 1, waiting, waiting', 'No place was free in between');
select is(tests.heard_of_covers(), 'ping swap_taken', 'The owner is told, once');
select is(tests.push('take_swap', '{"cover_id":"@c1","assignment_id":"@t1","back_assignment_id":"@b1"}'),
  'applied:already', 'Twice answers already');
select tests.refuses('untake_cover', '{"cover_id":"@c1"}', 'refused:wrong_state',
  'A swap is not undone by one of them');

-- Close to one of the starts it waits for the coordinator
select tests.act_as('mei');
select tests.refuses('take_swap', '{"cover_id":"@c2","assignment_id":"@t1","back_assignment_id":"@b2"}',
  'refused:invalid', 'The id of a place is no new one');
select is(tests.detail(), '{"field":"assignment_id"}', 'The refusal names the argument');
select tests.refuses('take_swap', '{"cover_id":"@c2","assignment_id":"@t2","back_assignment_id":"@b1"}',
  'refused:invalid', 'Nor for the place in exchange');
select is(tests.detail(), '{"field":"back_assignment_id"}', 'The refusal names that one');
select is(tests.push('take_swap', '{"cover_id":"@c2","assignment_id":"@t2","back_assignment_id":"@b2"}'), 'applied',
  'Mei says yes');
select is(concat_ws(', ', tests.cover('c2'), tests.state_of('assignment', 'n_ping'), tests.heard_of_covers()),
  'claimed 赵梅, accepted, coordinator cover_claimed', 'The coordinator is asked');
select is(tests.push('untake_cover', '{"cover_id":"@c2"}'), 'applied', 'Mei steps back');
select is(tests.push('take_swap', '{"cover_id":"@c2","assignment_id":"@t3","back_assignment_id":"@b3"}'), 'applied',
  'And says yes again');
select tests.act_as('coordinator');
select is(tests.push('refuse_cover', '{"cover_id":"@c2","assignment_id":"@t3","reason":null}'), 'applied',
  'The coordinator says no');
select is(tests.cover('c2') || ', ' || tests.heard_of_covers(),
  'open, coordinator cover_claimed, mei cover_off refused, ping swap_declined refused, ping swap_declined untaken',
  'It is open again, and mei told; ping of both');
select tests.act_as('mei');
select is(tests.push('take_swap', '{"cover_id":"@c2","assignment_id":"@t4","back_assignment_id":"@b4"}'), 'applied',
  'Mei asks once more');
select tests.act_as('coordinator');
select is(tests.push('approve_cover', '{"cover_id":"@c2","assignment_id":"@t4"}'), 'applied', 'And they approve');
select is(concat_ws(', ', tests.state_of('assignment', 't4'), tests.state_of('assignment', 'b4'),
    tests.state_of('assignment', 'n_ping'), tests.state_of('assignment', 'l_mei')),
  'accepted, accepted, released, released', 'Both places have changed hands');
select is(tests.heard_of_covers(), 'coordinator cover_claimed, mei cover_approved, ping swap_taken', 'Both are told');

-- It lapses with either place, and when the first shift begins
select tests.act_as_owner();
select tests.make_shift('x', tests.at(12, '08:00'), 3, 1), tests.make_shift('y', tests.at(14, '08:00'), 3, 1);
select tests.make_assignment('x_ping', 'ping', 'x'), tests.make_assignment('y_qiang', 'qiang', 'y');
select tests.make_swap('c3', 'x_ping', 'y_qiang'), tests.commit();
select tests.act_as('qiang');
select is(tests.push('withdraw', '{"assignment_id":"@y_qiang","reason":"ill"}'), 'applied',
  'Qiang gives their place up');
select is(tests.cover('c3') || ', ' || tests.heard_of_covers(), 'lapsed, ping swap_declined',
  'Ping hears that nothing comes of it');
select tests.act_as_owner();
select tests.make_assignment('y_mei', 'mei', 'y'), tests.make_swap('c4', 'y_mei', 'x_ping'), tests.commit();
select tests.tick(tests.at(12, '08:00'));
select is(tests.cover('c4'), 'lapsed', 'When the first of both shifts begins, it is over');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
