-- A session that has ended: its access token still runs for an hour, and opens nothing.
begin;
select plan((select count(*) from pg_proc where pronamespace = 'api'::regnamespace and
  has_function_privilege('authenticated', oid, 'execute')
  and not has_function_privilege('anon', oid, 'execute'))::int + 8);
select tests.make_world();
insert into auth.sessions (id, user_id) values (tests.id('phone'), tests.id('coordinator'));
create function tests.act_in(p_session text) returns void language sql as $$
  select tests.act_as('coordinator'), set_config('request.jwt.claims',
    jsonb_build_object('sub', tests.id('coordinator'), 'role', 'authenticated', 'session_id', p_session)::text, true)
$$;
-- a call with null in every argument
create function tests.call_of(p_oid oid) returns text language sql stable as $$
  select format('select api.%I(%s)', p.proname, (select string_agg('null::' || format_type(t, null), ', ' order by i)
    from unnest(p.proargtypes) with ordinality a(t, i)))
  from pg_proc p where p.oid = p_oid
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as the coordinator, signed in
select tests.act_in(tests.id('phone')::text);
select is(api.who_am_i() ->> 'login', tests.id('coordinator')::text, 'A live session identifies its person');
select isnt(tests.scopes(), null, 'A live session is given scopes');
-- Acting with the same token after the session has ended
select tests.act_as_owner();
select private.end_sessions(tests.id('coordinator'));
select tests.act_in(tests.id('phone')::text);
select is(api.who_am_i() ->> 'login', null, 'An ended session identifies nobody');
select is((select count(*) from sync.entry), 0::bigint, 'An ended session reads no entry');
select is((select count(*) from sync.client), 0::bigint, 'An ended session reads no client');
select throws_ok(tests.call_of(oid), '42501', null, format('It is refused by %s', proname)) from pg_proc
  where pronamespace = 'api'::regnamespace and has_function_privilege('authenticated', oid, 'execute') and not
    has_function_privilege('anon', oid, 'execute') order by proname;
select tests.act_in('not a session');
select throws_ok($$select api.pull(tests.id('p'), 1, '{}', null, 10)$$, '42501', null,
  'A session id that is none opens nothing');
-- Acting with a token of the server's own, which names no session
select tests.act_as('coordinator');
select is(api.who_am_i() ->> 'login', tests.id('coordinator')::text, 'The server''s own tokens name no session');
-- The session of another person does not help either: a session is looked up with its person
select tests.act_as_owner();
insert into auth.sessions (id, user_id) values (tests.id('phone'), tests.id('ping'));
select tests.act_in(tests.id('phone')::text);
select is(api.who_am_i() ->> 'login', null, 'The session of another person identifies nobody');
select * from finish();
rollback;
