-- remind: a leader reminds one person who has still to confirm or to come.
begin;
select plan(27);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('ahead', now() + interval '3 hours', 2, 3, 'door', 'drill'),
  tests.make_shift('runs', now() - interval '1 hour', 2, 3, 'door', 'drill');
select tests.make_assignment('a_ping', 'ping', 'ahead', 'assigned'),
  tests.make_assignment('a_mei', 'mei', 'runs', 'accepted'),
  tests.make_assignment('a_qiang', 'qiang', 'runs', 'on_post');
create function tests.reminders(p_of text) returns bigint language sql as $$
  select count(*) from app.notice where kind in ('reminder', 'promise_due') and subject_id = tests.id(p_of)
$$;

-- Acting as the person, another coordinator, the officer, the admin, a login that belongs nowhere
select tests.act_as('ping');
select tests.refuses('remind', '{"assignment_id":"@a_ping"}', 'refused:forbidden', 'Nobody reminds themselves');
select tests.act_as('other_coordinator');
select tests.refuses('remind', '{"assignment_id":"@a_ping"}', 'refused:forbidden',
  'A coordinator reminds people of their own community only');
select tests.act_as('officer');
select tests.refuses('remind', '{"assignment_id":"@a_ping"}', 'refused:forbidden', 'An officer leads no post');
select tests.act_as('admin');
select tests.refuses('remind', '{"assignment_id":"@a_ping"}', 'refused:forbidden', 'An admin sees no duty');
select tests.act_as('uninvited');
select tests.keeps_out('remind', '{"assignment_id":"@a_ping"}', 'A login that belongs nowhere reminds nobody');
select tests.act_as_anon();
select tests.raises($$select api.push(gen_random_uuid(), 1, '[{"seq":1}]')$$,
  '42501', 'Nobody reminds anybody without signing in');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('remind', '{"assignment_id":"@no_such"}', 'refused:gone',
  'An assignment that does not exist is gone');
select tests.refuses('remind', '{"assignment_id":"@a_qiang"}', 'refused:wrong_state',
  'Who is on post is not reminded');
select is(tests.push('remind', '{"assignment_id":"@a_ping"}'), 'applied', 'A coordinator reminds an assigned person');
select is(tests.push('remind', '{"assignment_id":"@a_ping"}'), 'applied:already', 'Not again within ten minutes');
select is(tests.push('remind', '{"assignment_id":"@a_mei"}'), 'applied', 'And one whose shift runs');
-- Acting as the grid's lead, whose subtree holds the post
select tests.act_as('grid_lead');
select is(tests.push('remind', '{"assignment_id":"@a_mei"}'), 'applied:already', 'However many leaders tap');
-- Acting as the owner
select tests.act_as_owner();
select is(tests.reminders('a_ping'), 1::bigint, 'One notice for one place');
select is((select kind::text from app.notice where subject_id = tests.id('a_ping') and kind <> 'assigned'),
  'reminder', 'Before the start it asks to confirm');
select is((select kind::text from app.notice where subject_id = tests.id('a_mei') and kind <> 'assigned'),
  'promise_due', 'After the start it asks to check in');
select is(tests.events('reminded'), 2::bigint, 'It is kept in the log');
select is_empty('select * from tests.drift()', 'Phones hold what the projections say');
update app.notice set created_at = now() - interval '11 minutes', step = 'lead0'
where subject_id = tests.id('a_ping') and kind = 'reminder';
select tests.act_as('coordinator');
select is(tests.push('remind', '{"assignment_id":"@a_ping"}'), 'applied', 'After ten minutes once more');
select tests.act_as_owner();
select is(tests.reminders('a_ping'), 2::bigint, 'Two notices, eleven minutes apart');
select * from finish();
rollback;
