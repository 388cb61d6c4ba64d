-- The address that a limit counts: the one the last trusted proxy saw, never one that the caller wrote.
begin;
select plan(20);
select tests.make_world();
create function tests.address(p_headers jsonb) returns text language plpgsql security definer as $$
begin
  perform set_config('request.headers', p_headers::text, true);
  return private.caller_address();
end $$;
create function tests.through(p_chain text) returns text language sql security definer as $$
  select tests.address(jsonb_build_object('x-forwarded-for', p_chain))
$$;
create function tests.say_how(p_value text) returns void language sql security definer as $$
  insert into app.setting (key, value)
  values ('caller_address', p_value::jsonb)
  on conflict (key) do update set value = excluded.value
$$;
grant execute on all functions in schema tests to anon, authenticated;

select tests.act_as_anon();
select is(tests.address('{}'), 'unknown', 'Without the header there is no address');
select set_config('request.headers', '', true);
select is(tests.value('select private.caller_address()'), 'unknown', 'Without any headers there is no address');
select is(tests.through('203.0.113.9'), '203.0.113.9', 'One proxy reports the address it saw');
select is(tests.through('1.1.1.1, 127.0.0.1,203.0.113.9'),
  '203.0.113.9', 'Addresses that the caller wrote before it do not count');
select is(tests.through('203.0.113.9:50123'), '203.0.113.9', 'A port is not part of the address');
select is(tests.through('[2001:db8:1:2:3::9]:443'),
  '2001:db8:1:2::', 'An IPv6 subscriber has one bucket');
select is(tests.through('2001:db8:1:2:ffff::1'), '2001:db8:1:2::', 'All addresses of that subscriber fall into it');
select is(tests.through('::ffff:203.0.113.9'), '203.0.113.9', 'IPv4 written as IPv6 is IPv4');
select is(tests.through('1.1.1.1, evil' || repeat('x', 9000)), 'unknown', 'A malformed address is none');
select is(tests.through('203.0.113.9, '), 'unknown', 'An empty address is none');

select tests.say_how('{"proxies": 2}');
select is(tests.through('1.1.1.1, 203.0.113.9, 10.0.0.2'), '203.0.113.9',
  'With two proxies the one before the last counts');
select is(tests.through('10.0.0.2'), '10.0.0.2', 'Without the outer proxy the inner one still reports the address');
select tests.say_how('{"header": "CF-Connecting-IP"}');
select is(tests.address('{"x-forwarded-for": "1.1.1.1", "cf-connecting-ip": "203.0.113.9"}'),
  '203.0.113.9', 'The header of the service in front may count instead');
select is(tests.address('{"x-forwarded-for": "1.1.1.1"}'), 'unknown', 'Then no other header counts');
select tests.say_how('{"proxies": 0}');
select is(tests.through('1.1.1.1, 203.0.113.9'), '203.0.113.9', 'A setting that makes no sense means the default');
select tests.say_how('[]');
select is(tests.through('1.1.1.1, 203.0.113.9'), '203.0.113.9', 'The default holds for any such setting');

-- The limits count by this address
select tests.say_how('{"proxies": 1}');
select is(tests.through('9.9.9.9, 203.0.113.9'), '203.0.113.9', 'A caller of 203.0.113.9');
select isnt(api.sign_in_name('nobody at all') ->> 'email', null, 'The caller asks for a name');
select is(tests.value($$select count(*) from app.rate_window where bucket = md5('sign_in:203.0.113.9')::uuid$$) <> '0',
  true, 'The question counts for that address');
select is(tests.value($$select count(*) from app.rate_window where bucket = md5('sign_in:9.9.9.9')::uuid$$),
  '0', 'It counts for no address that the caller wrote');
select * from finish();
rollback;
