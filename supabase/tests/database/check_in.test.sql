-- check_in: 到岗, a fact. The person or their coordinator records it; it is never refused for lateness.
begin;
select plan(57);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('now_on', now() - interval '1 hour', 3, 3, 'door', 'drill'),
  tests.make_shift('was_on', now() - interval '30 hours', 3, 2, 'gate');
select tests.make_shift('small', now() - interval '1 hour', 3, 1, 'gate', 'drill');
select tests.make_assignment('a_ping', 'ping', 'now_on'),
  tests.make_assignment('a_qiang', 'qiang', 'now_on', 'assigned'), tests.make_assignment('a_late', 'ping', 'was_on');
select tests.make_assignment('a_gone', 'mei', 'now_on', 'released'),
  tests.make_assignment('a_absent', 'mei', 'small', 'not_arrived');

-- Acting as anon
select tests.act_as_anon();
select tests.raises($$select api.push(gen_random_uuid(), 1, '[{"seq":1}]')$$,
  '42501', 'Nobody checks in without signing in');
-- Acting as mei
select tests.act_as('mei');
select tests.refuses('check_in', '{"assignment_id":"@a_ping","at":"@now","way":"manual"}', 'refused:forbidden',
  'Nobody checks another person in');
-- Acting as the coordinator of another community
select tests.act_as('other_coordinator');
select tests.refuses('check_in', '{"assignment_id":"@a_ping","at":"@now","way":"coordinator"}', 'refused:forbidden',
  'A coordinator acts in their own community only');
-- Acting as the street's officer
select tests.act_as('officer');
select tests.refuses('check_in', '{"assignment_id":"@a_ping","at":"@now","way":"coordinator"}', 'refused:forbidden',
  'An officer acts for nobody');
-- Acting as a login that is nobody
select tests.act_as('uninvited');
select tests.keeps_out('check_in', '{"assignment_id":"@a_ping","at":"@now","way":"manual"}',
  'A login that belongs nowhere acts for nobody');

-- Acting as ping
select tests.act_as('ping');
select is(tests.push('check_in', '{"assignment_id":"@a_ping","at":"@now","way":"manual"}',
    jsonb_build_object('device_at', now() - interval '50 minutes')),
  'applied', 'An arrival that is told late counts');
select is(tests.state_of('assignment', 'a_ping'), 'on_post', 'The person is on post');
select is(tests.value($$
    select on_post_at = now() - interval '50 minutes' from app.assignment where id = tests.id('a_ping')
  $$),
  'true', 'They are on post since the moment their phone recorded');
select is(tests.push('check_in', '{"assignment_id":"@a_ping","at":"@now","way":"qr"}'),
  'applied:already', 'Arriving twice answers already');
select is(tests.events('on_post'), 1::bigint, 'The arrival is in the log once');
select is(tests.push('check_in', '{"assignment_id":"@a_late","at":"@now","way":"manual"}',
    jsonb_build_object('device_at', now() - interval '30 hours')),
  'applied', 'An arrival told a day late is not refused');
select is(tests.value($$
    select on_post_at = now() - interval '24 hours' from app.assignment where id = tests.id('a_late')
  $$),
  'true', 'A phone''s clock moves a fact back by one day at most');
select tests.refuses('check_in', '{"assignment_id":"@no_such","at":"@now","way":"manual"}', 'refused:gone',
  'An assignment that does not exist is gone');

-- Acting as the coordinator, for qiang
select tests.act_as('coordinator');
select is(tests.push('check_in', '{"assignment_id":"@a_qiang","at":"@now","way":"coordinator"}', '{"offset_ms":null}'),
  'applied', 'A coordinator checks a person in');
select is(tests.value($$
    select (a.vouched_by = tests.id('coordinator')) || ' '
      || (select e.reason from app.event e where e.kind = 'on_post' and e.subject_id = a.id)
    from app.assignment a
    where id = tests.id('a_qiang')
  $$),
  'true coordinator', 'The coordinator vouches for it in row and event');
select is(tests.value($$
    select state || ' ' || (on_post_at = now()) || ' ' || (accepted_at = now())
    from app.assignment
    where id = tests.id('a_qiang')
  $$),
  'on_post true true', 'The server''s time counts when the phone''s is unknown');
select is(tests.places('now_on'), '2 filled, 0 held of 3', 'An arrival takes no further place');

-- Acting as mei, whose place is gone, then free again
select tests.act_as('mei');
select is(tests.push('check_in', '{"assignment_id":"@a_gone","at":"@now","way":"manual"}'),
  'applied:disputed', 'An arrival on a released place is disputed');
select is(tests.state_of('assignment', 'a_gone') || ' ' || tests.places('now_on'),
  'released 2 filled, 0 held of 3', 'The disputed arrival takes no place');
select is(tests.events('disputed'), 1::bigint, 'The coordinator is told');
select is(tests.push('check_in', '{"assignment_id":"@a_absent","at":"@now","way":"manual"}'),
  'applied', 'A person taken for absent arrives while a place is free');
select is(tests.state_of('assignment', 'a_absent') || ' ' || tests.places('small'),
  'on_post 1 filled, 0 held of 1', 'They have the place again');

-- Acting as the owner: the same absence, with the place given to somebody else
select tests.act_as_owner();
update app.assignment set state = 'not_arrived' where id = tests.id('a_absent');
update app.shift set filled = 0 where id = tests.id('small');
select tests.make_assignment('a_nobody', 'nobody', 'small', 'on_post');
-- Acting as mei
select tests.act_as('mei');
select is(tests.push('check_in', '{"assignment_id":"@a_absent","at":"@now","way":"manual"}'),
  'applied:disputed', 'An arrival is disputed when the place went to somebody else');
select is(tests.state_of('assignment', 'a_absent') || ' ' || tests.places('small'),
  'not_arrived 1 filled, 0 held of 1', 'The shift is not over-filled');

-- 到岗 by the code at the door
select tests.act_as_owner();
select tests.make_shift('doors', now() + interval '5 hours', 3, 4, 'door', 'drill'),
  tests.make_shift('gates', now() + interval '9 hours', 3, 3, 'gate', 'drill');
select tests.make_assignment('d_ping', 'ping', 'doors'), tests.make_assignment('d_qiang', 'qiang', 'doors'),
  tests.make_assignment('d_mei', 'mei', 'doors'), tests.make_assignment('g_ping', 'ping', 'gates');
select tests.commit();
-- Acting as ping
select tests.act_as('ping');
select is((select data ->> 'door_hash' from tests.visible() where tbl = 'my_assignment' and pk = tests.id('d_ping')),
  left(encode(sha256(convert_to(tests.id('d_ping') || ':D00RC0DE11', 'UTF8')), 'hex'), 8),
  'A card can recognise its own door');
select is((select data ->> 'door_hash' from tests.visible() where tbl = 'my_assignment' and pk = tests.id('g_ping')),
  null, 'A post without a door has none');
select is((select count(*) from tests.visible() where data::text ~ 'D00RC0DE11'),
  0::bigint, 'No code of a door reaches a phone');
select is(tests.push('check_in', '{"assignment_id":"@d_ping","at":"@now","way":"qr","door":" d0orc0de-11"}'),
  'applied', 'The code of the door counts as a person types it');
select is(tests.value($$
    select string_agg(reason, ' ') from app.event where kind = 'on_post' and subject_id = tests.id('d_ping')
  $$),
  'qr', 'The arrival counts as scanned');
select is((select data ->> 'door_hash' from tests.visible() where tbl = 'my_assignment' and pk = tests.id('d_ping')),
  null, 'After the arrival the card has no door any more');
-- Acting as qiang
select tests.act_as('qiang');
select is(tests.push('check_in', '{"assignment_id":"@d_qiang","at":"@now","way":"qr","door":"AAAAAAAAAA"}'),
  'applied', 'A wrong code gets the same answer');
select is(tests.value($$
    select string_agg(reason, ' ') from app.event where kind = 'on_post' and subject_id = tests.id('d_qiang')
  $$),
  'manual', 'The arrival counts as told by hand');
-- Acting as mei
select tests.act_as('mei');
select is(tests.push('check_in', '{"assignment_id":"@d_mei","at":"@now","way":"qr"}') || ' '
    || tests.value($$
      select string_agg(reason, ' ') from app.event where kind = 'on_post' and subject_id = tests.id('d_mei')
    $$),
  'applied manual', 'A scan without a code counts as told by hand');
-- Acting as the owner: the door gets a new code
select tests.act_as_owner();
select tests.make_assignment('d_nobody', 'coordinator', 'doors');
select tests.commit();
update app.org_unit set door_code = 'NEWC0DE123' where id = tests.id('building_1');
select is_empty('select * from tests.drift()', 'A new code reaches the cards');
select tests.act_as('coordinator');
select is((select data ->> 'door_hash' from tests.visible() where tbl = 'my_assignment' and pk = tests.id('d_nobody')),
  left(encode(sha256(convert_to(tests.id('d_nobody') || ':NEWC0DE123', 'UTF8')), 'hex'), 8),
  'Each card has a salt of its own');

-- What a coordinator reported by mistake is taken back
select tests.act_as('qiang');
select tests.refuses('check_in', '{"assignment_id":"@d_nobody","at":"@now","way":"undone"}', 'refused:forbidden',
  'Nobody takes back the arrival of another person');
select tests.refuses('check_in', '{"assignment_id":"@a_qiang","at":"@now","way":"undone"}', 'refused:forbidden',
  'Nobody takes back their own arrival that the coordinator vouched for');
select tests.act_as('coordinator');
select is(tests.push('check_in', '{"assignment_id":"@a_qiang","at":"@now","way":"undone"}'), 'applied',
  'A coordinator takes back the arrival they reported');
select is(tests.value($$select concat_ws(' ', state, on_post_at, vouched_by) from app.assignment
    where id = tests.id('a_qiang')$$),
  'accepted', 'The person is on the way again');
select is(tests.places('now_on') || ' ' || tests.events('arrival_undone') || ' ' || tests.value($$
    select count(*) from app.event where kind = 'on_post' and subject_id = tests.id('a_qiang')$$),
  '2 filled, 0 held of 3 1 1', 'The place stays, and the log has both the report and the correction');
select is(tests.push('check_in', '{"assignment_id":"@a_qiang","at":"@now","way":"undone"}'), 'applied:already',
  'Taking back twice answers already');
select tests.refuses('check_in', '{"assignment_id":"@a_ping","at":"@now","way":"undone"}', 'refused:wrong_state',
  'What a person reported themselves stands');
select is(tests.push('check_in', '{"assignment_id":"@a_qiang","at":"@now","way":"coordinator"}', '{"id":"@again"}'),
  'applied', 'The arrival is reported again');
select tests.act_as_owner();
update app.assignment set on_post_at = now() - interval '31 minutes' where id = tests.id('a_qiang');
select tests.act_as('coordinator');
select tests.refuses('check_in', '{"assignment_id":"@a_qiang","at":"@now","way":"undone"}', 'refused:wrong_state',
  'After half an hour a report stands');
select tests.act_as_owner();
update app.assignment set on_post_at = now() where id = tests.id('a_qiang');
insert into app.handover (id, community_id, given_at) values (tests.id('a_qiang'), tests.id('community'), now());
select tests.act_as('coordinator');
select tests.refuses('check_in', '{"assignment_id":"@a_qiang","at":"@now","way":"undone"}', 'refused:wrong_state',
  'What a handover was built on stands');
select tests.act_as_owner();
select is_empty('select * from tests.drift()', 'Phones hold what the projections say after it');
select * from finish();
rollback;
