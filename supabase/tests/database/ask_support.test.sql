-- ask_support: somebody on post asks the community for help.
begin;
select plan(29);
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
-- Acting as the owner: it is a notice, which stands while the person does
select tests.act_as_owner();
create function tests.calls() returns text language sql as $$
  select string_agg(concat_ws(' ', l.sign_in_name, n.place_name, n.drill, s.stands), ', ' order by n.created_at)
  from app.notice n
  join app.login l on l.id = n.login_id
  join private.notice_standing(now()) s on s.id = n.id
  where n.kind = 'support_asked'
$$;
create function tests.goes_out(p_at timestamptz) returns text language sql as $$
  select string_agg(concat_ws(' ', urgent, climbs, wakes), ', ') from private.due_notices(p_at)
  where kind = 'support_asked'
$$;
select is(tests.calls(), 'coordinator 梧桐苑 1栋 yes t', 'The coordinator is told of it, once');
select is(tests.goes_out(now()), 't t f', 'A drill''s call goes on to SMS as all of it does, but wakes nobody');
update app.assignment set state = 'done', off_post_at = now() where id = tests.id('a_ping');
select is(tests.calls(), 'coordinator 梧桐苑 1栋 yes f', 'It stands until the person leaves');
-- from a shift of the roster, without a call-out
delete from app.notice where kind = 'support_asked';
select tests.make_shift('roster', now() - interval '1 hour', 2, 3, 'gate');
select tests.make_assignment('a_qiang', 'qiang', 'roster', 'on_post');
select tests.act_as('qiang');
select is(tests.push('ask_support', '{"assignment_id":"@a_qiang"}'), 'applied', 'Somebody of the roster asks');
select tests.act_as_owner();
select is(tests.goes_out(now()), 't f t', 'In 平时 it comes first and at night too, by push');
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
values (tests.id('mode'), tests.id('community'), '防汛', '1号', tests.id('coordinator'), now(), now(),
  now() + interval '70 hours');
select is(tests.goes_out(now()), 't t t', 'In 应急 it goes on to SMS');
select is(tests.value($$
    select string_agg(private.message_of(n) ->> 'urgent', ',') from app.notice n where kind = 'support_asked'
  $$), 'true', 'Its message is urgent');
insert into app.event (id, at, kind, community_id, shift_id, subject_id) values (gen_random_uuid(),
  now() + interval '11 minutes', 'support_asked', tests.id('community'), tests.id('roster'), tests.id('a_qiang'));
select is(tests.value($$select count(*) from app.notice where kind = 'support_asked'$$), '2',
  'A later request is heard again');
select is_empty('select * from tests.drift()', 'Phones hold what the projections say');
select * from finish();
rollback;
