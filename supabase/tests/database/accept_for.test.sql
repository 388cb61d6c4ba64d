-- accept_for (代确认): a coordinator confirms the place of a person who has no login.
begin;
select plan(38);
select tests.make_world();
select tests.make_shift('soon', now() + interval '8 hours', 3, 4);
select tests.make_shift('over', now() - interval '9 hours', 3, 3);
select tests.make_assignment('a_nobody', 'nobody', 'soon', 'assigned'),
  tests.make_assignment('a_mei', 'mei', 'soon', 'assigned'),
  tests.make_assignment('a_qiang', 'qiang', 'soon', 'withdrawn'),
  tests.make_assignment('a_own', 'coordinator', 'soon', 'assigned'),
  tests.make_assignment('a_past', 'nobody', 'over', 'assigned');
create function tests.proxy(p_name text) returns text language sql security definer as $$
  select data ->> 'by_proxy' from projection.assignment where pk = tests.id(p_name)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon
select tests.act_as_anon();
select tests.raises($$select api.push(gen_random_uuid(), 1, '[{"seq":1}]')$$,
  '42501', 'Nobody confirms without signing in');
-- Acting as a colleague, other leaders, the admin, a login that belongs nowhere
select tests.act_as('ping');
select tests.refuses('accept_for', '{"assignment_id":"@a_nobody"}', 'refused:forbidden',
  'A colleague says yes for nobody else');
select tests.act_as('mei');
select tests.refuses('accept_for', '{"assignment_id":"@a_mei"}', 'refused:forbidden',
  'nor for themselves: that is accept_shift');
select tests.act_as('other_coordinator');
select tests.refuses('accept_for', '{"assignment_id":"@a_nobody"}', 'refused:forbidden',
  'Nor does the coordinator of another community');
select tests.act_as('grid_lead');
select tests.refuses('accept_for', '{"assignment_id":"@a_nobody"}', 'refused:forbidden', 'A grid lead confirms nobody');
select tests.act_as('officer');
select tests.refuses('accept_for', '{"assignment_id":"@a_nobody"}', 'refused:forbidden', 'An officer confirms nobody');
select tests.act_as('admin');
select tests.refuses('accept_for', '{"assignment_id":"@a_nobody"}', 'refused:forbidden', 'An admin confirms nobody');
select tests.act_as('uninvited');
select tests.keeps_out('accept_for', '{"assignment_id":"@a_nobody"}', 'A login that belongs nowhere confirms nobody');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('accept_for', '{"assignment_id":"@no_such"}', 'refused:gone',
  'A place that does not exist is gone');
select tests.refuses('accept_for', '{"assignment_id":"@a_qiang"}', 'refused:gone',
  'and so is one that was given back');
select tests.refuses('accept_for', '{"assignment_id":"@a_mei"}', 'refused:not_eligible',
  'A person who can sign in confirms themselves');
select tests.refuses('accept_for', '{"assignment_id":"@a_own"}', 'refused:not_eligible',
  'and so does the coordinator');
select tests.refuses('accept_for', '{"assignment_id":"@a_past"}', 'refused:closed',
  'A place of a shift that is over is not confirmed');
select tests.refuses('accept_shift', '{"assignment_id":"@a_nobody","shift_id":"@soon","on_full":"refuse",
  "responder_id":"@nobody.person"}', 'refused:invalid', 'Nobody is named in accept_shift: it is one''s own yes');
select is(tests.push('accept_for', '{"assignment_id":"@a_nobody"}'), 'applied',
  'A coordinator confirms for a person without a phone');
select is(tests.state_of('assignment', 'a_nobody'), 'accepted', 'The place is confirmed');
select is(tests.value($$select accepted_by = tests.id('coordinator') and due_at = starts_at from app.assignment
  where id = tests.id('a_nobody')$$), 'true', 'by that coordinator, for the start of the shift');
select is(tests.events('accepted_for'), 1::bigint, 'and stands in the log');
select is(tests.push('accept_for', '{"assignment_id":"@a_nobody"}'), 'applied:already', 'Twice is once');
select is(tests.proxy('a_nobody'), '["accepted"]', 'The yes is marked');
select tests.commit();
select is_empty('select * from tests.drift()', 'Phones hold what the projections say');
-- A longer move asks again, and the earlier yes is no mark any more
select is(tests.push('move_shift', jsonb_build_object('shift_id', '@soon', 'starts_at', now() + interval '6 hours',
  'ends_at', now() + interval '9 hours', 'reason', null)), 'applied', 'The shift moves by two hours');
select is(tests.proxy('a_nobody'), '[]', 'Nobody has said yes to the new time');
select is(tests.push('accept_for', '{"assignment_id":"@a_nobody"}'), 'applied', 'It is confirmed anew');
select * from finish();
rollback;
