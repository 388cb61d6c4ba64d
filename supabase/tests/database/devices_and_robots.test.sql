-- Where notices may go: a device belongs to its person, a robot to the coordinator of its community, and neither
-- address is ever shown again.
begin;
select plan(70);
select tests.make_world();
create function tests.save(p_name text, p_locale text default 'zh-CN') returns text language sql as $$
  select tests.said(api.save_push_subscription('https://fcm.googleapis.com/fcm/send/' || p_name, repeat('B', 87),
      repeat('a', 22), p_locale))
$$;
create function tests.device_of(p_name text) returns text language sql stable security definer as $$
  select l.sign_in_name || ' ' || s.locale
  from app.push_subscription s
  join app.login l on l.id = s.login_id
  where s.endpoint = 'https://fcm.googleapis.com/fcm/send/' || p_name
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Devices
select tests.act_as_anon();
select throws_ok($$select tests.save('x')$$, '42501', null, 'A caller without a login has no device');
select tests.act_as('uninvited');
select throws_ok($$select tests.save('x')$$, '42501', null, 'A login that belongs nowhere has no device');
select tests.act_as('ping');
select is(tests.save('one', 'en'), 'applied', 'Ping''s phone is saved');
select is(tests.device_of('one'), 'ping en', 'It is ping''s, in the language of the phone');
select is(tests.save('one'), 'applied', 'Ping saves it again');
select is(tests.device_of('one'), 'ping zh-CN', 'It is the same device');
select tests.denies(format('select api.save_push_subscription(%L, repeat(''B'', 87), repeat(''a'', 22), ''en'')',
    x.endpoint),
  'refused:invalid', format('%s is no push service', x.endpoint))
from unnest(array['http://fcm.googleapis.com/fcm/send/x', 'https://127.0.0.1/x', 'https://localhost/x',
    'https://[::1]/x', 'https://fcm.googleapis.com:8443/x', 'https://push.example.com/x',
    'https://fcm.googleapis.com@evil.example/x', 'https://fcm.googleapis.com.evil.example/x',
    'https://evil.example/https://fcm.googleapis.com/', 'https://evilnotify.windows.com/x',
    'https://a.b.notify.windows.com/x', 'https://api.push.apple.com/x', 'https://FCM.googleapis.com/x',
    e'https://fcm.googleapis.com/x\nHost: evil', 'https://fcm.googleapis.com/' || repeat('x', 1000), '']) x(endpoint);
select is(tests.value(format('select private.is_push_endpoint(%L)', x.at)), 'true', format(
  '%s is a push service', x.at))
from unnest(array['https://fcm.googleapis.com/fcm/send/d-1:APA91b_x',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
    'https://wns2-par02p.notify.windows.com/w/?token=BQYAAAD%2b',
    'https://web.push.apple.com/QGuQyavXutnMH']) x(at);
select tests.denies($$
    select api.save_push_subscription('https://fcm.googleapis.com/fcm/send/x', 'short', repeat('a', 22), 'en')
  $$,
  'refused:invalid', 'A malformed key is refused');
select tests.act_as('qiang');
select is(tests.said(api.drop_push_subscription('https://fcm.googleapis.com/fcm/send/one')),
  'applied', 'Qiang drops a device');
select is(tests.device_of('one'), 'ping zh-CN', 'Qiang cannot drop a device of another person');
select tests.denies($$
    select api.save_push_subscription('https://fcm.googleapis.com/fcm/send/one', repeat('C', 87), repeat('a', 22), 'en')
  $$,
  'refused:forbidden', 'Nobody takes a device by its address alone');
select is(tests.save('one'), 'applied', 'Qiang saves the same phone');
select is(tests.device_of('one'), 'qiang zh-CN', 'It is qiang''s now, and rings for ping no more');
select tests.save('n' || i) from generate_series(1, 12) i;
select is(tests.value($$select count(*) from app.push_subscription where login_id = tests.id('qiang')$$),
  '10', 'A person has ten devices at most');
select is(tests.device_of('n12'), 'qiang zh-CN', 'The newest one is among them');
select tests.said(api.drop_push_subscription('https://fcm.googleapis.com/fcm/send/n12'));
select is(tests.value($$
    select count(*) filter (where dropped_at is not null and num_nonnulls(endpoint, p256dh, auth) = 0)
    from app.push_subscription
    where login_id = tests.id('qiang')
  $$),
  '1', 'A device that is switched off keeps no address and no keys');
select is(tests.save('n12'), 'applied', 'Switched on again');
select is(tests.value($$
    select count(*) from app.push_subscription where login_id = tests.id('qiang') and dropped_at is not null
  $$),
  '0', 'No device counts as switched off');

-- Robots
select tests.denies(format('select api.set_robot(%L, %L, %L, null)', tests.id('community'), 'wecom',
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcd1234-5678'),
  'refused:forbidden', 'A responder sets no robot');
select tests.act_as('other_coordinator');
select tests.denies(format('select api.set_robot(%L, %L, %L, null)', tests.id('community'), 'wecom',
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcd1234-5678'),
  'refused:forbidden', 'The coordinator of another community sets no robot');
select tests.act_as('coordinator');
select tests.denies(format('select api.set_robot(%L, %L, %L, null)', tests.id('community'), 'dingtalk',
    'https://evil.example.com/robot/send?access_token=0123456789abcdef'),
  'refused:invalid', 'A robot''s address is at its maker''s');
select tests.denies(format('select api.set_robot(%L, ''telegram'', ''https://x'', null)', tests.id('community')),
  'refused:invalid', 'An unknown kind of robot is refused');
select is((api.set_robot(tests.id('community'), 'feishu', 'https://open.feishu.cn/open-apis/bot/v2/hook/abcd-1234-wxyz',
      'geheim') -> 'robot') - 'id'::text,
  '{"kind":"feishu","tail":"wxyz","state":"untested"}',
  'The coordinator sets a robot and sees its last four characters');
select is(api.robots(tests.id('community')) #> '{robots,0}' ->> 'tail'
    || (api.robots(tests.id('community'))::text ~ 'hook|geheim')::text,
  'wxyzfalse', 'Later they see the same, never the address or the secret');
select is(tests.said(api.test_robot((api.robots(tests.id('community')) #>> '{robots,0,id}')::uuid)),
  'applied', 'The coordinator tests the robot');
select is(tests.value($$select string_agg(state || content::text, '') from app.delivery where channel = 'robot'$$),
  'queued{"test": true}', 'A test message is queued');
select tests.act_as('other_coordinator');
select is(tests.said(api.test_robot(tests.value($$select id from app.robot$$)::uuid))
    || tests.said(api.drop_robot(tests.value($$select id from app.robot$$)::uuid))
    || tests.said(api.robots(tests.id('community'))),
  'refused:forbiddenrefused:forbiddenrefused:forbidden', 'Another coordinator can do none of this');
select tests.act_as('coordinator');
select is(tests.said(api.drop_robot(tests.value($$select id from app.robot$$)::uuid)),
  'applied', 'The coordinator removes the robot');
select is(tests.value($$select (select count(*) from app.robot) + (select count(*) from app.delivery)$$),
  '0', 'Its queued messages are gone');
select * from finish();
rollback;
