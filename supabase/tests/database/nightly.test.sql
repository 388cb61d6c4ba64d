-- nightly: rows nobody needs are deleted, once a day; the database checks itself.
begin;
select plan(26);
select tests.make_world();
select tests.make_shift('s1', now() + interval '20 hours', 3, 3),
  tests.make_shift('s2', now() + interval '60 hours', 3, 3);
select tests.make_assignment('a1', 'ping', 's1'), tests.make_assignment('a2', 'qiang', 's1');
select tests.commit();
select set_config('tests.month',
  'org:' || tests.id('community') || ':' || private.month_of(now() + interval '20 hours'), true);
create function tests.page(p_cursors jsonb) returns jsonb language sql as $$
  select api.pull(tests.id('phone'), 1, p_cursors, null, 10000)
$$;
create function tests.tombstones() returns bigint language sql security definer as $$
  select count(*) from sync.entry where op = 'D' and scope = current_setting('tests.month')
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as ping and anon
select tests.act_as('ping');
select throws_ok($$select private.nightly(now() + interval '1 year')$$,
  '42501', null, 'Nobody runs the cleaning through the API');
select set_config('tests.heads',
  (select jsonb_object_agg(s.key, s.value -> 'head') from jsonb_each(tests.page('{}') -> 'scopes') s)::text, true);
select is(tests.push('withdraw', '{"assignment_id":"@a1","reason":"work"}'), 'applied', 'Ping gives a place back');
select tests.refuses('accept_shift', '{"assignment_id":"@a9","shift_id":"@nowhere","on_full":"refuse","eta_min":0}',
  'refused:gone', 'A tap on an assignment that does not exist is refused');
select tests.refuses('accept_shift', '{"assignment_id":"@a2","shift_id":"@s2","on_full":"refuse"}', 'failed:bad_data',
  'Another tap is one no server can handle');
select tests.act_as_anon();
select throws_ok($$select private.nightly(now())$$, '42501', null, 'Anon does not run the cleaning');
select tests.act_as_owner();
select tests.commit();

-- once a day
select ok(tests.tombstones() > 0, 'The place ping gave back left a tombstone');
select is(private.nightly(now()), '[]', 'The self-check finds nothing wrong');
select is(private.nightly(now()), null, 'The cleaning runs once a day, no matter who calls');
select is(private.nightly(now() + interval '89 days'), '[]', 'The cleaning runs again on another day');
select ok(tests.tombstones() > 0, 'A tombstone of 89 days is kept');
select tests.act_as('ping');
select is((select bool_or((s.value ->> 'reset')::boolean)
           from jsonb_each(tests.page(current_setting('tests.heads')::jsonb) -> 'scopes') s),
  false, 'A phone away for 89 days goes on from its cursors');
select tests.act_as_owner();

-- after 90 days
update sync.result set dismissed_at = now() where status = 'failed';
select tests.commit();
select tests.act_as_owner();
select is(private.nightly(now() + interval '91 days'), '[]', 'The cleaning runs after 91 days');
select is(tests.tombstones(), 0::bigint, 'Old tombstones are deleted');
select tests.act_as('ping');
select is((select array_agg(s.key)
           from jsonb_each(tests.page(current_setting('tests.heads')::jsonb) -> 'scopes') s
           where (s.value ->> 'reset')::boolean and s.key like 'org:%'),
  array[current_setting('tests.month')], 'A phone that was away longer starts the scope over');
select is((select count(*)
           from jsonb_array_elements(tests.page(current_setting('tests.heads')::jsonb) -> 'entries') e
           where e ->> 0 = current_setting('tests.month')),
  (select count(*)
   from jsonb_array_elements(tests.page('{}') -> 'entries') e
   where e ->> 0 = current_setting('tests.month')),
  'The phone receives its whole live set');
select is((select bool_or((s.value ->> 'reset')::boolean)
           from jsonb_each(tests.page((select jsonb_object_agg(s.key, s.value -> 'head')
                                       from jsonb_each(tests.page('{}') -> 'scopes') s)) -> 'scopes') s),
  false, 'A phone at the head goes on');
select tests.act_as_owner();

-- verdicts
select is((select count(*) from sync.result where status = 'refused' and args is not null),
  1::bigint, 'A refusal nobody dismissed stays whole');
select is((select count(*) from sync.result where status = 'failed' and args is not null and detail is not null),
  1::bigint, 'A dead letter stays whole, dismissed or not');
select is((select count(*) from sync.result where status = 'applied' and detail is not null),
  0::bigint, 'An old verdict loses its arguments');
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl = 'verdict'), 1::bigint,
  'The author still reads an old verdict');
select tests.act_as_owner();
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');

-- the self-check
update sync.scope set sum_ver = sum_ver + 1 where id = current_setting('tests.month');
alter table app.shift disable trigger user;
update app.shift set filled = 2 where id = tests.id('s1');
select is((select array_agg(f ->> 'check' order by f ->> 'check')
           from jsonb_array_elements(private.nightly(now() + interval '92 days')) f),
  '{filled_is_the_count,sums_are_right}', 'The self-check finds a wrong counter and a wrong sum');
select is((select findings #>> '{0,sample}' from sync.nightly order by day desc limit 1),
  tests.id('s1')::text, 'The self-check names one of each');
update sync.scope set head = 0 where id = current_setting('tests.month');
select ok((select private.self_check() @> '[{"check":"no_version_above_its_head"}]'),
  'The self-check finds a head that went back');
select * from finish();
rollback;
