-- The fatigue guard (R17): a hard limit yields to nobody, a soft one to a coordinator's reason, a drill passes none.
begin;
select plan(22);
select tests.make_world();
-- ping stands from 06:00 to 14:00 the day after tomorrow; qiang has the evening before
select tests.make_shift('day', tests.at(2, '06:00'), 8, 2), tests.make_shift('on_and_on', tests.at(2, '14:00'), 5, 2),
  tests.make_shift('evening', tests.at(2, '21:00'), 1, 3), tests.make_shift('next_week', tests.at(9, '06:00'), 3, 2);
select tests.make_callout('drill');
select tests.make_shift('exercise', tests.at(2, '14:00'), 5, 3, 'gate', 'drill');
select tests.make_assignment('a_day', 'ping', 'day');

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('accept_shift', '{"assignment_id":"@x","shift_id":"@on_and_on","on_full":"refuse"}',
  'refused:over_limit', 'Thirteen hours in a row are too long');
select is(tests.detail()::text, '{"limits": ["continuous"], "hours_24": 8.00}',
  'The refusal says which limit, and the hours');
select tests.refuses('accept_shift', '{"assignment_id":"@x","shift_id":"@evening","on_full":"refuse"}',
  'refused:resting', 'A day without eleven free hours is too little rest');
select is(tests.detail() #>> '{limits,0}', 'rest', 'The refusal names the limit on rest');
select is(tests.push('accept_shift', '{"assignment_id":"@a_week","shift_id":"@next_week","on_full":"refuse"}'),
  'applied', 'A week later the person is rested');
select tests.act_as_owner();
insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, sent_at, expires_at)
select gen_random_uuid(), tests.id('drill'), tests.id('mei.person'), id, starts_at, ends_at, now(),
  now() + interval '1 hour'
from app.shift
where id = tests.id('exercise');
select tests.make_assignment('a_mei', 'mei', 'day');
select tests.act_as('mei');
select is(tests.push('accept_shift', '{"assignment_id":"@a_drill","shift_id":"@exercise","on_full":"refuse"}'),
  'applied', 'A drill overrides no limit');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('assign',
  '{"assignment_id":"@x","shift_id":"@on_and_on","responder_id":"@ping.person","override_reason":"没有别人"}',
  'refused:over_limit', 'A hard limit is lifted by no reason');
select tests.refuses('assign', '{"assignment_id":"@x","shift_id":"@evening","responder_id":"@ping.person"}',
  'refused:resting', 'A soft limit is lifted only with a reason');
select tests.refuses('assign',
  '{"assignment_id":"@x","shift_id":"@evening","responder_id":"@ping.person","override_reason":"  "}',
  'refused:resting', 'A blank is no reason');
select is(tests.push('assign',
    '{"assignment_id":"@a_evening","shift_id":"@evening","responder_id":"@ping.person",
     "override_reason":"只有他有钥匙，13800001111"}'),
  'applied', 'A reason lifts a soft limit, with the coordinator''s name');
select is(tests.value($$
    select limits::text || ' ' || reason || ' ' || (by_login = tests.id('coordinator'))
    from app.override
    where id = tests.id('a_evening')
  $$),
  '{rest} 只有他有钥匙，*** true', 'The reason is kept, without a number');
select is(tests.push('assign',
    '{"assignment_id":"@a_qiang","shift_id":"@evening","responder_id":"@qiang.person","override_reason":"不需要"}'),
  'applied', 'A rested person is assigned without a reason');
select is(tests.value($$select count(*) from app.override$$), '1', 'A rested person''s assignment records no reason');
select tests.act_as_owner();
select throws_ok($$delete from app.override$$, '23514', null, 'An override is never taken back');

-- A person who has been on the waitlist for too long a day
select tests.make_waiting('w_ping', 'ping', 'on_and_on', 1);
update app.waitlist_entry set state = 'held', hold_until = now() + interval '1 hour' where id = tests.id('w_ping');
update app.shift set held = 1 where id = tests.id('on_and_on');
select tests.act_as('ping');
select tests.refuses('take_held_place', '{"waitlist_id":"@w_ping","assignment_id":"@x","eta_min":null}',
  'refused:over_limit', 'A held place is guarded too');
select tests.act_as_anon();
select throws_ok($$select private.fatigue_of(null, now(), now())$$,
  '42501', null, 'Nobody reads hours through the API');
select * from finish();
rollback;
