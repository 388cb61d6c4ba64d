-- The delivery ladder: who is sent what by which channel, and why not. The time is given, so the hour of the day does
-- not matter.
begin;
select plan(34);
select tests.make_world();
create function tests.noon() returns timestamptz language sql stable as $$ select tests.at(1, '12:00') $$;
create function tests.night() returns timestamptz language sql stable as $$ select tests.at(1, '23:30') $$;
-- 'channel:state' or 'channel:reason' of everything about one subject, in order
create function tests.went(p_subject text, p_to text default null)
returns text language sql stable security definer as $$
  select string_agg(concat(d.channel, ':', coalesce(d.reason::text, d.state::text)), ' ' order by d.channel,
    d.created_at, d.id)
  from app.delivery d
  join app.notice n on n.id = d.notice_id
  where n.subject_id = tests.id(p_subject) and (p_to is null or n.login_id = tests.id(p_to))
$$;
create function tests.device(p_name text, p_of text) returns void language sql security definer as $$
  insert into app.push_subscription (id, login_id, endpoint, p256dh, auth, locale)
  values (tests.id(p_name), tests.id(p_of), 'https://push.example.com/' || p_name, 'k', 'a', 'zh-CN')
$$;
create function tests.tell(p_subject text, p_to text, p_kind text, p_at timestamptz, p_shift text default null,
  p_callout text default null)
returns void language sql security definer as $$
  select private.notify(p_at, array[tests.id(p_to)], p_kind::app.notice_kind, tests.id('community'),
    tests.id(p_callout), tests.id(p_shift), tests.id(p_subject))
$$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.act_as('ping');
select throws_ok($$select private.plan_deliveries(now())$$, '42501', null, 'Nobody plans deliveries from outside');
select tests.act_as_owner();

-- A real call-out under an open mode; ping has a device, qiang switched theirs off, mei never had one
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
values (tests.id('mode'), tests.id('community'), '防汛', '1号', tests.id('coordinator'), now(), now(),
  now() + interval '70 hours');
insert into app.callout (id, community_id, kind, title, policy, mode_id, opened_by, opened_at)
values (tests.id('real'), tests.id('community'), 'real', '红色防线', '{}', tests.id('mode'), tests.id('coordinator'),
  now());
select tests.make_callout('drill');
select tests.make_shift('s', tests.noon(), 3, 5, 'door', 'real'),
  tests.make_shift('g', tests.noon(), 3, 5, 'gate', 'real'), tests.make_shift('d', tests.noon(), 3, 5, 'door', 'drill'),
  tests.make_shift('week', tests.noon() + interval '30 hours', 3, 2);
select tests.device('p1', 'ping'), tests.device('p2', 'qiang');
update app.push_subscription
set endpoint = null, p256dh = null, auth = null, dropped_at = now()
where id = tests.id('p2');
delete from app.responder_contact where responder_id = tests.id('mei.person');
insert into app.robot (id, community_id, kind, webhook, created_by)
values (tests.id('bot'), tests.id('community'), 'wecom', 'x', tests.id('coordinator'));
select tests.make_offer('o_ping', 'ping', 's', tests.noon() + interval '6 minutes'),
  tests.make_offer('o_qiang', 'qiang', 's', tests.noon() + interval '6 minutes'),
  tests.make_offer('o_mei', 'mei', 's', tests.noon() + interval '6 minutes');
select is(private.plan_deliveries(tests.night()), 3, 'Three people are asked');
select is(tests.went('o_ping'), 'in_app:sent web_push:queued', 'A real call-out goes out at night');
select is(tests.went('o_qiang'), 'in_app:sent web_push:no_consent', 'No push goes to a person who switched it off');
select is(tests.went('o_mei'), 'in_app:sent web_push:no_channel',
  'No push goes to a person without a device, and each skip says why');
select is(private.plan_deliveries(tests.night()), 0, 'A second pass finds nothing');
select is(tests.value($$
    select string_agg(state || ' ' || content::text, ';') from app.delivery where channel = 'robot'
  $$),
  'queued {"drill": "no", "counts": {"offer": 3}}', 'The group robot says how many, and no name');

select is(private.plan_deliveries(tests.night() + interval '30 seconds'), 2, 'Without push the next rung comes sooner');
select is(tests.went('o_qiang') || ' ' || tests.went('o_mei'),
  'in_app:sent web_push:no_consent sms:queued in_app:sent web_push:no_channel sms:no_phone',
  'The next rung is SMS, or a skip for want of a number');
select is(private.plan_deliveries(tests.night() + interval '60 seconds'), 1, 'Mei, who is reached by nothing');
select is(tests.went('o_mei'), 'in_app:sent web_push:no_channel sms:no_phone call:queued',
  'A person nothing reached comes onto the call list');
select tests.act_as('ping');
select is(tests.push('read_notice',
    jsonb_build_object('notice_id', tests.value($$select id from app.notice where subject_id = tests.id('o_ping')$$))),
  'applied', 'Ping has read the notice');
select tests.act_as('qiang');
select is(tests.push('decline_shift', '{"offer_id":"@o_qiang","assignment_id":null,"reason":null}'),
  'applied', 'Qiang has declined');
select tests.act_as_owner();
select private.plan_deliveries(tests.night() + interval '10 minutes');
select is(tests.went('o_ping') || ' ' || tests.went('o_qiang'),
  'in_app:read web_push:queued sms:queued in_app:sent web_push:no_consent sms:queued',
  'Seen is not answered: the ladder goes on for Ping, and no further for Qiang');
select tests.act_as('ping');
select is(tests.push('decline_shift', '{"offer_id":"@o_ping","assignment_id":null,"reason":null}'),
  'applied', 'Ping answers');
select tests.act_as_owner();
select private.plan_deliveries(tests.night() + interval '15 minutes');
select is(tests.value($$select count(*) from app.notice where next_at is not null$$),
  '0', 'Nothing is left to plan');

-- Quiet hours
select tests.make_offer('d_ping', 'ping', 'd', tests.night() + interval '6 minutes');
select private.plan_deliveries(tests.night() + interval '20 minutes');
select is(tests.went('d_ping'), 'in_app:sent web_push:quiet_hours', 'A drill is not sent in quiet hours');
select is(tests.value($$select next_at = tests.at(2, '07:00') from app.notice where subject_id = tests.id('d_ping')$$),
  'true', 'A delivery held by quiet hours is looked at again at seven');
select is(private.quiet_until(tests.at(1, '03:00')), tests.at(1, '07:00'),
  'After midnight that is seven of the same morning');
select is(array(select private.is_quiet(tests.at(1, t)) from unnest('{06:59,07:00,21:59,22:00}'::time[]) t),
  '{t,f,f,t}'::boolean[], 'Quiet hours are from 22 to 7');
select is(tests.value($$
    select string_agg(coalesce(reason::text, state::text) || ' ' || (content ->> 'drill'),
      ',' order by content ->> 'drill')
    from app.delivery
    where channel = 'robot'
  $$),
  'queued no,quiet_hours yes', 'The robot sends no drill to the group in quiet hours');
update app.offer set state = 'expired' where id = tests.id('d_ping');
select private.plan_deliveries(tests.at(2, '07:00'));
select is(tests.went('d_ping'),
  'in_app:sent web_push:quiet_hours web_push:superseded', 'A notice that is over by then is not sent at all');

-- Bundles and throttles: four for one building and one for another, at once
select tests.make_assignment('x' || i, 'ping', 'week', 'done') from generate_series(1, 5) i;
select tests.tell('x' || i, 'ping', 'relief_late', tests.noon(), 'week') from generate_series(1, 3) i;
select tests.tell('y1', 'ping', 'filled', tests.noon(), 's'), tests.tell('y2', 'ping', 'filled', tests.noon(), 'g');
delete from app.delivery where channel in ('web_push', 'sms');
select private.plan_deliveries(tests.at(3, '12:00'));
select is(tests.value($$
    select string_agg(coalesce(d.reason::text, d.state::text), ',' order by coalesce(d.reason::text, d.state::text))
    from app.delivery d
    join app.notice n on n.id = d.notice_id
    where d.channel = 'web_push' and n.kind = 'relief_late'
  $$),
  'bundled,bundled,queued', 'One message stands for those that belong together');
select is(tests.value($$
    select count(*)
    from app.delivery b
    join app.delivery h on h.id = b.bundled_into
    where b.reason = 'bundled' and h.state = 'queued'
  $$),
  '2', 'The others say which message stands for them');
select is(tests.went('y1') || ' ' || tests.went('y2'),
  'in_app:sent web_push:throttled in_app:sent web_push:throttled', 'A message for another place waits a minute');
select private.plan_deliveries(tests.at(3, '12:00') + interval '59 seconds');
select is(tests.value($$select count(*) from app.delivery where channel = 'web_push' and state = 'queued'$$),
  '1', '59 seconds are not enough');
select private.plan_deliveries(tests.at(3, '12:01'));
select is(tests.value($$select count(*) from app.delivery where channel = 'web_push' and state = 'queued'$$),
  '2', 'A minute is enough');
select private.plan_deliveries(tests.at(3, '12:02'));
select is(tests.went('y1') || ' ' || tests.went('y2'),
  'in_app:sent web_push:throttled web_push:queued in_app:sent web_push:throttled web_push:queued',
  'Both places are sent, a minute apart; the wait is recorded once');
select tests.tell('z' || i, 'ping', 'relief_late', tests.noon()) from generate_series(1, 3) i;
update app.notice set community_id = null where subject_id in (select tests.id('z' || i) from generate_series(1, 3) i);
select private.plan_deliveries(tests.at(3, '12:03') + make_interval(mins => m)) from generate_series(0, 8) m;
select is(tests.value($$select count(*) from app.delivery where channel = 'web_push' and state = 'queued'$$),
  '5', 'Five messages are sent in a quarter of an hour and no more');
select private.plan_deliveries(tests.at(3, '12:15'));
select is(tests.value($$select count(*) from app.delivery where channel = 'web_push' and state = 'queued'$$),
  '6', 'The next waits until the first is a quarter of an hour old');

-- The list is kept short, and closing an account deletes its devices
select is(tests.value($$select bool_and(reason is not null) from app.delivery where state = 'not_sent'$$),
  'true', 'Everything not sent has its reason');
select private.tick_deliveries(tests.at(40, '12:00'));
select is(tests.value($$select count(*) from app.notice where created_at < tests.at(10, '00:00')$$),
  '0', 'Notices of last month are deleted');
select tests.act_as('ping');
select is(tests.said(api.close_account()), 'applied', 'Ping closes the account');
select is(tests.value($$select count(*) from app.push_subscription where login_id = tests.id('ping')$$),
  '0', 'No device of a closed account is kept');
select * from finish();
rollback;
