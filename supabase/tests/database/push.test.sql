-- push: in sequence, once each, and without losing a mutation.
begin;
select plan(34);
select tests.make_world();
select tests.make_shift('s1', now() + interval '20 hours', 3, 1),
  tests.make_shift('s2', now() + interval '34 hours', 3, 2), tests.make_shift('s3', now() + interval '48 hours', 3, 2),
  tests.make_shift('s4', now() + interval '62 hours', 3, 2);
-- one envelope: seq, id, intent, args
create function tests.mut(p_seq int, p_id text, p_name text, p_args jsonb, p_over jsonb default '{}')
returns jsonb language sql stable as $$
  select jsonb_build_object('seq', p_seq, 'id', tests.id(p_id), 'name', p_name, 'v', 1, 'args', tests.args(p_args),
    'base', '{}'::jsonb, 'device_at', now(), 'offset_ms', 0, 'offset_age_s', 1)
    || p_over
$$;
create function tests.take(p_seq int, p_id text, p_shift text) returns jsonb language sql stable as $$
  select tests.mut(p_seq, p_id, 'accept_shift',
    jsonb_build_object('assignment_id', tests.id('a ' || p_id), 'shift_id', tests.id(p_shift), 'on_full', 'refuse'))
$$;
-- sends envelopes from a phone; answers "lmid/hold: status:code …"
create function tests.send(p_phone text, p_muts jsonb) returns text language plpgsql as $$
declare v jsonb := api.push(tests.id(p_phone), 1, p_muts);
begin
  perform set_config('tests.answer', v::text, true);
  return format('%s%s:%s', v ->> 'lmid', case when (v ->> 'hold')::boolean then ' hold' end,
    (select string_agg(' '
         || concat_ws('/', r ->> 'status', r ->> 'code', case when (r ->> 'replayed')::boolean then 'again' end),
       '' order by (r ->> 'seq')::int)
     from jsonb_array_elements(v -> 'results') r));
end $$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon
select tests.act_as_anon();
select throws_ok($$select api.push(gen_random_uuid(), 1, '[]')$$,
  '42501', null, 'A call without a person''s key pushes nothing');
-- Acting as a person whose token identifies nobody
select set_config('role', 'authenticated', true), set_config('request.jwt.claims', '{"role":"authenticated"}', true);
select throws_ok($$select api.push(gen_random_uuid(), 1, '[]')$$,
  '42501', null, 'A token that identifies nobody pushes nothing');

-- Acting as ping
select tests.act_as('ping');
select is(tests.send('phone', '[]'), '0:', 'An empty push answers where the server stands');
select is(tests.send('phone', jsonb_build_array(tests.take(1, 'm1', 's1'), tests.take(2, 'm2', 's2'))),
  '2: applied applied', 'Mutations run in sequence');
select is((current_setting('tests.answer')::jsonb #> '{results,0}') - 'detail',
  jsonb_build_object('seq', 1, 'id', tests.id('m1'), 'status', 'applied', 'code', null, 'replayed', false),
  'Each mutation has its answer');
select ok((current_setting('tests.answer')::jsonb -> 'heads' ->> tests.scope('user', 'ping'))::int >= 2,
  'The answer carries the heads this push reached');
select is((current_setting('tests.answer')::jsonb ->> 'now')::timestamptz, now(),
  'The answer carries the server''s time');
select is(tests.send('phone', jsonb_build_array(tests.take(1, 'm1', 's1'), tests.take(2, 'm2', 's2'))),
  '2: applied/again applied/again', 'The same mutations sent again answer the same');
select is(current_setting('tests.answer')::jsonb #>> '{results,0,detail,assignment_id}',
  tests.id('a m1')::text, 'The answers agree in every letter');
select is(tests.places('s1'), '1 filled, 0 held of 1', 'A repeated push changes nothing');
select is(tests.send('phone',
    jsonb_build_array(tests.take(2, 'm2', 's2'), tests.take(3, 'm3', 's1'), tests.take(4, 'm4', 's3'))),
  '4: applied/again applied/already applied', 'A retry with further mutations goes on from there');

select throws_ok(format($$select api.push(tests.id('phone'), 1, %L)$$, jsonb_build_array(tests.take(4, 'other', 's3'))),
  'RW001', null, 'A number used for another mutation is a fork');
select throws_ok(format($$select api.push(tests.id('phone'), 1, %L)$$,
    jsonb_build_array(tests.take(5, 'm5', 's3') || '{"id":"5"}')),
  'RW001', null, 'A mutation without an id is refused');
select throws_ok($$
    select api.push(tests.id('phone'), 1,
      (select jsonb_agg(tests.take(4 + i, 'x' || i, 's3')) from generate_series(1, 26) i))
  $$,
  'RW002', null, 'More than 25 are too many');
select throws_ok($$
    select api.push(tests.id('phone'), 1,
      jsonb_build_array(tests.take(5, 'x', 's3') || jsonb_build_object('args', repeat('x', 70000))))
  $$,
  'RW002', null, 'More than 64 KB are too large');
select throws_ok($$select api.push(tests.id('phone'), 1, '{"seq":1}')$$, 'RW002', null,
  'A body that is no list is refused');
select is((select lmid from sync.client where id = tests.id('phone')), 4::bigint, 'None of these was consumed');

select is(tests.send('phone', jsonb_build_array(tests.mut(6, 'gap', 'leave_waitlist', '{"waitlist_id":"@w"}'))),
  '4:', 'After a gap nothing is consumed');
select is(tests.send('phone',
    jsonb_build_array(tests.mut(5, 'm5', 'leave_waitlist', '{"waitlist_id":"@w"}'),
      tests.mut(7, 'm7', 'leave_waitlist', '{"waitlist_id":"@w"}'))),
  '5: refused/gone', 'A gap in the middle stops the push there');
select is(tests.send('phone',
    jsonb_build_array(tests.mut(6, 'm6', 'teleport', '{}'),
      tests.mut(7, 'm7', 'leave_waitlist', '{"waitlist_id":"@w"}'))),
  '5 hold:', 'An intent this server does not know stays on the phone, with the rest behind it');
select is(tests.send('phone', jsonb_build_array(tests.mut(6, 'm6', 'accept_shift', '{}', '{"v":2}'))),
  '5 hold:', 'A version of the future stays on the phone too');
select is(tests.send('phone', jsonb_build_array(tests.mut(6, 'm6', 'log_event', '{}'))),
  '5 hold:', 'A helper of the server is no intent');
select is(tests.send('phone',
    jsonb_build_array(tests.mut(6, 'm6', 'accept_shift',
        '{"assignment_id":"@a m1","shift_id":"@s4","eta_min":5,"on_full":"refuse"}'),
      tests.mut(7, 'm7', 'leave_waitlist', '{"waitlist_id":"@w"}'))),
  '7: failed/bad_data refused/gone', 'Bad data is put aside and the queue moves on');
select is(tests.value($$
    select status || ' ' || (detail ->> 'sqlstate') || ' ' || (args ->> 'eta_min') || ' '
      || (args ->> 'shift_id' = tests.id('s4')::text) || ' ' || community_id
    from sync.result
    where mutation_id = tests.id('m6')
  $$),
  'failed 23505 5 true ' || tests.id('community'), 'It is put aside with its ids, for a person to look at');
select is(tests.send('phone',
    jsonb_build_array(tests.mut(8, 'm8', '__skip',
        '{"original":{"name":"accept_shift","v":1},"code":"RW002","ids":["@s3"]}'))),
  '8: failed/skipped', 'A mutation the phone gave up is put aside under its number');
select is((select array_agg(data ->> 'code' order by data ->> 'seq') from tests.visible() where tbl = 'verdict'),
  '{already,gone,bad_data,gone,skipped}', 'The person sees every verdict other than a plain yes');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is((select array_agg(data ->> 'code' order by data ->> 'code') from tests.visible() where tbl = 'dead_letter'),
  '{bad_data,skipped}', 'The coordinator sees what the server could not handle');
select is((select count(*) from tests.visible() where tbl = 'dead_letter' and data ? 'args'),
  0::bigint, 'The coordinator does not see what the person typed');
-- Acting as qiang
select tests.act_as('qiang');
select throws_ok($$select api.push(tests.id('phone'), 1, '[]')$$,
  '42501', null, 'A phone belongs to one person for ever');
select throws_ok(format($$select api.push(tests.id('qiang phone'), 1, %L)$$,
    jsonb_build_array(tests.take(1, 'm1', 's1'))),
  '42501', null, 'A mutation belongs to one person for ever');
select is(tests.value($$select count(*) from sync.client where id = tests.id('qiang phone')$$),
  '0', 'A refused push leaves no client behind');

-- Acting as ping on a copied phone
select tests.act_as('ping');
select is(tests.send('new phone',
    jsonb_build_array(tests.take(1, 'm1', 's1'), tests.take(2, 'm2', 's2'),
      tests.mut(3, 'n3', 'leave_waitlist', '{"waitlist_id":"@w"}'))),
  '3: applied/again applied/again refused/gone',
  'Under a new client id decided mutations answer the same and the rest goes on');
select is(tests.places('s1') || '; ' || tests.places('s2'),
  '1 filled, 0 held of 1; 1 filled, 0 held of 2', 'No place was taken twice');
select is((select count(*) from sync.client), 2::bigint, 'A person sees their own phones only');
select * from finish();
rollback;
