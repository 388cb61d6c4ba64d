-- unassign: a coordinator takes a person off; the place goes on to the waitlist.
begin;
select plan(21);
select tests.make_world();
select tests.make_shift('open', now() + interval '20 hours', 3, 2),
  tests.make_shift('planned', now() + interval '44 hours', 3, 1);
update app.shift set state = 'draft' where id = tests.id('planned');
select tests.make_assignment('a_ping', 'ping', 'open'), tests.make_assignment('a_qiang', 'qiang', 'open', 'on_post');
select tests.make_waiting('w_mei', 'mei', 'open', 1);
insert into app.draft_assignment (id, shift_id, responder_id)
values (tests.id('d_ping'), tests.id('planned'), tests.id('ping.person'));

-- Acting as mei, who waits for the place
select tests.act_as('mei');
select tests.refuses('unassign', '{"assignment_id":"@a_ping","reason":null}', 'refused:forbidden',
  'A responder releases nobody');
select tests.refuses('unassign', '{"assignment_id":"@d_ping","reason":null}', 'refused:forbidden',
  'A responder releases nobody from a draft');
-- Acting as ping
select tests.act_as('ping');
select tests.refuses('unassign', '{"assignment_id":"@a_ping","reason":null}', 'refused:forbidden',
  'A responder does not release themselves, but withdraws');
-- Acting as the coordinator of another community
select tests.act_as('other_coordinator');
select tests.refuses('unassign', '{"assignment_id":"@a_ping","reason":null}', 'refused:forbidden',
  'A coordinator releases people of their own community only');
-- Acting as the street's officer
select tests.act_as('officer');
select tests.refuses('unassign', '{"assignment_id":"@a_ping","reason":null}', 'refused:forbidden',
  'An officer releases nobody');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is(tests.push('unassign', '{"assignment_id":"@a_ping","reason":"换人"}'),
  'applied', 'A coordinator releases a person');
select is(tests.state_of('assignment', 'a_ping') || ', ' || tests.places('open'),
  'released, 1 filled, 1 held of 2', 'The place is held for the first in the queue');
select is(tests.state_of('waitlist_entry', 'w_mei'), 'held', 'The first in the queue is told');
select is(tests.value($$
    select e.responder_id || ' ' || a.left_because
    from app.event e
    join app.assignment a on a.id = e.subject_id
    where e.kind = 'released' and e.reason is null
  $$),
  tests.id('ping.person') || ' 换人', 'The log says who was released; the reason stands on the assignment');
select is(tests.push('unassign', '{"assignment_id":"@a_ping","reason":null}'),
  'applied:already', 'Releasing twice answers already');
select tests.refuses('unassign', '{"assignment_id":"@a_qiang","reason":null}', 'refused:wrong_state',
  'A person on post is not taken off');
select is(tests.push('unassign', '{"assignment_id":"@d_ping","reason":null}'), 'applied', 'A plan is removed');
select is(tests.value($$select count(*) from app.draft_assignment$$), '0', 'A removed plan leaves nothing behind');
select tests.refuses('unassign', '{"assignment_id":"@no_such","reason":null}', 'refused:gone',
  'An assignment that does not exist is gone');
select * from finish();
rollback;
