-- away_on_duty: the coordinators hear of a person who says that they are away during a shift that is still theirs.
begin;
select plan(20);
select tests.make_world();
select tests.make_login('second', '二号');
select tests.grant_role('second', 'community', 'coordinator');
select tests.make_shift('now', now() - interval '1 minute', 3, 2), tests.make_assignment('a_now', 'ping', 'now'),
  tests.make_shift('later', now() + interval '30 days', 3, 3), tests.make_assignment('a_later', 'ping', 'later'),
  tests.make_assignment('a_mei', 'mei', 'later'), tests.make_assignment('a_lead', 'coordinator', 'later');
insert into app.push_subscription (id, login_id, endpoint, p256dh, auth, locale)
values (tests.id('p'), tests.id('coordinator'), 'https://push.example.com/p', 'k', 'a', 'zh-CN');
-- 'login' of every notice, and whether it names the span of its shift
create function tests.heard() returns text language sql stable security definer as $$
  select string_agg(concat_ws(' ', l.sign_in_name, n.starts_at = s.starts_at), ', ' order by l.sign_in_name)
  from app.notice n
  join app.login l on l.id = n.login_id
  join app.shift s on s.id = n.shift_id
  where n.kind = 'away_on_duty'
$$;
create function tests.went() returns text language sql stable security definer as $$
  select string_agg(concat(d.channel, ':', coalesce(d.reason::text, d.state::text)), ' ' order by d.created_at, d.id)
  from app.delivery d
  join app.notice n on n.id = d.notice_id
  where n.kind = 'away_on_duty' and n.login_id = tests.id('coordinator') and d.channel <> 'in_app'
$$;
-- Whether the notices stand at a moment
create function tests.stand(p_at timestamptz default now()) returns text language sql stable security definer as $$
  select string_agg(distinct s.stands::text, ' ')
  from app.notice n
  join private.notice_standing(p_at) s using (id)
  where n.kind = 'away_on_duty'
$$;
create function tests.say(p_answer text, p_id text) returns text language sql as $$
  select tests.push('say_today', jsonb_build_object('absence_id', '@' || p_id, 'answer', p_answer))
$$;
create function tests.away(p_of text, p_id text) returns text language sql as $$
  select tests.push('add_absence', jsonb_build_object('absence_id', '@' || p_id,
    'responder_id', '@' || p_of || '.person', 'starts_at', now() + interval '29 days',
    'ends_at', now() + interval '31 days', 'reason', '住院'))
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- 今天不行 during duty of today, taken back before anything was sent, and said again
select tests.act_as('ping');
select is(tests.say('cannot', 'x1'), 'applied', 'Ping cannot come today');
select is(tests.heard(), 'coordinator t, second t', 'The coordinators hear of it, with the shift; nobody else');
select is(tests.say('nothing', 'x2'), 'applied', 'Ping can after all');
select tests.act_as_owner();
select private.plan_deliveries(now());
select is(tests.went(), 'web_push:superseded', 'What was taken back is not sent');
select tests.act_as('ping');
select is(tests.say('cannot', 'x3'), 'applied', 'And cannot again');
select tests.act_as_owner();
select private.plan_deliveries(now());
select is(tests.went(), 'web_push:superseded web_push:queued', 'Now it is sent, at night as well: the shift runs');
select private.plan_deliveries(now() + interval '90 seconds');
select is(tests.went(), 'web_push:superseded web_push:queued sms:queued',
  'Duty is near: it goes on to SMS while nobody has read it');
select tests.act_as('ping');
select is(tests.say('nothing', 'x4') || tests.say('cannot', 'x5'), 'appliedapplied', 'However often ping changes it');
select tests.act_as_owner();
select private.plan_deliveries(now() + interval '10 minutes');
select is(tests.heard() || ', ' || tests.went(),
  'coordinator t, second t, web_push:superseded web_push:queued sms:queued', 'Nobody hears it twice');
select is(tests.stand() || ' ' || tests.stand(now() + interval '3 hours'), 'true false',
  'It stands while the place is theirs, and no longer than the shift');
select tests.act_as('coordinator');
select is((select string_agg(data ->> 'action', ' ') from tests.visible()
    where tbl = 'my_notice' and data ->> 'kind' = 'away_on_duty'), 'look', 'They may look at the place');
select is(tests.push('unassign', '{"assignment_id":"@a_now","reason":null}'), 'applied', 'They take ping off');
select is(tests.stand(), 'false', 'Then there is nothing to do about it');

-- 请假, which a coordinator writes down: the others hear of it. And one of their own
select tests.act_as_owner();
delete from app.notice where true;
select tests.act_as('coordinator');
select is(tests.away('mei', 'y1'), 'applied', 'A coordinator says that mei is away');
select is(tests.heard(), 'second t', 'The other one hears of it');
select is(tests.away('coordinator', 'y2'), 'applied', 'They are away themselves');
select is(tests.heard(), 'second t, second t', 'Which the other one hears, too');
select tests.act_as('ping');
select is(tests.away('ping', 'y3'), 'applied', 'Ping is away');
select tests.act_as_owner();
select is(tests.heard(), 'coordinator t, second t, second t, second t', 'Each of them is told once, and without why');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
