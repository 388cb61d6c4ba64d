-- A person who loses something hears of it once: a place, a turn in a queue, a request (R19, R43). Each way in which
-- that happens is played here, with the time, the old span and the reason that the notice carries.
begin;
select plan(49);
select tests.make_world();
-- 'login kind step' of every notice of a change that came since the last look, and whether it says when and why; what
-- coordinators hear of a place given back stands in place_open.test.sql
create function tests.told_now() returns text language plpgsql security definer as $$
declare v text;
begin
  select string_agg(concat_ws(' ', l.sign_in_name, n.kind, nullif(n.step, ''), n.reason), ', '
    order by l.sign_in_name, n.kind, n.step) into v
  from app.notice n
  join app.login l on l.id = n.login_id
  where n.kind = 'stood_down' or private.is_change(n.kind) and n.kind <> 'place_open';
  delete from app.notice where kind = 'stood_down' or private.is_change(kind);
  return v;
end $$;
grant execute on all functions in schema tests to anon, authenticated;

-- Every function that takes something away tells of it, or is named here with its reason
select is_empty($$
    select p.proname
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('private', 'mutator', 'api')
      and p.prosrc ~ concat('(assignment|waitlist_entry|offer)\M[^;]*\mset state[^;]*',
        '''(released|passed|withdrawn|not_arrived)''')
      and p.prosrc !~ 'private\.tell'
      and p.proname not in (
        'withdraw', 'decline_shift', -- by the person themself
        'release_future', -- by the person, or by the clock, which tells of the membership that ended
        'drop_doubles', -- by the person, who joins two records
        'take_back_call', -- corrects an answer that was noted wrongly: the person is asked as before
        'tick_ended', 'tick_offers', -- the shift is over, and nobody answered
        'return_place', -- by its taker; untake_cover tells the owner
        'settle_slot', -- the offers' own trigger tells that the slot is full
        'stand_in', 'stand_down') -- tell_stood_down, once for the whole call-out
  $$, 'Whatever takes a place, a turn or a request away tells its person');

-- A cancelled shift: who had a place, was asked to confirm, had a place held, waited
select tests.make_shift('open', now() + interval '20 hours', 3, 2);
select tests.make_assignment('a_ping', 'ping', 'open'), tests.make_assignment('a_lead', 'coordinator', 'open');
select tests.make_waiting('w_qiang', 'qiang', 'open', 1), tests.make_waiting('w_mei', 'mei', 'open', 2);
select tests.act_as('coordinator');
select is(tests.push('cancel_shift', '{"shift_id":"@open","reason":"高温，请拨 13800138000"}'),
  'applied', 'A shift is cancelled');
select is(tests.value($$
    select concat_ws(' ', place_name, post_name, starts_at = now() + interval '20 hours', created_at = now())
    from app.notice
    where kind = 'cancelled' and login_id = tests.id('ping')
  $$), '梧桐苑 1栋 单元门岗 t t', 'The notice says which place and span, and when it was cancelled');
select is(tests.told_now(),
  'mei passed cancelled 高温，请拨 ***, ping cancelled 高温，请拨 ***, qiang passed cancelled 高温，请拨 ***',
  'Everybody on it and waiting for it is told why, without a number; not the coordinator who did it');
select is(tests.push('cancel_shift', '{"shift_id":"@open","reason":null}'), 'applied:already', 'Twice');
select is(tests.told_now(), null, 'Nobody is told twice');

-- Taken off a shift
select tests.act_as_owner();
select tests.make_shift('week', now() + interval '3 days', 3, 2);
select tests.make_assignment('b_mei', 'mei', 'week', 'assigned');
select tests.act_as('coordinator');
select is(tests.push('unassign', '{"assignment_id":"@b_mei","reason":"人够了"}'), 'applied', 'Mei is taken off');
select is(tests.told_now(), 'mei released 人够了', 'Mei is told, with the reason');

-- A turn in the queue: the hold ran out; the shift is over
select tests.act_as_owner();
select tests.make_waiting('v_qiang', 'qiang', 'week', 1), private.hold_next(tests.id('week'), now());
select private.tick_holds((select hold_until from app.waitlist_entry where id = tests.id('v_qiang')));
select is(tests.told_now(), 'qiang passed hold', 'A person who did not take the place held for them is told');
select tests.make_waiting('v_mei', 'mei', 'week', 2);
select private.tick_holds(now() + interval '4 days');
select is(tests.value($$
    select stands from private.notice_standing(now()) s join app.notice n using (id) where n.kind = 'passed'
  $$), 'false', 'That the shift is over is said in the app alone');
select is(tests.told_now(), 'mei passed over', 'A person who waited in vain is told');

-- A call-out: a shift of it is cancelled, a person does not come, another stands in, one is let go
select tests.make_callout('line');
select tests.make_shift('now', now() - interval '20 minutes', 3, 2, 'door', 'line'),
  tests.make_shift('gate', now() - interval '20 minutes', 3, 2, 'gate', 'line'),
  tests.make_shift('next', now() + interval '160 minutes', 3, 2, 'door', 'line');
select tests.make_offer('o_mei', 'mei', 'gate');
select tests.act_as('coordinator');
select is(tests.push('cancel_shift', '{"shift_id":"@gate","reason":null}'),
  'applied', 'A shift of a call-out is cancelled');
select is(tests.told_now(), 'mei recalled cancelled',
  'A person who was asked need not answer, and is not told that it is full');
select tests.act_as_owner();
select tests.make_assignment('c_ping', 'ping', 'now');
update app.assignment set due_at = now() - interval '15 minutes' where id = tests.id('c_ping');
select private.tick_promises(now());
select is(tests.told_now(), 'ping reopened', 'A person who did not arrive is told that their place is open again');
select tests.make_assignment('c_qiang', 'qiang', 'now', 'on_post');
update app.assignment set on_post_at = starts_at where id = tests.id('c_qiang');
select tests.act_as('coordinator');
select is(tests.push('force_handover', '{"assignment_id":"@c_qiang","reason":"身体不适"}'),
  'applied', 'Qiang is let go');
select is(tests.told_now(), 'qiang let_go 身体不适', 'Qiang is told that they may leave');
select is(tests.push('take_over',
    '{"assignment_id":"@c_qiang","new_assignment_id":"@c_mei","responder_id":"@mei.person","at":"@now"}'),
  'applied', 'Mei stands in');
select is(tests.told_now(), 'mei taken_over in, qiang taken_over out', 'Both are told');

-- A stand-down: once for the whole call-out
select tests.act_as_owner();
select tests.make_assignment('d_ping', 'ping', 'next'), tests.make_waiting('x_ping', 'ping', 'now', 1),
  tests.make_waiting('x_qiang', 'qiang', 'next', 1), tests.make_offer('p_qiang', 'qiang', 'next');
select tests.act_as('coordinator');
select is(tests.push('stand_down', '{"callout_id":"@line","reason":"雨停了"}'), 'applied', 'The call-out is stood down');
select is(tests.told_now(), 'mei stood_down placed 雨停了, ping stood_down placed 雨停了, qiang stood_down 雨停了',
  'Who had a place, waited or was asked hears it once, with the reason');

-- A mode that ends: the people who were asked need not answer
select is(tests.push('open_callout', tests.a_line('real')), 'applied', 'A real call-out opens');
select tests.act_as_owner();
delete from app.offer where callout_id = tests.id('real');
insert into app.offer (id, callout_id, responder_id, shift_id, slot_starts_at, slot_ends_at, sent_at, expires_at)
select tests.id('r_mei'), callout_id, tests.id('mei.person'), id, starts_at, ends_at, now(),
  now() + interval '6 minutes'
from app.shift
where callout_id = tests.id('real');
select tests.act_as('coordinator');
select is(tests.push('close_mode', '{"mode_id":"@real.mode"}'), 'applied', 'The mode is closed');
select is(tests.told_now(), 'mei recalled mode_closed', 'A person who was asked is told that the mode is over');

-- A membership that runs out
select tests.act_as_owner();
update app.report_in set ends_on = tests.at(-1, '00:00')::date where responder_id = tests.id('ping.person');
select tests.make_shift('far', now() + interval '5 days', 3, 2), tests.make_assignment('e_ping', 'ping', 'far'),
  tests.make_shift('farther', now() + interval '6 days', 3, 2), tests.make_assignment('f_ping', 'ping', 'farther');
select private.expire_report_ins(now());
select is(tests.value($$select place_name from app.notice where kind = 'membership_ended'$$), '甲社区', 'It says where');
select is(tests.told_now(), 'ping membership_ended', 'One notice for all the shifts it ends');
select tests.make_assignment('g_qiang', 'qiang', 'far');
select tests.act_as('qiang');
select is(tests.said(api.leave_community(tests.id('community'))), 'applied', 'Qiang leaves by themself');
select is(tests.told_now(), null, 'Who does it themself is told nothing');

-- Near and far: what goes on to SMS, and what goes out at night
select tests.act_as_owner();
insert into app.push_subscription (id, login_id, endpoint, p256dh, auth, locale)
values (tests.id('p'), tests.id('coordinator'), 'https://push.example.com/p', 'k', 'a', 'zh-CN');
select tests.make_shift('in_' || h || 'h', tests.at(1, '23:30') + make_interval(hours => h), 3, 2),
  tests.make_assignment('h_' || h, 'coordinator', 'in_' || h || 'h')
from unnest('{3,20,30,34}'::int[]) h;
create function tests.went(p_subject text) returns text language sql stable security definer as $$
  select string_agg(concat(d.channel, ':', coalesce(d.reason::text, d.state::text)), ' '
    order by d.created_at, d.channel)
  from app.delivery d
  join app.notice n on n.id = d.notice_id
  where n.subject_id = tests.id(p_subject) and d.channel <> 'in_app'
$$;
select private.tell('cancelled', tests.at(1, '23:30'), null, array[tests.id('h_3')]),
  private.tell('cancelled', tests.at(1, '23:30'), null, array[tests.id('h_20')]);
select private.plan_deliveries(tests.at(1, '23:30'));
select is(tests.went('h_3') || ' ' || tests.went('h_20'), 'web_push:queued web_push:quiet_hours',
  'At night only a change of a shift that begins before seven is sent');
select private.plan_deliveries(tests.at(1, '23:32'));
select is(tests.went('h_3'), 'web_push:queued sms:queued',
  'A change of a near shift goes on to SMS while nobody has read it');
delete from app.notice where true;
delete from app.delivery where true;
create function tests.sent() returns text language sql stable security definer as $$
  select string_agg(concat(channel, ':', coalesce(reason::text, state::text)), ' ' order by channel, reason, id)
  from app.delivery
  where channel <> 'in_app'
$$;
select private.tell('cancelled', tests.at(1, '12:00'), null,
  array[tests.id('h_30'), tests.id('h_34')]);
select private.plan_deliveries(tests.at(1, '12:00'));
select is(tests.sent(), 'web_push:bundled web_push:queued', 'Changes of one act are one message');
select private.plan_deliveries(tests.at(1, '12:02'));
select is(tests.sent(), 'web_push:bundled web_push:queued',
  'A change of a shift more than a day ahead is not sent by SMS');
select is(tests.value($$select count(*) from app.notice where next_at is not null$$), '0', 'Nothing is left to plan');

-- A waitlist behind a place: who waits, and who has a place held, hear of each change once, with the time and why
select tests.act_as_owner();
delete from app.notice where true;
-- 'login kind' of the notices of queues, and whether each names the span of its shift
create function tests.queue_told() returns text language plpgsql security definer as $$
declare v text;
begin
  select string_agg(concat_ws(' ', l.sign_in_name, n.kind, n.reason, (n.starts_at, n.ends_at) = (s.starts_at, s.ends_at)),
    ', ' order by l.sign_in_name, n.kind) into v
  from app.notice n
  join app.login l on l.id = n.login_id
  join app.shift s on s.id = n.shift_id
  where n.kind in ('hold', 'to_pick', 'passed', 'passed_over');
  delete from app.notice where kind in ('hold', 'to_pick', 'passed', 'passed_over');
  return v;
end $$;
grant execute on all functions in schema tests to anon, authenticated;
select tests.make_shift('queue', now() + interval '12 days', 3, 1), tests.make_assignment('q_ping', 'ping', 'queue'),
  tests.make_waiting('q_qiang', 'qiang', 'queue', 1), tests.make_waiting('q_mei', 'mei', 'queue', 2);
select tests.act_as('ping');
select is(tests.push('withdraw', '{"assignment_id":"@q_ping","reason":"ill"}'), 'applied', 'Ping gives a place back');
select is(concat_ws(', ', tests.queue_told(), tests.told_now()), 'qiang hold t',
  'The first who waits hears of the place, nobody of why it is free');
select tests.act_as('coordinator');
select is(tests.push('move_shift', jsonb_build_object('shift_id', '@queue', 'reason', '交通管制',
    'starts_at', now() + interval '12 days 1 hour', 'ends_at', now() + interval '12 days 4 hours')),
  'applied', 'The shift is moved while a place is held');
select is(regexp_replace(tests.told_now(), '[0-9a-f-]{36}', '*', 'g'), 'mei moved * 交通管制, qiang moved * 交通管制',
  'Who has it held and who waits hear of it');
select is(tests.push('cancel_shift', '{"shift_id":"@queue","reason":"高温"}'), 'applied', 'The shift is cancelled');
select is(tests.told_now(), 'mei passed cancelled 高温, qiang passed cancelled 高温', 'Both hear of that, too');
select tests.act_as_owner();
delete from app.notice where true;
select tests.make_shift('taken_off', now() + interval '13 days', 3, 1),
  tests.make_assignment('t_ping', 'ping', 'taken_off'), tests.make_waiting('t_mei', 'mei', 'taken_off', 1);
select tests.act_as('coordinator');
select is(tests.push('unassign', '{"assignment_id":"@t_ping","reason":"人够了"}'), 'applied', 'Ping is taken off');
select is(concat_ws(', ', tests.told_now(), tests.queue_told()), 'ping released 人够了, mei hold t',
  'Ping hears why, mei of the place');

-- Where the community picks: it is told of the place; who was passed over hears it, and what becomes of the shift
select tests.act_as_owner();
update app.post set waitlist_choice = 'community' where id = tests.id('door');
select tests.make_shift('picked', now() + interval '14 days', 3, 1), tests.make_assignment('p_ping', 'ping', 'picked'),
  tests.make_waiting('p_qiang', 'qiang', 'picked', 1), tests.make_waiting('p_mei', 'mei', 'picked', 2);
select tests.act_as('ping');
select is(tests.push('withdraw', '{"assignment_id":"@p_ping","reason":"work"}'), 'applied', 'A place to be picked for');
select is(tests.queue_told(), 'coordinator to_pick t', 'The coordinators hear of it, with the shift');
select tests.act_as('coordinator');
select is(tests.push('pick_waiting', '{"waitlist_id":"@p_mei"}'), 'applied', 'They pick the second');
select is(tests.queue_told(), 'mei hold t, qiang passed_over t', 'Both hear of it');
select is(tests.push('cancel_shift', '{"shift_id":"@picked","reason":null}'), 'applied', 'The shift is cancelled');
select is(tests.told_now(), 'mei passed cancelled, qiang passed cancelled', 'Both hear of that');

-- Drafts are invisible: a draft that goes for another tells nobody
select is(tests.push('draft_shifts', jsonb_build_object('roster_id', '@r9', 'community_id', '@community', 'name', '周',
    'starts_on', tests.at(20, '00:00')::date, 'ends_on', tests.at(26, '00:00')::date, 'shifts', jsonb_build_array(
      jsonb_build_object('id', '@draft9', 'post_id', '@gate', 'capacity', 1,
        'starts_at', tests.at(21, '08:00'), 'ends_at', tests.at(21, '11:00'))))) || tests.push('assign',
    '{"assignment_id":"@d9","shift_id":"@draft9","responder_id":"@mei.person"}') || tests.push('draft_shifts',
    jsonb_build_object('roster_id', '@r9', 'community_id', '@community', 'name', '周',
      'starts_on', tests.at(20, '00:00')::date, 'ends_on', tests.at(26, '00:00')::date, 'drop',
      jsonb_build_array('@draft9'), 'shifts', '[]'::jsonb)), 'appliedappliedapplied', 'Mei is on a draft that goes');
select is(tests.value($$select count(*) from app.notice where login_id = tests.id('mei')$$), '0',
  'Mei hears nothing of it');
select tests.act_as_owner();
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
