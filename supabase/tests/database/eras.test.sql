-- Eras: a phone whose last pull lies in a history this database does not remember starts over; no other phone does.
begin;
select plan(22);
select tests.make_world();
select tests.make_shift('s1', now() + interval '20 hours', 3, 3);
select tests.commit();
create function tests.pulled(p_epoch uuid) returns jsonb language sql as $$
  select api.pull(tests.id('phone'), 1,
    (select jsonb_object_agg(s.key, s.value -> 'head')
     from jsonb_each(api.pull(tests.id('phone'), 1, '{}', null, 10000) -> 'scopes') s),
    p_epoch, 10000)
$$;
create function tests.epoch() returns uuid language sql as $$ select (tests.pulled(null) ->> 'epoch')::uuid $$;
-- which scopes start over: all, none, or some
create function tests.started_over(p_epoch uuid) returns text language sql as $$
  select case
    when bool_and((s.value ->> 'reset')::boolean) then 'all'
    when bool_or((s.value ->> 'reset')::boolean) then 'some'
    else 'none'
  end
  from jsonb_each(tests.pulled(p_epoch) -> 'scopes') s
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as ping
select tests.act_as('ping');
select throws_ok('select private.mark_era(now())', '42501', null, 'Nobody begins an era through the API');
select throws_ok('select private.new_epoch()', '42501', null, 'Nobody ends every era through the API');
select throws_ok('select private.cluster_place()', '42501', null, 'Nobody reads the cluster''s name through the API');
select set_config('tests.zero', tests.epoch()::text, true);
select is(tests.started_over(tests.epoch()), 'none', 'Before the first era a phone goes on');
select is(tests.started_over(gen_random_uuid()), 'all', 'A phone of an unknown history starts over in every scope');
select tests.act_as_owner();

select private.mark_era(now());
select is((select count(*) from sync.era), 1::bigint, 'The first tick begins an era');
select private.mark_era(now() + interval '4 minutes');
select is((select count(*) from sync.era), 1::bigint, 'An era lasts five minutes');
select tests.act_as('ping');
select is(tests.epoch()::text, current_setting('tests.zero'), 'An era has the name it was called by before it began');
select tests.act_as_owner();
select private.tick(now() + interval '6 minutes');
select is((select count(*) from sync.era), 2::bigint, 'After five minutes the tick begins another era');
select tests.act_as('ping');
select isnt(tests.epoch()::text, current_setting('tests.zero'), 'Phones hear of the new era');
select is(tests.started_over(current_setting('tests.zero')::uuid), 'none', 'Phones go on from the era before');
select set_config('tests.second', tests.epoch()::text, true);
select tests.act_as_owner();

-- a server that was started again
update sync.era set run_at = run_at - interval '1 second';
select private.mark_era(now() + interval '6 minutes');
select is((select count(*) from sync.era), 3::bigint, 'Every start of the server begins an era');
select tests.act_as('ping');
select is(tests.started_over(current_setting('tests.second')::uuid), 'none', 'A start alone lets phones go on');
select tests.act_as_owner();

-- an older copy of this database
delete from sync.era where id = current_setting('tests.second')::uuid;
select tests.act_as('ping');
select is(tests.started_over(current_setting('tests.second')::uuid),
  'all', 'A phone that saw what the copy does not hold starts over');
select is(tests.started_over(current_setting('tests.zero')::uuid),
  'none', 'A phone that was away since before the copy goes on');
select tests.act_as_owner();

-- the same rows in another cluster
update sync.era set place = 'another/' || place;
select tests.act_as('ping');
select is(tests.started_over(current_setting('tests.zero')::uuid),
  'none', 'The name before the first era is that of this place');
select isnt(tests.epoch(), (select null::uuid), 'A copy in another cluster has an epoch at once');
select tests.act_as_owner();
select set_config('tests.there', (select id::text from sync.era order by began_at desc limit 1), true);
select tests.act_as('ping');
select is(tests.started_over(current_setting('tests.there')::uuid), 'all',
  'Eras of another cluster are not known here');
select set_config('tests.here', tests.epoch()::text, true);
select tests.act_as_owner();

-- by hand, and after a long time
select private.new_epoch();
select tests.act_as('ping');
select is(tests.started_over(current_setting('tests.here')::uuid), 'all',
  'An operator may make every phone start over');
select tests.act_as_owner();
select private.mark_era(now() + interval '91 days');
select is((select count(*) from sync.era where began_at < now() + interval '1 day'),
  0::bigint, 'Eras are forgotten after 90 days');

-- a provider that does not say which cluster this is
create role asks_nothing;
alter function private.cluster_place() owner to asks_nothing;
revoke execute on function pg_catalog.pg_control_system() from public;
select is(private.cluster_place(), 'unknown',
  'Where the owner may not read the cluster''s name, every place is the same');
select private.mark_era(now() + interval '91 days');
select tests.act_as('ping');
select is(tests.started_over(tests.epoch()), 'none', 'Phones go on where the cluster is unknown');
select tests.act_as_owner();
select * from finish();
rollback;
