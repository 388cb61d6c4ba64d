-- 代办 (R36): a coordinator reports the arrival and the leaving of a person without a phone. Each step is marked as
-- theirs, on every phone that shows the duty. The yes is accept_for.
begin;
select plan(14);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('now_on', now() - interval '1 hour', 3, 3, 'gate', 'drill');
select tests.make_assignment('a_on', 'nobody', 'now_on'), tests.make_assignment('a_ping', 'ping', 'now_on'),
  tests.make_assignment('a_unsaid', 'qiang', 'now_on', 'assigned');
update app.assignment set accepted_at = null where id = tests.id('a_unsaid');
create function tests.proxy(p_name text) returns text language sql security definer as $$
  select data ->> 'by_proxy' from projection.assignment where pk = tests.id(p_name)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon
select tests.act_as_anon();
select throws_ok('select api.push(gen_random_uuid(), 1, ''[]'')', '42501', null, 'Nobody acts without signing in');
-- Acting as the coordinator
select tests.act_as('coordinator');
-- An arrival reported by mistake confirms nothing
select is(tests.push('check_in', '{"assignment_id":"@a_unsaid","at":"@now","way":"coordinator"}'), 'applied',
  'The arrival of somebody who has not confirmed is reported');
select is(tests.push('check_in', '{"assignment_id":"@a_unsaid","at":"@now","way":"undone"}', '{"id":"@undo"}'), 'applied',
  'and taken back');
select is(tests.state_of('assignment', 'a_unsaid'), 'assigned', 'They have still to confirm');
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
