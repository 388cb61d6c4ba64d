-- give_handover: the leaving person's note and confirmation; alone, twice, before or after the relief's confirmation.
begin;
select plan(30);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('first', now() - interval '2 hours', 2, 3, 'door', 'drill'),
  tests.make_shift('second', now(), 2, 2, 'door', 'drill'), tests.make_shift('elsewhere', now(), 2, 2, 'gate', 'drill');
select tests.make_assignment('a_ping', 'ping', 'first', 'on_post'),
  tests.make_assignment('a_qiang', 'qiang', 'second', 'on_post'),
  tests.make_assignment('a_mei', 'mei', 'elsewhere', 'on_post');
select tests.make_assignment('a_nobody', 'nobody', 'first', 'on_post');

-- Acting as anon
select tests.act_as_anon();
select tests.raises($$select api.push(gen_random_uuid(), 1, '[{"seq":1}]')$$,
  '42501', 'Nobody hands over without signing in');
-- Acting as mei, another coordinator, the officer, a grid lead and a login that belongs nowhere
select tests.act_as('mei');
select tests.refuses('give_handover',
  '{"assignment_id":"@a_ping","at":"@now","to_assignment_id":null,"note":{"done":"x"}}', 'refused:forbidden',
  'Nobody hands over for another');
select tests.act_as('other_coordinator');
select tests.refuses('give_handover',
  '{"assignment_id":"@a_ping","at":"@now","to_assignment_id":null,"note":{"done":"x"}}', 'refused:forbidden',
  'A coordinator acts in their own community only');
select tests.act_as('officer');
select tests.refuses('give_handover',
  '{"assignment_id":"@a_ping","at":"@now","to_assignment_id":null,"note":{"done":"x"}}', 'refused:forbidden',
  'An officer acts for nobody');
select tests.act_as('uninvited');
select tests.keeps_out('give_handover',
  '{"assignment_id":"@a_ping","at":"@now","to_assignment_id":null,"note":{"done":"x"}}',
  'A login that belongs nowhere acts for nobody');

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('give_handover', '{"assignment_id":"@no_such","at":"@now","to_assignment_id":null,"note":{}}',
  'refused:gone', 'An assignment that does not exist is gone');
select is(tests.push('give_handover',
    '{"assignment_id":"@a_ping","at":"@now","to_assignment_id":null,"note":{"done":"送药 3 户","todo":"502 回访",
     "supplies":"盐 4 袋","risks":"北坡结冰"}}',
    jsonb_build_object('device_at', now() - interval '4 hours')),
  'applied', 'A handover recorded hours late counts');
select is(tests.handover('a_ping'), '送药 3 户/502 回访/盐 4 袋/北坡结冰 given', 'The note has its four parts, and no relief yet');
select is(tests.value($$select given_at = now() - interval '4 hours' from app.handover$$),
  'true', 'The handover counts from the minute it was given');
select is((select count(*) from tests.visible('user:' || tests.id('ping')) where tbl = 'handover'),
  1::bigint, 'The giver''s phone holds the handover');
select is(tests.push('give_handover',
    '{"assignment_id":"@a_ping","at":"@now","to_assignment_id":"@a_mei","note":{"done":"送药 4 户，电话 138 0013 8000",
     "todo":"","supplies":"","risks":""}}'),
  'applied', 'The giver sends a later note');
select is(tests.handover('a_ping'),
  '送药 4 户，电话 ***/// given', 'The later note counts, without a number; a person at another post is no relief');
select is(tests.value($$select given_at = now() - interval '4 hours' from app.handover$$),
  'true', 'The first minute stays');
select is(tests.push('give_handover',
    '{"assignment_id":"@a_ping","at":"@now","to_assignment_id":"@a_qiang","note":{"done":"送药 4 户","todo":"",
     "supplies":"","risks":""}}'),
  'applied', 'The giver''s phone has now seen the relief');
select is(tests.handover('a_ping'), 'to qiang 送药 4 户/// given', 'The relief is named');
select is(tests.events('handover_given'), 1::bigint, 'The log has the handover once');
select is(tests.value($$select count(*) from app.event where detail::text like '%送药%' or reason like '%送药%'$$),
  '0', 'The log has none of the note''s words');
-- Acting as qiang
select tests.act_as('qiang');
select is((select count(*) from tests.visible('user:' || tests.id('qiang')) where tbl = 'handover'),
  1::bigint, 'The relief''s phone holds the handover');
select is(tests.push('take_handover',
    '{"assignment_id":"@a_qiang","from_assignment_id":"@a_ping","at":"@now","note":null}'),
  'applied', 'Taken');
-- Acting as ping
select tests.act_as('ping');
select is(tests.push('give_handover',
    '{"assignment_id":"@a_ping","at":"@now","to_assignment_id":null,"note":{"done":"改了"}}'),
  'applied:already', 'A handover both confirmed is not changed');
select is(tests.handover('a_ping'), 'to qiang 送药 4 户/// given taken', 'None of its fields change');
-- Acting as the coordinator, for a person without a phone
select tests.act_as('coordinator');
select is(tests.push('give_handover',
    '{"assignment_id":"@a_nobody","at":"@now","to_assignment_id":null,"note":{"done":"口头交代"}}'),
  'applied', 'A coordinator speaks for a person without a phone');
select is((select count(*) from tests.visible(tests.scope('lead', 'community')) where tbl = 'handover'),
  2::bigint, 'Leads see every handover');
-- Acting as the owner
select tests.act_as_owner();
select is_empty('select * from tests.drift()', 'Phones hold what the projections say');
select * from finish();
rollback;
