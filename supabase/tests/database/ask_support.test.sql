-- ask_support: somebody on post asks the community for help.
begin;
select plan(21);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('runs', now() - interval '1 hour', 2, 3, 'door', 'drill'),
  tests.make_shift('ahead', now() + interval '3 hours', 2, 3, 'door', 'drill');
select tests.make_assignment('a_ping', 'ping', 'runs', 'on_post'),
  tests.make_assignment('a_mei', 'mei', 'ahead');

-- Acting as another person, the coordinator, the officer, the admin, a login that belongs nowhere
select tests.act_as('mei');
select tests.refuses('ask_support', '{"assignment_id":"@a_ping"}', 'refused:forbidden', 'Nobody asks for another');
select tests.refuses('ask_support', '{"assignment_id":"@a_mei"}', 'refused:wrong_state',
  'Nobody asks from a post hours before their shift');
select tests.refuses('ask_support', '{"assignment_id":"@no_such"}', 'refused:gone',
  'An assignment that does not exist is gone');
select tests.act_as('coordinator');
select tests.refuses('ask_support', '{"assignment_id":"@a_ping"}', 'refused:forbidden', 'A coordinator gives support');
select tests.act_as('officer');
select tests.refuses('ask_support', '{"assignment_id":"@a_ping"}', 'refused:forbidden', 'An officer has no post');
select tests.act_as('admin');
select tests.refuses('ask_support', '{"assignment_id":"@a_ping"}', 'refused:forbidden', 'An admin has no post');
select tests.act_as('uninvited');
select tests.keeps_out('ask_support', '{"assignment_id":"@a_ping"}', 'A login that belongs nowhere asks nothing');
select tests.act_as_anon();
select tests.raises($$select api.push(gen_random_uuid(), 1, '[{"seq":1}]')$$,
  '42501', 'Nobody asks without signing in');

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('ask_support', '{"assignment_id":"@a_ping"}'), 'applied', 'The person on post asks');
select is(tests.push('ask_support', '{"assignment_id":"@a_ping"}'), 'applied:already', 'A second tap is the same');
select is(tests.events('support_asked'), 1::bigint, 'The community is asked once');
-- Acting as the coordinator
select tests.act_as('coordinator');
select is((select count(*) from tests.visible('lead:' || tests.id('community'))
  where tbl = 'lead_event' and data ->> 'kind' = 'support_asked'), 1::bigint, 'Coordinators read it');
-- Acting as the owner
select tests.act_as_owner();
select is_empty('select * from tests.drift()', 'Phones hold what the projections say');
select * from finish();
rollback;
