-- cancel_shift: a coordinator takes a shift off the roster, and everybody on it is released by name.
begin;
select plan(24);
select tests.make_world();
select tests.make_shift('open', now() + interval '20 hours', 3, 3),
  tests.make_shift('running', now() - interval '1 hour', 3, 1),
  tests.make_shift('planned', now() + interval '44 hours', 3, 1);
update app.shift set state = 'draft' where id = tests.id('planned');
select tests.make_assignment('a_ping', 'ping', 'open'), tests.make_assignment('a_mei', 'mei', 'open', 'assigned'),
  tests.make_assignment('a_on', 'ping', 'running', 'on_post');
select tests.make_waiting('w_qiang', 'qiang', 'open', 1), tests.make_waiting('w_chen', 'coordinator', 'open', 2);
update app.waitlist_entry set state = 'held', hold_until = now() + interval '1 hour' where id = tests.id('w_qiang');
update app.shift set held = 1 where id = tests.id('open');
insert into app.draft_assignment (id, shift_id, responder_id)
values (tests.id('d_ping'), tests.id('planned'), tests.id('ping.person'));
create function tests.edits() returns text language sql as $$
  select string_agg(data ->> 'what' || ' ' || (data ->> 'post_name'), ', ' order by data ->> 'what')
  from tests.visible() where tbl = 'shift_edit'
$$;
create function tests.version() returns int language sql stable security definer as $$
  select version from app.roster where id = tests.id('roster of door')
$$;
grant execute on all functions in schema tests to authenticated;

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('cancel_shift', '{"shift_id":"@open","reason":null}', 'refused:forbidden',
  'A responder cancels nothing');
-- Acting as the grid lead, the officer and admin
select tests.act_as('grid_lead');
select tests.refuses('cancel_shift', '{"shift_id":"@open","reason":null}', 'refused:forbidden',
  'A grid lead cancels nothing');
select tests.act_as('officer');
select tests.refuses('cancel_shift', '{"shift_id":"@open","reason":null}', 'refused:forbidden',
  'An officer cancels nothing');
-- Acting as the coordinator of another community
select tests.act_as('other_coordinator');
select tests.refuses('cancel_shift', '{"shift_id":"@open","reason":null}', 'refused:forbidden',
  'A coordinator acts in their own community only');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is(tests.push('cancel_shift', '{"shift_id":"@open","reason":"高温"}'), 'applied', 'A coordinator cancels a shift');
select is(tests.state_of('shift', 'open') || ', ' || tests.places('open'),
  'cancelled, 0 filled, 0 held of 3', 'Nobody is on it any more');
select is(tests.state_of('assignment', 'a_ping') || ' ' || tests.state_of('assignment', 'a_mei'),
  'released released', 'People who accepted or were assigned are released');
select is(tests.state_of('waitlist_entry', 'w_qiang') || ' ' || tests.state_of('waitlist_entry', 'w_chen'),
  'passed passed', 'People who waited are released from the waitlist');
select is(tests.edits(), 'cancelled 单元门岗', 'Other coordinators read who cancelled it');
select is(tests.value($$
    select string_agg(a.left_because, ' ')
    from app.event e
    join app.assignment a on a.id = e.subject_id
    where e.kind = 'released' and e.reason is null
  $$),
  '高温 高温', 'Each release is in the log, with its reason on the assignment');
select is(tests.push('cancel_shift', '{"shift_id":"@open","reason":null}'),
  'applied:already', 'Cancelling twice answers already');
select tests.refuses('cancel_shift', '{"shift_id":"@running","reason":null}', 'refused:wrong_state',
  'A shift with somebody on post is not cancelled');
select is(tests.version(), 1, 'The roster is as it was');
select is(tests.push('cancel_shift', '{"shift_id":"@planned","reason":null}'), 'applied', 'A draft is cancelled');
select is(tests.version(), 2, 'The roster without it is another version');
select is(tests.edits(), 'cancelled 单元门岗, dropped 单元门岗', 'Other coordinators read who dropped it');
select is(tests.value($$select count(*) from app.shift where id = tests.id('planned')$$)
    || tests.value($$select count(*) from app.draft_assignment$$),
  '00', 'The draft is gone with its plans');
select tests.refuses('cancel_shift', '{"shift_id":"@no_such","reason":null}', 'refused:gone',
  'A shift that does not exist is gone');
select * from finish();
rollback;
