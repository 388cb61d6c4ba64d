-- place_open: the coordinators hear of a place that somebody gave back and nobody who waits takes.
begin;
select plan(34);
select tests.make_world();
select tests.make_callout('line');
select tests.make_shift('alone', now() + interval '20 hours', 3, 2),
  tests.make_shift('awaited', now() + interval '30 hours', 3, 1),
  tests.make_shift('called', now() + interval '40 hours', 3, 1, 'door', 'line'),
  tests.make_shift('own', now() + interval '50 hours', 3, 1),
  tests.make_shift('put', now() + interval '60 hours', 3, 1),
  tests.make_shift('later', now() + interval '70 hours', 3, 1);
select tests.make_assignment('alone_ping', 'ping', 'alone'), tests.make_assignment('alone_mei', 'mei', 'alone'),
  tests.make_assignment('awaited_ping', 'ping', 'awaited'), tests.make_assignment('called_ping', 'ping', 'called'),
  tests.make_assignment('own_lead', 'coordinator', 'own'), tests.make_assignment('put_mei', 'mei', 'put', 'assigned'),
  tests.make_assignment('later_ping', 'ping', 'later');
select tests.make_waiting('awaited_qiang', 'qiang', 'awaited', 1),
  tests.make_waiting('later_qiang', 'qiang', 'later', 1);
-- 'login: span of the shift, does it stand' of every notice since the last look
create function tests.heard() returns text language plpgsql security definer as $$
declare v text;
begin
  select string_agg(format('%s: %s, %s', l.sign_in_name, case when (n.starts_at, n.ends_at) = (s.starts_at, s.ends_at)
    then 'with its span' else 'without' end, case when x.stands then 'stands' else 'over' end), '; '
    order by l.sign_in_name) into v
  from app.notice n
  join app.login l on l.id = n.login_id
  join app.shift s on s.id = n.subject_id and s.id = n.shift_id
  join private.notice_standing(now()) x on x.id = n.id
  where n.kind = 'place_open';
  return v;
end $$;
create function tests.forget_heard() returns void language sql security definer as $$
  delete from app.notice where kind = 'place_open'
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Nobody waits
select tests.act_as('ping');
select is(tests.push('withdraw', '{"assignment_id":"@alone_ping","reason":"ill"}'), 'applied',
  'Ping gives a place back');
select is(tests.heard(), 'coordinator: with its span, stands', 'The coordinators hear of it, nobody else');
select tests.act_as('mei');
select is(tests.push('withdraw', '{"assignment_id":"@alone_mei","reason":"work"}'), 'applied',
  'Mei gives the other back');
select is(tests.heard(), 'coordinator: with its span, stands', 'One notice stands for the shift');
select tests.act_as('qiang');
select is(tests.push('accept_shift', '{"assignment_id":"@q1","shift_id":"@alone","on_full":"refuse"}'), 'applied',
  'Qiang takes one of the two');
select is(tests.heard(), 'coordinator: with its span, stands', 'The other is still open');
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@p1","shift_id":"@alone","on_full":"refuse"}'), 'applied',
  'Ping takes it back');
select is(tests.heard(), 'coordinator: with its span, over', 'With every place taken there is nothing left to do');
select tests.forget_heard();

-- Mei declines a place that a coordinator assigned
select tests.act_as('mei');
select is(tests.push('decline_shift', '{"assignment_id":"@put_mei","reason":"away"}'), 'applied',
  'Mei says no');
select is(tests.heard(), 'coordinator: with its span, stands', 'A no to an assigned place is told alike');
select tests.forget_heard();

-- They know what they did themselves
select tests.act_as('coordinator');
select is(tests.push('withdraw', '{"assignment_id":"@own_lead","reason":"ill"}'), 'applied',
  'The coordinator withdraws');
select is(tests.heard(), null, 'They are not told what they did');
select is(tests.push('unassign', '{"assignment_id":"@q1","reason":"人够了"}'), 'applied', 'They take qiang off');
select is(tests.heard(), null, 'Nor of a place they freed');

-- A call-out asks people by itself
select tests.act_as('ping');
select is(tests.push('withdraw', '{"assignment_id":"@called_ping","reason":"ill"}'), 'applied',
  'A place of a call-out');
select is(tests.heard(), null, 'The waves go on, and say what they cannot fill');

-- Somebody waits: the place is theirs for two hours, and then it is open
select is(tests.push('withdraw', '{"assignment_id":"@awaited_ping","reason":"ill"}'), 'applied',
  'A place with a queue');
select is(tests.heard(), null, 'It is held for who waits');
select is(tests.push('withdraw', '{"assignment_id":"@later_ping","reason":"ill"}'), 'applied',
  'And another one');
select tests.act_as('qiang');
select is(tests.push('leave_waitlist', '{"waitlist_id":"@later_qiang"}'), 'applied', 'Qiang wants it no more');
select is(tests.heard(), 'coordinator: with its span, stands', 'Nobody else waits');
select tests.forget_heard();
select tests.act_as_owner();
select tests.tick((select max(hold_until) from app.waitlist_entry));
select is(tests.heard(), 'coordinator: with its span, stands',
  'A hold that runs out with nobody behind it is told');
select tests.forget_heard();

-- A place that was open before is no news; a person who comes and goes rings nobody twice
create function tests.sent() returns bigint language sql stable security definer as $$
  select count(*) from app.delivery d join app.notice n on n.id = d.notice_id
  where n.kind = 'place_open' and d.created_at = now()
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.make_shift('gap', now() + interval '80 hours', 3, 1),
  tests.make_shift('loop', now() + interval '90 hours', 3, 1),
  tests.make_shift('picked', now() + interval '100 hours', 3, 1, 'gate');
select tests.act_as('qiang');
select is(tests.push('join_waitlist', '{"waitlist_id":"@w1","shift_id":"@gap"}'), 'applied:waitlisted',
  'Qiang waits for a place that nobody had');
select is(tests.push('leave_waitlist', '{"waitlist_id":"@w1"}'), 'applied', 'And lets it go');
select is(tests.heard(), null, 'That place was open before');
select is(tests.push('accept_shift', '{"assignment_id":"@l1","shift_id":"@loop","on_full":"refuse"}')
    || tests.push('withdraw', '{"assignment_id":"@l1","reason":"work"}'), 'appliedapplied', 'Yes and no');
select tests.act_as_owner();
select private.plan_deliveries(now());
select is(tests.sent(), 2::bigint, 'The notice is in the app and goes out');
select tests.act_as('qiang');
select is(tests.push('accept_shift', '{"assignment_id":"@l2","shift_id":"@loop","on_full":"refuse"}')
    || tests.push('withdraw', '{"assignment_id":"@l2","reason":"work"}'), 'appliedapplied', 'Yes and no again');
select tests.act_as_owner();
select private.plan_deliveries(now() + interval '1 minute');
select is(tests.sent(), 2::bigint, 'Nothing goes out a second time, and what went out still counts');
select tests.forget_heard();

-- Where the community picks: the last who waits goes
update app.post set waitlist_choice = 'community' where id = tests.id('gate');
select tests.make_assignment('pick_mei', 'mei', 'picked'), tests.make_waiting('pick_qiang', 'qiang', 'picked', 1);
select tests.act_as('mei');
select is(tests.push('withdraw', '{"assignment_id":"@pick_mei","reason":"work"}'), 'applied', 'A place to be picked for');
select is(tests.heard(), null, 'The coordinators are told to pick');
select tests.act_as('qiang');
select is(tests.push('leave_waitlist', '{"waitlist_id":"@pick_qiang"}'), 'applied', 'The only one who waited goes');
select is(tests.heard(), 'coordinator: with its span, stands', 'There is nobody to pick from, which they hear');
select tests.forget_heard();
select tests.act_as_owner();

-- A membership that ends
select private.release_future(tests.id('ping'), tests.id('ping.person'), tests.id('community'), now());
select is(tests.heard(), 'coordinator: with its span, stands', 'Places of somebody who leaves are told, too');
select * from finish();
rollback;
