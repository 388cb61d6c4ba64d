-- tick: changes made by time alone. Safe when run twice at once and hours late.
begin;
select plan(41);
select tests.make_world();

-- Acting as ping and anon: nobody moves the clock
select tests.act_as('ping');
select throws_ok($$select private.tick(now() + interval '1 year')$$,
  '42501', null, 'Nobody runs the scheduler through the API');
select tests.act_as_anon();
select throws_ok($$select private.tick(now() + interval '1 year')$$, '42501', null, 'Anon does not run the scheduler');
select tests.act_as_owner();

-- Logins that redeemed nothing
insert into auth.users (id, email) values (tests.id('elsewhere'), 'somebody@example.com');
update auth.users set created_at = now() - interval '23 hours' where id = tests.id('uninvited');
select tests.tick(date_trunc('minute', now()));
select is(tests.value($$select count(*) from auth.users where id = tests.id('uninvited')$$),
  '1', 'A fresh login has a day to redeem');
update auth.users
set created_at = now() - interval '26 hours'
where id in (tests.id('uninvited'), tests.id('elsewhere'), tests.id('ping'));
select tests.tick(date_trunc('minute', now()));
select is(tests.value($$
    select string_agg(id::text, ' ')
    from auth.users
    where id in (tests.id('uninvited'), tests.id('elsewhere'), tests.id('ping'))
  $$),
  tests.id('ping')::text, 'After a day an unused login is deleted, whatever its address; one with a role stays');

-- Offers
select tests.make_callout('drill');
select tests.make_shift('slot', now() - interval '1 hour', 4, 1, 'door', 'drill');
select tests.make_offer('o_ping', 'ping', 'slot'), tests.make_offer('o_qiang', 'qiang', 'slot'),
  tests.make_offer('o_mei', 'mei', 'slot', now() + interval '20 minutes');
select tests.tick(now() + interval '5 minutes');
select is(tests.state_of('offer', 'o_ping'), 'sent', 'Before its time an offer stands');
select tests.tick(now() + interval '6 minutes');
select is(tests.state_of('offer', 'o_ping') || ' ' || tests.state_of('offer', 'o_mei'),
  'expired sent', 'At its time it expires, each on its own');
select tests.again(now() + interval '6 minutes', 'A second tick expires no offer');

-- Acting as ping: a late yes
select tests.act_as('ping');
select is(tests.push('accept_shift', '{"assignment_id":"@a_ping","shift_id":"@slot","on_full":"refuse","eta_min":0}'),
  'applied', 'An expired offer is accepted while a place is free');
select tests.act_as_owner();
select is(tests.state_of('offer', 'o_ping') || ' ' || tests.state_of('offer', 'o_qiang') || ' '
    || tests.state_of('offer', 'o_mei'),
  'accepted withdrawn withdrawn', 'With the slot full all other people asked are released');
select tests.tick(now());
select is(tests.value($$select state from app.callout where id = tests.id('drill')$$),
  'filled', 'The call-out is filled');
update app.assignment set state = 'withdrawn' where id = tests.id('a_ping');
update app.shift set filled = 0 where id = tests.id('slot');
select tests.tick(now());
select is(tests.value($$select state from app.callout where id = tests.id('drill')$$),
  'open', 'The call-out is open again when a place is empty');
update app.offer set state = 'sent' where id = tests.id('o_mei');
select tests.tick(now() + interval '1 day');
select is(tests.state_of('offer', 'o_mei'), 'withdrawn', 'A slot that is over asks nobody');

-- Holds
select tests.make_shift('two', now() + interval '20 hours', 3, 2);
select tests.make_waiting('w1', 'ping', 'two', 1), tests.make_waiting('w2', 'qiang', 'two', 2),
  tests.make_waiting('w3', 'mei', 'two', 3), tests.make_waiting('w4', 'coordinator', 'two', 4);
update app.waitlist_entry
set state = 'held', hold_until = now() + interval '1 hour'
where id in (tests.id('w1'), tests.id('w2'));
update app.shift set held = 2 where id = tests.id('two');
select tests.tick(now() + interval '59 minutes');
select is(tests.state_of('waitlist_entry', 'w1') || ' ' || tests.state_of('waitlist_entry', 'w3'),
  'held waiting', 'Before its time a hold stands');
select tests.tick(now() + interval '61 minutes');
select is((select string_agg(tests.state_of('waitlist_entry', w), ' ') from unnest('{w1,w2,w3,w4}'::text[]) w),
  'passed passed held held', 'Both holds go on to the next two people, in order');
select is(tests.places('two'), '0 filled, 2 held of 2', 'No place is open to other people meanwhile');
select tests.again(now() + interval '61 minutes', 'A second tick skips nobody');
select tests.tick(now() + interval '13 hours');
select is((select string_agg(tests.state_of('waitlist_entry', w), ' ') from unnest('{w3,w4}'::text[]) w) || ', '
    || tests.places('two'),
  'passed passed, 0 filled, 0 held of 2', 'Hours late a hold still ends');

select tests.make_shift('busy', tests.at(2, '08:00'), 3, 1), tests.make_waiting('w5', 'ping', 'busy', 1);
select tests.make_assignment('a_busy', 'mei', 'busy');
select tests.tick(tests.at(2, '10:59'));
select is(tests.state_of('waitlist_entry', 'w5'), 'waiting', 'A person who waits behind a running shift waits on');
select tests.tick(tests.at(2, '11:00'));
select is(tests.state_of('waitlist_entry', 'w5'), 'passed', 'The waitlist of a shift that is over ends');

-- Ordinary times: accepted duty is served
select tests.make_shift('week', tests.at(3, '08:00'), 3, 4);
select tests.make_assignment('a1', 'ping', 'week'), tests.make_assignment('a2', 'qiang', 'week', 'assigned'),
  tests.make_assignment('a3', 'mei', 'week', 'on_post'), tests.make_assignment('a4', 'nobody', 'week', 'assigned');
update app.assignment set created_by = tests.id('coordinator') where id = tests.id('a4');
select tests.tick(tests.at(3, '10:59'));
select is(tests.state_of('assignment', 'a1'), 'accepted', 'Until its end duty is running');
select tests.tick(tests.at(3, '11:00'));
select is((select string_agg(tests.state_of('assignment', a), ' ') from unnest('{a1,a2,a3}'::text[]) a),
  'done released done', 'At its end duty is done; a person who never confirmed is released');
select is(tests.value($$
    select state || ' ' || (accepted_by = tests.id('coordinator')) from app.assignment where id = tests.id('a4')
  $$),
  'done true', 'A person without a login served by the word of the coordinator, in whose name it stands');
select is(tests.places('week'), '0 filled, 0 held of 4', 'Nobody is on the shift any more');
select tests.again(tests.at(3, '11:00'), 'A second tick does nothing twice');
select tests.make_shift('late', now() - interval '30 hours', 3, 1);
select tests.make_assignment('a_late', 'ping', 'late');
select tests.tick(now());
select is(tests.state_of('assignment', 'a_late'), 'done', 'A day late duty is done all the same');

-- Modes
select tests.make_login('leader', '值班领导');
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
values (tests.id('m'), tests.id('community'), '防汛', '1号', tests.id('coordinator'), now(), now(),
    now() + interval '24 hours'),
  (tests.id('m_estate'), tests.id('estate'), '防汛', '2号', tests.id('coordinator'), now(), now(),
    now() + interval '24 hours');
insert into app.callout (id, community_id, kind, title, policy, mode_id, opened_by, opened_at)
values (tests.id('line'), tests.id('community'), 'real', '红色防线', '{"version":1,"offer_min":6,"steps":[]}',
  tests.id('m'), tests.id('coordinator'), now());
select tests.make_shift('on_line', now() + interval '23 hours', 4, 2, 'door', 'line'),
  tests.make_shift('in_mode', now() + interval '20 hours', 2, 1, 'gate');
select tests.make_assignment('a_line', 'ping', 'on_line'), tests.make_assignment('a_mode', 'qiang', 'in_mode');
select tests.make_offer('o_line', 'mei', 'on_line', now() + interval '30 hours');
select tests.tick(now() + interval '21 hours 59 minutes');
select is(tests.events('mode_expiring'), 0::bigint, 'Before T−2 h nobody is reminded');
select tests.tick(now() + interval '22 hours');
select is(tests.value($$
    select count(*)
    from app.event
    where kind = 'mode_expiring' and community_id = tests.id('community') and subject_id = tests.id('m')
  $$),
  '1', 'At T−2 h the opener is asked to renew');
select is(tests.value($$
    select count(*)
    from app.event
    where kind = 'mode_expiring' and community_id = tests.id('community') and subject_id = tests.id('m_estate')
  $$),
  '1', 'The opener of a mode for a part of the community is reminded too');
select tests.tick(now() + interval '22 hours 30 minutes');
select is(tests.events('mode_expiring'), 2::bigint, 'Once');
select is(tests.state_of('assignment', 'a_mode'), 'accepted',
  'In an emergency roster duty is not done by the clock alone');
select tests.commit();
select tests.act_as('coordinator');
select is((select count(*) from tests.visible() where tbl = 'lead_event' and data ->> 'kind' = 'mode_expiring'),
  2::bigint, 'The reminder reaches the coordinator');
select tests.act_as_owner();
select tests.tick(now() + interval '24 hours');
select is(tests.state_of('mode', 'm'), 'expired', 'At its end a mode expires without a tap');
select is(tests.value($$select state || ' ' || attention from app.callout where id = tests.id('line')$$),
  'open undecided', 'Its call-out is marked 待决定');
select is(tests.state_of('shift', 'on_line') || ' ' || tests.state_of('assignment', 'a_line'),
  'open accepted', 'Shifts and promises are kept');
select is(tests.state_of('offer', 'o_line'), 'withdrawn', 'Nobody is asked any more');
select is(tests.events('mode_expired'), 2::bigint, 'The log has each expired mode once');
select is(tests.state_of('assignment', 'a_mode'), 'done', 'Roster duty that ended meanwhile is done now');
select tests.again(now() + interval '24 hours', 'A second tick expires nothing twice');
insert into app.mode (id, org_unit_id, ground, document_no, opened_by, opened_at, renewed_at, expires_at)
values (tests.id('m_street'), tests.id('street'), '防汛', '3号', tests.id('leader'), now(), now(),
  now() + interval '3 hours');
select tests.tick(now() + interval '48 hours');
select is(tests.state_of('mode', 'm_street') || ' ' || tests.events('mode_expiring'),
  'expired 2', 'Hours late it expires without a reminder');
select is(tests.value($$
    select count(*) from app.event where kind = 'mode_expired' and subject_id = tests.id('m_street')
  $$),
  '2', 'Each community of the street is told');

select is((select count(*) from tests.drift()), 0::bigint, 'After all of it phones hold what the projections say');
select * from finish();
rollback;
