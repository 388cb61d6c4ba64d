-- The first check of a push: malformed data is refused by a code before anything is stored, and what is remembered of
-- it holds no words.
begin;
select plan(57);
select tests.make_world();
select tests.make_shift('s', now() + interval '20 hours', 3, 2);
create function tests.deep(p_levels int) returns jsonb language sql immutable as $$
  select (repeat('[', p_levels) || repeat(']', p_levels))::jsonb
$$;
-- accept_shift with another or a wrong argument
create function tests.odd(p_over jsonb) returns jsonb language sql immutable as $$
  select '{"assignment_id":"@a","shift_id":"@s","offer_id":null,"on_full":"refuse","eta_min":5}'::jsonb || p_over
$$;
create function tests.a_roster(p_over jsonb, p_shift jsonb default '{}') returns jsonb language sql stable as $$
  select jsonb_build_object('roster_id', '@r', 'community_id', '@community', 'name', '周',
    'starts_on', tests.at(1, '12:00')::date, 'ends_on', tests.at(7, '12:00')::date,
    'shifts', jsonb_build_array(jsonb_build_object('id', '@rs', 'post_id', '@door', 'starts_at', tests.at(2, '08:00'),
        'ends_at', tests.at(2, '12:00'), 'capacity', 1)
        || p_shift))
    || p_over
$$;
create function tests.policy() returns jsonb language sql security definer as $$ select private.default_policy() $$;
create function tests.a_line(p_over jsonb) returns jsonb language sql stable security definer as $$
  select jsonb_build_object('callout_id', '@c', 'community_id', '@community', 'kind', 'drill', 'title', '演练',
    'ground', null, 'document_no', null, 'mode_id', '@m', 'mode_hours', 24, 'org_unit_ids', '["@building_1"]'::jsonb,
    'post', '{"name":"单元门岗","kind":"unit_door","task":null,"kit":null}'::jsonb, 'capacity', 1, 'offer_min', 6,
    'slots', jsonb_build_array(jsonb_build_object('starts_at', now() + interval '1 hour',
        'ends_at', now() + interval '3 hours')),
    'policy', tests.policy())
    || p_over
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Every intent has a shape
select is((select array_agg(p.proname::text order by 1)
           from pg_proc p
           where p.pronamespace = 'mutator'::regnamespace
             and not exists (select from private.shape s where s.name = p.proname)),
  null, 'Every intent has a shape');

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('accept_shift', tests.odd('{"note":"13800001111"}'), 'refused:invalid',
  'An unknown key is refused');
select is(tests.detail(), '{"field":"args"}', 'The refusal does not repeat it');
select tests.refuses('accept_shift', tests.odd(jsonb_build_object('offer_id', tests.deep(100))), 'refused:invalid',
  'A nested value is refused');
select is(tests.detail(), '{"field":"offer_id"}', 'The refusal names the argument');
select tests.refuses('accept_shift', tests.odd('{"eta_min":"soon"}'), 'refused:invalid', 'A word is not a number');
select tests.refuses('accept_shift', tests.odd('{"eta_min":1e300}'), 'refused:invalid',
  'An infinite number is refused');
select tests.refuses('accept_shift', '["@a","@s"]', 'refused:invalid', 'A list is no object');
select tests.refuses('accept_shift', 'null', 'refused:invalid', 'Nothing is not an object');
select tests.refuses('check_in', '{"assignment_id":"@a","at":"infinity","way":"manual"}', 'refused:invalid',
  'Infinity is not a moment');
select tests.refuses('check_in',
  jsonb_build_object('assignment_id', '@a', 'at', now() + interval '2 years', 'way', 'manual'), 'refused:invalid',
  'A moment two years ahead is refused');
select tests.refuses('check_in', '{"assignment_id":"@a","at":"2001-01-01T00:00:00Z","way":"manual"}',
  'refused:invalid', 'A clock at the beginning of the calendar makes no moment near',
  jsonb_build_object('offset_ms', floor(extract(epoch from now() - '4713-03-01 BC'::timestamptz) * 1000)));
select is(tests.push('check_in',
    jsonb_build_object('assignment_id', '@a', 'at', now() - interval '3 years', 'way', 'manual'),
    jsonb_build_object('offset_ms', 3 * 365.25 * 86400000)),
  'refused:gone', 'A phone whose clock is three years behind, and knows it, is heard');
select is(tests.push('check_in',
    jsonb_build_object('assignment_id', '@a', 'at', now(), 'way', 'manual'),
    jsonb_build_object('device_at', now() - interval '3 years', 'offset_ms', 3 * 365.25 * 86400000)),
  'refused:gone', 'So is one that has corrected the moment already');
select is(tests.push('check_in',
    '{"assignment_id":"@a","at":"1970-01-02T00:00:00Z","way":"manual"}',
    '{"device_at":"1970-01-02T00:00:00Z","offset_ms":null,"offset_age_s":null}'),
  'refused:gone', 'And one that shows 1970 and could not measure its clock');
select is(tests.value($$
    select string_agg(distinct args::text, ' ') from sync.result where args ? 'note' or args::text ~ '13800001111|soon'
  $$),
  null, 'The server remembers the refusal without words');
select is((select count(*) from tests.visible() where tbl = 'verdict' and data::text ~ '13800001111|soon'),
  0::bigint, 'The phone gets it without words too');

-- push and pull
select throws_ok($$select api.push(gen_random_uuid(), 1, '[7]')$$, '22023', null, 'A number is not a mutation');
select throws_ok($$select api.push(gen_random_uuid(), 1, '[{"seq":"one","name":"withdraw","v":1}]')$$,
  '22023', null, 'A mutation has a number');
select throws_ok($$select api.push(gen_random_uuid(), 1, '[{"seq":1,"name":"withdraw","v":1,"more":1}]')$$,
  '22023', null, 'A mutation has only its own fields');
select throws_ok($$select api.push(gen_random_uuid(), 1, null)$$, 'RW002', null, 'Nothing is not a list');
select throws_ok($$select api.push(gen_random_uuid(), 1, to_jsonb(repeat('[', 200000)))$$,
  'RW002', null, 'A text that is not JSON is refused');
select throws_ok($$select api.pull(gen_random_uuid(), 1, '[]')$$, '22023', null, 'Cursors are an object');
select throws_ok($$select api.pull(gen_random_uuid(), 1, '{"user:x":"1"}')$$, '22023', null, 'Cursors are numbers');
select throws_ok($$select api.pull(gen_random_uuid(), 1, '{"user:x":-1}')$$, '22023', null, 'Cursors are not negative');
select throws_ok($$
    select api.pull(gen_random_uuid(), 1, (select jsonb_object_agg('user:' || i, i) from generate_series(1, 40000) i))
  $$,
  'RW002', null, 'The number of cursors is limited');
select is(tests.value($$select count(*) from sync.client where login_id = tests.id('ping')$$),
  '1', 'None of these calls left a client behind');

-- a dead letter says which intent, why and about which row
select is(tests.push('__skip', '{"original":{"name":"withdraw","v":1},"code":"RW002","ids":["@s"]}'),
  'failed:skipped', 'A tap that the phone gave up is consumed');
select is(tests.push('__skip', '{"original":{"name":"withdraw","v":1,"args":{"reason":"13800001111"}}}'),
  'failed:skipped', 'It is consumed with any content');
select is(tests.push('__skip', '{"original":{"name":"打给13800001111","v":1}}'), 'failed:skipped',
  'It is consumed for any intent');
select is(tests.push('__skip', tests.deep(100)), 'failed:skipped', 'It is consumed at any depth');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is((select array_agg(data ->> 'name' order by data ->> 'name') from tests.visible() where tbl = 'dead_letter'),
  '{__skip,__skip,__skip,withdraw}', 'The coordinator sees the tap that was given up');
select is((select data - '{id,at,community_id,responder_id,person_name}'::text[]
           from tests.visible()
           where tbl = 'dead_letter' and data ->> 'name' = 'withdraw'),
  jsonb_build_object('name', 'withdraw', 'code', 'skipped', 'about', '{}'::jsonb,
    'detail', jsonb_build_object('code', 'RW002', 'ids', jsonb_build_array(tests.id('s')),
      'original', '{"name":"withdraw","v":1}'::jsonb)),
  'It says which intent, why and about which row');
select is((select count(*) from tests.visible() where data::text ~ '13800001111' or length(data::text) > 4000),
  0::bigint, 'It holds no words of anybody');

-- times
select tests.refuses('draft_shifts',
  tests.a_roster('{}', jsonb_build_object('starts_at', tests.at(9, '08:00'), 'ends_at', tests.at(9, '12:00'))),
  'refused:invalid', 'A shift lies in its roster');
select tests.refuses('draft_shifts', tests.a_roster('{}', '{"starts_at":"infinity"}'), 'refused:invalid',
  'A shift lies within a year');
select tests.refuses('draft_shifts',
  tests.a_roster(jsonb_build_object('starts_on', tests.at(700, '00:00')::date, 'ends_on', tests.at(701, '00:00')::date),
    '{}'),
  'refused:invalid', 'A roster begins within a year');
select is(tests.push('draft_shifts',
    tests.a_roster('{}', jsonb_build_object('starts_at', tests.at(7, '22:00'), 'ends_at', tests.at(8, '06:00')))),
  'applied', 'The last night shift may end the morning after the roster');
select tests.refuses('open_callout',
  tests.a_line(jsonb_build_object('slots',
      jsonb_build_array(jsonb_build_object('starts_at', now() + interval '3 years',
          'ends_at', now() + interval '3 years 2 hours')))),
  'refused:invalid', 'A slot lies within a year');
select tests.refuses('open_callout',
  tests.a_line(jsonb_build_object('policy', jsonb_set(tests.policy(), '{steps,0,note}', tests.deep(100)))),
  'refused:invalid', 'A step of a policy has three keys');
select is(tests.push('open_callout', tests.a_line('{}')), 'applied', 'The policy as it is opens a call-out');

-- actions
select tests.denies($$
    select api.import_rows(gen_random_uuid(), 'building', tests.deep(100),
      jsonb_build_object('community_id', tests.id('community'), 'file_name', 'x'))
  $$,
  'refused:invalid', 'Rows are objects');
select * from finish();
rollback;
