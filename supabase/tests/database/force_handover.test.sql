-- force_handover: a leader releases a person whose relief does not come, and says why.
begin;
select plan(30);
select tests.make_world();
select tests.make_callout('drill');
select tests.make_shift('first', now() - interval '2 hours', 2, 3, 'door', 'drill'),
  tests.make_shift('second', now(), 2, 2, 'door', 'drill');
select tests.make_assignment('a_ping', 'ping', 'first', 'on_post'),
  tests.make_assignment('a_mei', 'mei', 'first', 'on_post'), tests.make_assignment('a_qiang', 'qiang', 'second');

-- Acting as the person, another coordinator, the officer, the admin, a login that belongs nowhere
select tests.act_as('ping');
select tests.refuses('force_handover', '{"assignment_id":"@a_ping","reason":"累了"}', 'refused:forbidden',
  'Nobody releases themselves');
select tests.act_as('other_coordinator');
select tests.refuses('force_handover', '{"assignment_id":"@a_ping","reason":"累了"}', 'refused:forbidden',
  'A coordinator releases people of their own community only');
select tests.act_as('officer');
select tests.refuses('force_handover', '{"assignment_id":"@a_ping","reason":"累了"}', 'refused:forbidden',
  'An officer runs no post');
select tests.act_as('admin');
select tests.refuses('force_handover', '{"assignment_id":"@a_ping","reason":"累了"}', 'refused:forbidden',
  'An admin sees no duty');
select tests.act_as('uninvited');
select tests.keeps_out('force_handover', '{"assignment_id":"@a_ping","reason":"累了"}',
  'A login that belongs nowhere releases nobody');
select tests.act_as_anon();
select tests.raises($$select api.push(gen_random_uuid(), 1, '[{"seq":1}]')$$,
  '42501', 'Nobody releases anybody without signing in');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('force_handover', '{"assignment_id":"@a_ping","reason":"  "}', 'refused:invalid',
  'Releasing needs a reason');
select tests.refuses('force_handover', '{"assignment_id":"@a_qiang","reason":"未到"}', 'refused:wrong_state',
  'A person who is not on post is not released');
select tests.refuses('force_handover', '{"assignment_id":"@no_such","reason":"x"}', 'refused:gone',
  'An assignment that does not exist is gone');
select is(tests.push('force_handover', '{"assignment_id":"@a_ping","reason":"已站 9 小时，联系 13800138000"}'),
  'applied', 'A coordinator releases a person with a reason');
select is(tests.handover('a_ping'), 'forced: 已站 9 小时，联系 ***', 'The reason is kept, without a number');
select is(tests.events('handover_forced'), 1::bigint, 'Leads are told');
select is(tests.push('force_handover', '{"assignment_id":"@a_ping","reason":"另一个"}'),
  'applied:already', 'Releasing twice answers the same');
select is(tests.handover('a_ping'), 'forced: 已站 9 小时，联系 ***', 'The first reason stays');
-- Acting as the grid's lead, whose subtree holds the post
select tests.act_as('grid_lead');
select is(tests.push('force_handover', '{"assignment_id":"@a_mei","reason":"孩子发烧"}'),
  'applied', 'A lead of the place may release too');
-- Acting as ping
select tests.act_as('ping');
select is((select count(*) from tests.visible('user:' || tests.id('ping')) where tbl = 'handover'),
  1::bigint, 'The released person''s phone shows it');
select is(tests.push('check_out',
    '{"assignment_id":"@a_ping","at":"@now","relief_assignment_id":null,"must_leave":null}'),
  'applied', 'A released person leaves without a handover');
select is(tests.state_of('assignment', 'a_ping') || ' ' || tests.places('first'),
  'done 1 filled, 0 held of 3', 'Done, and the place is open');
select is(tests.events('no_relief'), 0::bigint, 'Nobody is told twice');
-- Acting as the owner
select tests.act_as_owner();
update app.login set name = '周新名' where id = tests.id('coordinator');
select tests.commit();
select is(tests.value($$select data ->> 'forced_by_name' from projection.handover where pk = tests.id('a_ping')$$),
  '周新名', 'It says who let the person go, by the name of today');
select is_empty('select * from tests.drift()', 'Phones hold what the projections say');
select * from finish();
rollback;
