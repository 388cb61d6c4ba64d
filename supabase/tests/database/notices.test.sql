-- An event tells the people it touches, once, in the same transaction; reminders come when they are due.
begin;
select plan(36);
select tests.make_world();
create function tests.told(p_kind text) returns text language sql stable security definer as $$
  select string_agg(l.sign_in_name, ',' order by l.sign_in_name)
  from app.notice n
  join app.login l on l.id = n.login_id
  where n.kind::text = p_kind
$$;
create function tests.steps(p_of text) returns text language sql stable security definer as $$
  select string_agg(step, ',' order by step) from app.notice where kind = 'reminder' and subject_id = tests.id(p_of)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- What a kind that nobody entered would do is decided by no default
select is_empty($$
    select k, d.name
    from unnest(enum_range(null::app.notice_kind)) k,
      (values ('private.notice_action', pg_get_functiondef('private.notice_action'::regproc)),
        ('private.is_own_notice', pg_get_functiondef('private.is_own_notice'::regproc)),
        ('private.notice_standing', pg_get_functiondef('private.notice_standing'::regproc))) d(name, body)
    where strpos(d.body, quote_literal(k)) = 0
  $$, 'Each kind says what to do about it, who it concerns and until when it stands');

-- Asked, filled, stood down
select tests.make_callout('line');
select tests.make_shift('door_now', now(), 3, 1, 'door', 'line'),
  tests.make_shift('gate_now', now(), 3, 1, 'gate', 'line');
select tests.make_offer('o_ping', 'ping', 'door_now'), tests.make_offer('o_qiang', 'qiang', 'door_now'),
  tests.make_offer('o_mei', 'mei', 'gate_now'), tests.make_offer('o_nobody', 'nobody', 'gate_now');
select is(tests.told('offer'), 'mei,ping,qiang', 'Every person asked who has a login is told');
select is(tests.value($$
    select place_name || ' ' || post_name || ' ' || drill || ' ' || (starts_at = now())
    from app.notice
    where subject_id = tests.id('o_ping')
  $$),
  '梧桐苑 1栋 单元门岗 yes true', 'The notice says where, when, and that it is a drill');
select tests.commit();
select tests.act_as('ping');
select is((select data ->> 'action' || ' ' || (data ->> 'state') from tests.visible() where tbl = 'my_notice'),
  'answer new', 'The person asked has the notice on their phone, with its one action');
select is((select count(*) from tests.visible() where tbl = 'my_notice'), 1::bigint,
  'No phone holds another person''s notice');
select is(tests.push('accept_shift',
    '{"assignment_id":"@a_ping","shift_id":"@door_now","offer_id":"@o_ping","on_full":"refuse","eta_min":0}'),
  'applied', 'Ping takes the door');
select tests.act_as('mei');
select is(tests.push('accept_shift',
    '{"assignment_id":"@a_mei","shift_id":"@gate_now","offer_id":"@o_mei","on_full":"refuse","eta_min":0}'),
  'applied', 'Mei takes the gate');
select is(tests.told('filled'), 'qiang', 'A person asked and not needed is told so');
select tests.act_as('coordinator');
select is(tests.push('stand_down', '{"callout_id":"@line","reason":null}'), 'applied', 'The call-out is stood down');
select is(tests.told('stood_down'), 'mei,ping', 'A person with a place is told of the stand-down');
select is(tests.push('stand_down', '{"callout_id":"@line","reason":null}'), 'applied:already', 'Twice');
select is(tests.told('stood_down'), 'mei,ping', 'A person with a place is told once');

-- Assigned, held, left without relief, a mode near its end
select tests.act_as_owner();
select tests.make_shift('week', now() + interval '3 days', 3, 1),
  tests.make_shift('other', now() + interval '4 days', 3, 2);
select tests.act_as('coordinator');
select is(tests.push('assign', '{"assignment_id":"@b_mei","shift_id":"@week","responder_id":"@mei.person"}'),
  'applied', 'The coordinator assigns mei');
select is(tests.told('assigned'), 'mei', 'The assigned person is told');
select tests.act_as_owner();
select tests.make_waiting('w_qiang', 'qiang', 'other', 1);
select private.hold_next(tests.id('other'), now());
select is(tests.told('hold'), 'qiang', 'A person who has a held place is told');
insert into app.event (id, at, kind, community_id, subject_id)
values (gen_random_uuid(), now(), 'no_relief', tests.id('community'), tests.id('b_mei'));
select is(tests.told('no_relief'), 'coordinator', 'The coordinator is told of a post left without relief');
select tests.act_as('coordinator');
select is(tests.push('open_mode',
    '{"mode_id":"@mode","org_unit_id":"@community","ground":"防汛","document_no":"1号","hours":3}'),
  'applied', 'A mode opens for three hours');
select tests.act_as_owner();
select private.tick_modes(now() + interval '90 minutes');
select is(tests.told('mode_expiring'), 'coordinator', 'The mode''s opener is asked to renew');

-- Reminders
select tests.make_assignment('c_ping', 'ping', 'other');
update app.assignment
set created_at = now() - interval '1 day', accepted_at = now() - interval '1 day'
where id in (tests.id('c_ping'), tests.id('b_mei'));
select private.tick_reminders(now());
select private.tick_reminders(now() + interval '47 hours');
select is(tests.steps('b_mei'), null, 'No reminder comes before it is due');
select private.tick_reminders(now() + interval '48 hours 1 second');
select is(tests.steps('b_mei') || coalesce(tests.steps('c_ping'), ''), 't24h',
  'A day ahead the person is reminded of that shift only');
select private.tick_reminders(now() + interval '48 hours 1 second'),
  private.tick_reminders(now() + interval '47 hours');
select is(tests.steps('b_mei'), 't24h', 'A second tick, or a clock that went back, says nothing');
select private.tick_reminders(now() + interval '71 hours 50 minutes');
select is(tests.steps('b_mei'), 't24h,t30m', 'After a long pause only the latest reminder is sent');
select is(tests.told('unconfirmed') || ' ' || tests.events('unconfirmed'),
  'coordinator 1', 'A place nobody confirmed two hours ahead is reminded of all the same');
select private.tick_reminders(now() + interval '69 hours'),
  private.tick_reminders(now() + interval '71 hours 55 minutes'); -- a clock that went back and came again
select private.tick_reminders(now() + interval '94 hours 1 second');
select is(tests.steps('c_ping'), 't2h', 'Two hours ahead the person is reminded of the other shift');
select is(tests.events('unconfirmed'), 1::bigint, 'A place accepted is not unconfirmed');
select private.tick_reminders(now() + interval '200 hours');
select is(tests.value($$select count(*) from app.notice where kind = 'reminder'$$),
  '3', 'Nobody is reminded of a shift that has begun');

-- A place that is not confirmed is reminded of at each step, until it is; then once more, two hours ahead (R30)
select tests.make_shift('r30', now() + interval '20 days', 3, 2),
  tests.make_assignment('r_mei', 'mei', 'r30', 'assigned'), tests.make_assignment('r_ping', 'ping', 'r30'),
  tests.make_waiting('r_qiang', 'qiang', 'r30', 1), tests.make_waiting('r_lead', 'coordinator', 'r30', 2);
update app.assignment set created_at = now() - interval '1 day', accepted_at = case state when 'accepted' then created_at end
where shift_id = tests.id('r30');
update app.reminder_clock set at = now() + interval '18 days';
select private.tick_reminders(now() + interval '19 days');
select is(coalesce(tests.steps('r_mei'), '-') || ' ' || coalesce(tests.steps('r_ping'), '-'), 't24h -',
  'A day ahead only the place that is not confirmed is reminded of');
select is(tests.told('may_open'), null, 'Nobody who waits hears of it yet');
select private.tick_reminders(now() + interval '19 days 22 hours');
select is(tests.steps('r_mei') || ' ' || tests.steps('r_ping'), 't24h,t2h t2h', 'Two hours ahead both are');
select is(tests.told('may_open'), 'qiang', 'One place is in doubt: the first who waits hears that it may open');
select is(tests.value($$
    select string_agg(s.stands || ' ' || s.asks, ', ' order by n.step) from private.notice_standing(now()) s
    join app.notice n using (id) where n.subject_id = tests.id('r_mei') and n.kind = 'reminder'
  $$), 'true true, true true', 'They ask for as long as nobody answers');
update app.assignment set state = 'accepted', accepted_at = now() + interval '19 days 23 hours'
where id = tests.id('r_mei');
select is(tests.value($$
    select string_agg(s.stands || ' ' || s.asks, ', ' order by n.step) from private.notice_standing(now()) s
    join app.notice n using (id) where n.subject_id = tests.id('r_mei') and n.kind = 'reminder'
  $$), 'false false, false false', 'Once the place is confirmed they go no further');
select is(tests.value($$
    select bool_and(s.stands and not s.asks) from private.notice_standing(now()) s
    join app.notice n using (id) where n.subject_id = tests.id('r_ping') and n.kind = 'reminder'
  $$), 'true', 'That of a place confirmed before is still sent');
select private.tick_reminders(now() + interval '19 days 23 hours 30 minutes');
select is(tests.steps('r_mei') || ' ' || tests.steps('r_ping'), 't24h,t2h t2h', 'Half an hour ahead nobody has to be asked');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select tests.act_as('uninvited');
select throws_ok('select tests.visible()', 'PGRST', null, 'A login that belongs nowhere is told nothing');
select * from finish();
rollback;
