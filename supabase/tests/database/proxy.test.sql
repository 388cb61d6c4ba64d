-- 代办 (R36): a coordinator says yes, reports the arrival and reports the leaving of a person without a phone. Each step
-- is marked as theirs, on every phone that shows the duty.
begin;
select plan(32);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('soon', now() + interval '8 hours', 3, 3);
select tests.make_shift('next_to_it', now() + interval '12 hours', 3, 3);
select tests.make_shift('over', now() - interval '9 hours', 3, 3);
select tests.make_shift('now_on', now() - interval '1 hour', 3, 3, 'gate', 'drill');
select tests.make_assignment('a_nobody', 'nobody', 'soon', 'assigned'),
  tests.make_assignment('a_mei', 'mei', 'soon', 'assigned'),
  tests.make_assignment('a_past', 'nobody', 'over', 'assigned'),
  tests.make_assignment('a_on', 'nobody', 'now_on'), tests.make_assignment('a_ping', 'ping', 'now_on'),
  tests.make_assignment('a_unsaid', 'qiang', 'now_on', 'assigned');
update app.assignment set accepted_at = null where id = tests.id('a_unsaid');
create function tests.yes_for(p_who text, p_shift text default 'soon', p_id text default 'a_nobody') returns jsonb
language sql as $$
  select jsonb_build_object('assignment_id', '@' || p_id, 'shift_id', '@' || p_shift, 'on_full', 'refuse',
    'responder_id', '@' || p_who || '.person')
$$;
create function tests.proxy(p_name text) returns text language sql security definer as $$
  select data ->> 'by_proxy' from projection.assignment where pk = tests.id(p_name)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon
select tests.act_as_anon();
select throws_ok('select api.push(gen_random_uuid(), 1, ''[]'')', '42501', null, 'Nobody acts without signing in');
-- Acting as ping, a colleague
select tests.act_as('ping');
select tests.refuses('accept_shift', tests.yes_for('nobody'), 'refused:forbidden',
  'A colleague says yes for nobody else');
-- Acting as the coordinator of another community
select tests.act_as('other_coordinator');
select tests.refuses('accept_shift', tests.yes_for('nobody'), 'refused:forbidden',
  'Nor does the coordinator of another community');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('accept_shift', tests.yes_for('mei', p_id => 'a_mei'), 'refused:not_eligible',
  'A person who can sign in confirms themselves');
select tests.refuses('accept_shift', tests.yes_for('nobody', 'next_to_it'), 'refused:gone',
  'A place that the person does not have is not confirmed');
select tests.refuses('accept_shift', tests.yes_for('nobody', 'over', 'a_past'), 'refused:closed',
  'nor one that is over');
select is(tests.push('accept_shift', tests.yes_for('nobody')), 'applied',
  'A coordinator confirms for a person without a phone');
select is(tests.state_of('assignment', 'a_nobody'), 'accepted', 'The place is confirmed');
select is(tests.value($$select accepted_by = tests.id('coordinator') and due_at = starts_at from app.assignment
  where id = tests.id('a_nobody')$$), 'true', 'by that coordinator, for the start of the shift');
select is(tests.events('accepted_for'), 1::bigint, 'and stands in the log');
select is(tests.push('accept_shift', tests.yes_for('nobody')), 'applied:already', 'Twice is once');
select is(tests.proxy('a_nobody'), '["accepted"]', 'The yes is marked');
-- An arrival reported by mistake confirms nothing
select is(tests.push('check_in', '{"assignment_id":"@a_unsaid","at":"@now","way":"coordinator"}'), 'applied',
  'The arrival of somebody who has not confirmed is reported');
select is(tests.push('check_in', '{"assignment_id":"@a_unsaid","at":"@now","way":"undone"}', '{"id":"@undo"}'), 'applied',
  'and taken back');
select is(tests.state_of('assignment', 'a_unsaid'), 'assigned', 'They have still to confirm');
-- A longer move asks again, and the earlier yes is no mark any more
select is(tests.push('move_shift', jsonb_build_object('shift_id', '@soon', 'starts_at', now() + interval '6 hours',
  'ends_at', now() + interval '9 hours', 'reason', null)), 'applied', 'The shift moves by two hours');
select is(tests.proxy('a_nobody'), '[]', 'Nobody has said yes to the new time');
select is(tests.push('check_in', '{"assignment_id":"@a_on","at":"@now","way":"coordinator"}'), 'applied',
  'They arrive');
select is(tests.proxy('a_on'), '["on_post"]', 'The arrival is marked');
select is(tests.push('check_out',
    '{"assignment_id":"@a_on","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied:no_relief', 'They leave');
select is(tests.proxy('a_on'), '["on_post", "off_post"]', 'The leaving is marked as well');

-- Acting as ping, for themselves
select tests.act_as('ping');
select is(tests.push('check_in', '{"assignment_id":"@a_ping","at":"@now","way":"manual"}'), 'applied',
  'A colleague arrives');
select is(tests.push('check_out',
    '{"assignment_id":"@a_ping","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied:no_relief', 'and leaves');
select is(tests.proxy('a_ping'), '[]', 'What people do themselves carries no mark');
select tests.commit();
select is(tests.value($$select data ->> 'by_proxy' from tests.visible()
  where tbl = 'assignment' and pk = tests.id('a_on')$$), '["on_post", "off_post"]', 'Colleagues see the mark');
select is(tests.value($$select data ->> 'by_proxy' from tests.visible()
  where tbl = 'my_assignment' and pk = tests.id('a_ping')$$), '[]', 'and each person the one of their own duty');
select is(tests.value($$select count(*) from tests.visible() where data::text like '%' || tests.id('coordinator') || '%'
  and tbl = 'assignment'$$), '0', 'but not who it was');
select * from finish();
rollback;
