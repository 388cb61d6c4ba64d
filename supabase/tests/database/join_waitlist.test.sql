-- join_waitlist: wait for a place. Waiting does not bind; ranks never change.
begin;
select plan(25);
select tests.make_world();
select tests.make_shift('full', now() + interval '20 hours', 3, 1),
  tests.make_shift('free', now() + interval '30 hours', 3, 1);
select tests.make_shift('over', now() - interval '5 hours', 3, 1),
  tests.make_shift('planned', now() + interval '40 hours', 3, 1),
  tests.make_shift('off', now() + interval '50 hours', 3, 1);
update app.shift set state = 'draft' where id = tests.id('planned');
update app.shift set state = 'cancelled' where id = tests.id('off');
select tests.make_assignment('ping_full', 'ping', 'full');

-- Acting as qiang
select tests.act_as('qiang');
select is(tests.push('join_waitlist', '{"waitlist_id":"@w1","shift_id":"@full"}'),
  'applied:waitlisted', 'A responder waits behind a full shift');
select is(tests.detail(), jsonb_build_object('rank', 1, 'waitlist_id', tests.id('w1')), 'The responder is first');
select is(tests.push('join_waitlist', '{"waitlist_id":"@w1b","shift_id":"@full"}'), 'applied:already',
  'A second tap adds no second entry');
select is(tests.detail() ->> 'rank', '1', 'The rank is kept');
select is(tests.push('join_waitlist', '{"waitlist_id":"@w2","shift_id":"@free"}'),
  'applied:waitlisted', 'A responder waits for a shift with a free place');
select is(tests.state_of('waitlist_entry', 'w2'), 'held', 'The free place is held for them at once');
select is(tests.places('free'), '0 filled, 1 held of 1', 'Nobody else can claim the held place');
select tests.refuses('join_waitlist', '{"waitlist_id":"@w3","shift_id":"@over"}', 'refused:closed',
  'Nobody waits for a shift that is over');
select tests.refuses('join_waitlist', '{"waitlist_id":"@w3","shift_id":"@off"}', 'refused:closed',
  'Nobody waits for a cancelled shift');
select tests.refuses('join_waitlist', '{"waitlist_id":"@w3","shift_id":"@planned"}', 'refused:gone',
  'A draft is invisible to responders');
select tests.refuses('join_waitlist', '{"waitlist_id":"3","shift_id":"@full"}', 'refused:invalid',
  'An entry needs an id');

-- Acting as mei
select tests.act_as('mei');
select tests.refuses('accept_shift', '{"assignment_id":"@c1","shift_id":"@free","on_full":"refuse"}', 'refused:full',
  'A held place is protected');
select is(tests.push('join_waitlist', '{"waitlist_id":"@w4","shift_id":"@full"}'),
  'applied:waitlisted', 'The next responder waits behind');
select is(tests.detail() ->> 'rank', '2', 'The next responder is on the next rank');

-- Acting as ping, who is on the shift
select tests.act_as('ping');
select is(tests.push('join_waitlist', '{"waitlist_id":"@w5","shift_id":"@full"}'),
  'applied:already', 'A person with a place does not wait for another');
select is(tests.value($$select count(*) from app.waitlist_entry where id = tests.id('w5')$$),
  '0', 'No place is ever held in vain for a person who serves');

-- Acting as wei, of another community
select tests.act_as('wei');
select tests.refuses('join_waitlist', '{"waitlist_id":"@w6","shift_id":"@full"}', 'refused:not_eligible',
  'A person who has not reported in may not wait');

-- Acting as a login that belongs nowhere
select tests.act_as('uninvited');
select tests.keeps_out('join_waitlist', '{"waitlist_id":"@w7","shift_id":"@full"}',
  'A login that belongs nowhere may not wait');
select * from finish();
rollback;
