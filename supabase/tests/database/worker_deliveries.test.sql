-- The sender's two functions: only the service role has them; a lease keeps two senders apart.
begin;
select plan(31);
select tests.make_world();
create function tests.act_as_service() returns void language plpgsql as $$
begin
  perform set_config('request.jwt.claims', '{"role":"service_role"}', true), set_config('role', 'service_role', true),
    set_config('tests.acted', 'yes', true);
end $$;
create function tests.settle(p_delivery text, p_lease text, p_outcome text, p_more jsonb default '{}')
returns text language sql as $$
  select api.worker_settle_deliveries(jsonb_build_array(jsonb_build_object('id', tests.id(p_delivery), 'lease', p_lease,
        'outcome', p_outcome)
        || p_more)) ->> 'settled'
$$;
create function tests.delivery(p_name text) returns text language sql stable security definer as $$
  select concat_ws(' ', state, reason, attempts, error) from app.delivery where id = tests.id(p_name)
$$;
grant usage on schema tests to service_role;
grant execute on all functions in schema tests, extensions to service_role, anon, authenticated;

select tests.make_callout('line');
select tests.make_shift('s', now() + interval '1 hour', 3, 5, 'door', 'line');
select tests.make_offer('o_ping', 'ping', 's'), tests.make_offer('o_mei', 'mei', 's');
insert into app.push_subscription (id, login_id, endpoint, p256dh, auth, locale)
values (tests.id('dev1'), tests.id('ping'), 'https://push.example.com/1', 'k1', 'a1', 'zh-CN'),
  (tests.id('dev2'), tests.id('ping'), 'https://push.example.com/2', 'k2', 'a2', 'en');
insert into app.robot (id, community_id, kind, webhook, secret, created_by)
values (tests.id('bot'), tests.id('community'), 'dingtalk', 'https://oapi.dingtalk.com/robot/send?access_token=x',
  'geheim', tests.id('coordinator'));
insert into app.delivery (id, notice_id, login_id, community_id, channel, state, next_at, created_at)
select tests.id(x.name), (select id from app.notice where subject_id = tests.id(x.offer)), tests.id(x.login),
  tests.id('community'), x.channel::app.delivery_channel, 'queued', now() - x.since, now()
from (values ('push', 'o_ping', 'ping', 'web_push', interval '3 s'), ('text', 'o_mei', 'mei', 'sms', interval '2 s'),
        ('listed', 'o_mei', 'mei', 'call', interval '5 s')) x(name, offer, login, channel, since);
insert into app.delivery (id, robot_id, community_id, channel, state, content, next_at, created_at)
values (tests.id('group'), tests.id('bot'), tests.id('community'), 'robot', 'queued', '{"counts":{"offer":2}}',
  now() - interval '1 s', now());

-- Roles without the two functions
select tests.act_as_anon();
select throws_ok('select api.worker_claim_deliveries(10)', '42501', null, 'Anon claims no delivery'),
  throws_ok($$select api.worker_settle_deliveries('[]')$$, '42501', null, 'Anon settles no delivery');
select tests.act_as('admin');
select throws_ok('select api.worker_claim_deliveries(10)', '42501', null, 'Admin claims no delivery'),
  throws_ok($$select private.worker_claim_deliveries(10)$$, '42501', null,
  'Admin claims no delivery behind the wrapper'),
  throws_ok($$select api.worker_settle_deliveries('[]')$$, '42501', null, 'Admin settles no delivery');

-- The sender
select tests.act_as_service();
select throws_ok('select 1 from app.push_subscription', '42501', null, 'The sender reads no table');
create temp table claimed on commit drop as
  select e.* from jsonb_array_elements(api.worker_claim_deliveries(10)) with ordinality e(one, i);
select is((select string_agg(one ->> 'channel', ' ' order by i) from claimed),
  'web_push sms robot', 'The sender is handed what is due, oldest first; calls are left to people');
select is((select one -> 'targets' from claimed where i = 1),
  jsonb_build_array(jsonb_build_object('id', tests.id('dev1'), 'endpoint', 'https://push.example.com/1', 'p256dh', 'k1',
      'auth', 'a1', 'locale', 'zh-CN'),
    jsonb_build_object('id', tests.id('dev2'), 'endpoint', 'https://push.example.com/2', 'p256dh', 'k2', 'auth', 'a2',
      'locale', 'en')),
  'A push comes with every device of the person')
where tests.id('dev1') < tests.id('dev2')
union all select is((select jsonb_array_length(one -> 'targets') from claimed where i = 1),
  2, 'A bundled push comes with every device of the person')
where tests.id('dev1') > tests.id('dev2');
select is((select one ->> 'phone' from claimed where i = 2), '19900000004', 'An SMS comes with the number');
select is((select count(*) from claimed where i <> 2 and one ->> 'phone' is not null),
  0::bigint, 'Other channels come without the number');
select is((select one #>> '{robot,webhook}' || ' ' || (one #>> '{robot,secret}') || ' '
             || (one #>> '{content,counts,offer}')
           from claimed
           where i = 3),
  'https://oapi.dingtalk.com/robot/send?access_token=x geheim 2',
  'A robot message comes with the robot''s address and its text');
select is((select concat_ws(' ', one #>> '{message,kind}', one #>> '{message,place_name}', one #>> '{message,drill}',
             one #>> '{message,action}')
           from claimed
           where i = 1),
  'offer 梧桐苑 1栋 true answer', 'The message says what, where, and that it is a drill');
select ok((select not bool_or(one::text ~ '李平|赵梅|陈立群') from claimed), 'The message names nobody');
select is(api.worker_claim_deliveries(10), '[]', 'A second sender is handed nothing');

-- Results of sending
select is(tests.settle('push', gen_random_uuid()::text, 'sent'), '0', 'Only the holder of the lease settles');
select is(tests.settle('push', (select one ->> 'lease' from claimed where i = 1), 'sent',
    jsonb_build_object('gone', jsonb_build_array(tests.id('dev2')))),
  '1', 'Sent');
select is(tests.delivery('push'), 'sent 1', 'The delivery is marked as sent');
select is(tests.value($$select string_agg(endpoint, '') from app.push_subscription$$),
  'https://push.example.com/1', 'A device that is gone is forgotten');
select is(tests.settle('push', (select one ->> 'lease' from claimed where i = 1), 'failed'), '0',
  'A second result is ignored');
select is(tests.settle('text', (select one ->> 'lease' from claimed where i = 2), 'not_configured'),
  '1', 'An SMS without a provider is settled');
select is(tests.delivery('text'), 'not_sent not_configured 1', 'It is marked as not sent, with the reason');
select is(tests.settle('group', (select one ->> 'lease' from claimed where i = 3), 'retry',
    '{"error":"http_500","after_s":0}'),
  '1', 'A robot that did not answer is settled');
select is(tests.delivery('group') || tests.value($$select state from app.robot$$),
  'queued 1 http_500untested', 'It will be tried again');
select tests.settle('group', api.worker_claim_deliveries(1) #>> '{0,lease}', 'later',
  '{"error":"our_limit","after_s":0}');
select is(tests.delivery('group'), 'queued 1 our_limit', 'Waiting for its turn costs no try');
select tests.settle('group', api.worker_claim_deliveries(1) #>> '{0,lease}', 'retry',
  '{"error":"http_500","after_s":0}')
from generate_series(1, 4);
select is(tests.delivery('group') || tests.value($$select ' ' || state from app.robot$$),
  'failed 5 http_500 failing', 'After five tries a delivery has failed');

-- A lease that ran out, and a notice answered meanwhile
select tests.act_as_owner();
update app.delivery
set state = 'queued', reason = null, settled_at = null
where id in (tests.id('push'), tests.id('text'));
select tests.act_as_service();
select is(jsonb_array_length(api.worker_claim_deliveries(1)), 1, 'One delivery is claimed at a time');
select tests.act_as_owner();
update app.delivery set lease_until = now() where lease_until is not null;
update app.notice set read_at = now() where subject_id in (tests.id('o_mei'), tests.id('o_ping'));
update app.offer set state = 'declined' where id = tests.id('o_mei');
select tests.act_as_service();
select is((select string_agg(e ->> 'id', ',') from jsonb_array_elements(api.worker_claim_deliveries(10)) e),
  tests.id('push')::text,
  'Another sender takes what the first never settled, seen or not, but nothing that was answered');
select is(tests.delivery('text'), 'not_sent superseded 1', 'A notice answered meanwhile is superseded');
select tests.act_as('ping');
select is(tests.push('accept_shift',
    '{"assignment_id":"@a_ping","shift_id":"@s","offer_id":"@o_ping","on_full":"refuse","eta_min":0}'),
  'applied', 'Ping accepts before the next try');
select tests.act_as_owner();
update app.delivery set lease_until = now() where lease_until is not null;
select tests.act_as_service();
select is(api.worker_claim_deliveries(10), '[]', 'A person who has answered is not called');
select is(tests.delivery('push'), 'not_sent superseded 3', 'The skipped delivery says why');
select * from finish();
rollback;
