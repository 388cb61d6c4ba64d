-- The small helpers that everything builds on: months and nights of Asia/Shanghai, ids, codes, masks, promises.
begin;
select plan(52);
select tests.make_world();
-- Acting as anon
select tests.act_as_anon();
select throws_ok($$select private.mask_phone('19900000001')$$, '42501', null, 'Helpers are not for callers');

-- Acting as the owner
select tests.act_as_owner();
select is(private.month_of('2026-11-30T15:59:59Z') || private.month_of('2026-11-30T16:00:00Z'),
  '202611202612', 'A month begins at midnight in Shanghai');
select set_config('timezone', 'America/New_York', true);
select is(private.month_of('2026-11-30T16:00:00Z'), '202612', 'The session''s time zone does not matter');
select is(private.month_of('2026-11-30T16:16:00Z', -1) || private.month_of('2026-11-30T16:16:00Z', 1), '202611202701',
  'In the night after a month of 30 days the months around it are those of Shanghai');
select is(private.month_of('2027-01-30T20:00:00Z', 1) || private.month_of('2027-03-30T20:00:00Z', -1), '202702202702',
  'The 31st has a month before and after it');
select is(private.is_night(s::timestamptz, e::timestamptz),
  night, format('%s to %s is %s', s, e, case when night then 'night' else 'day' end))
from (values ('2026-11-23T22:00+08', '2026-11-23T23:00+08', true),
        ('2026-11-23T19:00+08', '2026-11-23T22:00+08', false), ('2026-11-23T19:00+08', '2026-11-23T22:01+08', true),
        ('2026-11-24T02:00+08', '2026-11-24T05:00+08', true), ('2026-11-24T05:59+08', '2026-11-24T09:00+08', true),
        ('2026-11-24T06:00+08', '2026-11-24T09:00+08', false), ('2026-11-23T08:00+08', '2026-11-24T08:00+08', true),
        ('2026-11-30T23:00+08', '2026-12-01T02:00+08', true)) v(s, e, night);
select is(private.try_uuid(t), u::uuid, format('"%s" as an id', t))
from (values ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000001'), ('x', null), ('', null),
        (null, null), ('00000000-0000-0000-0000-00000000000g', null)) v(t, u);
select is(private.try_day(t, '2026-11-23T08:00Z'), d::date, format('"%s" as a day', t))
from (values ('2026-11-23', '2026-11-23'), ('1921-07-01', '1921-07-01'), ('1921-06-30', null),
        ('2027-11-24', '2027-11-24'), ('2027-11-25', null), ('2026-02-30', null), ('20261123', null), ('', null),
        (null, null)) v(t, d);
select ok(private.uuid_v7()::text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-',
  'Ids are uuid version 7');
select ok(private.uuid_v7('2026-11-23T00:00:00.001Z') < private.uuid_v7('2026-11-23T00:00:00.002Z'),
  'Ids sort by time');
select is(left(replace(private.uuid_v7('2026-11-23T00:00:00Z')::text, '-', ''), 12),
  lpad(to_hex((extract(epoch from timestamptz '2026-11-23T00:00:00Z') * 1000)::bigint), 12, '0'),
  'The first 48 bits of an id are milliseconds');
select is(private.mask_phone('13812345678') || private.mask_phone('12345') || coalesce(private.mask_phone(null), '-'),
  '138****5678*****-', 'A number is masked; a short one is masked completely');
select is(private.normal_code(' abcd-oil ') || private.normal_code(null),
  'ABCD011', 'A code is read as people type it');
select is((select count(*) from generate_series(1, 50) where private.random_code(20) !~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
  0::bigint, 'Random codes hold no letter that looks like a digit');
select is((select count(distinct private.random_code(10)) from generate_series(1, 200)),
  200::bigint, 'Two random codes differ');
select is(private.due_at(t, t + s, e), t + d, format('Starting in %s, coming in %s min: due in %s', s, e, d))
from (select timestamptz '2026-11-23T08:00Z') n(t),
(values (interval '20 minutes', 5, interval '20 minutes'), ('10 minutes', 15, '15 minutes'),
   ('-1 hour', 30, '30 minutes'), ('-1 hour', null, '30 minutes'), ('31 minutes', 60, '31 minutes'),
   ('5 hours', 15, '5 hours')) v(s, e, d);
select is(private.tapped_at(m, timestamptz '2026-11-23T08:00Z'), t::timestamptz, s)
from (values ('{"device_at":"2026-11-23T07:50:00Z","offset_ms":60000}'::jsonb, '2026-11-23T07:51:00Z',
          'A tap is moved by the measured offset'),
        ('{"device_at":"2026-11-23T07:50:00Z","offset_ms":null}', null, 'Without an offset its time is unknown'),
        ('{"device_at":"2026-11-23T08:01:00Z","offset_ms":0}', '2026-11-23T08:00:00Z',
        'A time slightly in the future is now'),
        ('{"device_at":"2026-11-23T09:00:00Z","offset_ms":0}', null, 'A tap in the future is of unknown time'),
        ('{"device_at":"yesterday-ish","offset_ms":0}', null,
        'A tap whose time cannot be read is of unknown time')) v(m, t, s);

-- Rules the database enforces itself
select tests.make_shift('s', now() + interval '1 hour', 3, 1),
  tests.make_shift('s2', now() + interval '3 hours', 3, 1, 'gate');
select tests.make_assignment('a', 'ping', 's');
select throws_ok($$update app.shift set filled = 2 where id = tests.id('s')$$,
  '23514', null, 'A shift is never over-filled');
select throws_ok($$update app.shift set held = 1 where id = tests.id('s')$$, '23514', null, 'Held places count');
select throws_ok($$update app.shift set filled = -1 where id = tests.id('s')$$,
  '23514', null, 'A shift has no fewer than zero places taken');
select throws_ok($$
    insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state)
    values (gen_random_uuid(), tests.id('s2'), tests.id('ping.person'), now() + interval '3 hours',
      now() + interval '6 hours', 'assigned')
  $$,
  '23P01', null, 'One person''s binding duty never overlaps');
select lives_ok($$
    insert into app.assignment (id, shift_id, responder_id, starts_at, ends_at, state)
    values (gen_random_uuid(), tests.id('s2'), tests.id('ping.person'), now() + interval '3 hours',
      now() + interval '6 hours', 'withdrawn')
  $$,
  'Duty that does not bind may overlap');
select throws_ok($$
    insert into app.waitlist_entry (id, shift_id, responder_id, rank, state)
    values (gen_random_uuid(), tests.id('s'), tests.id('mei.person'), 1, 'held')
  $$,
  '23514', null, 'A held place has a limit');
select throws_ok($$
    insert into app.responder_contact (responder_id, phone) values (tests.id('mei.person'), '19900000002')
  $$,
  '23505', null, 'A number belongs to one person');
select * from finish();
rollback;
