-- ask_cover (请人顶班): the owner of a place asks for somebody else in it, or a coordinator asks for them.
begin;
select plan(32);
select tests.make_world();
select tests.make_shift('far', tests.at(3, '08:00'), 3, 1), tests.make_shift('later', tests.at(5, '08:00'), 3, 2),
  tests.make_shift('running', now() - interval '1 hour', 3, 1, 'gate'),
  tests.make_shift('off', tests.at(7, '08:00'), 3, 1);
select tests.make_assignment('a_ping', 'ping', 'far'), tests.make_assignment('a_nobody', 'nobody', 'later', 'assigned'),
  tests.make_assignment('a_now', 'mei', 'running'), tests.make_assignment('a_gone', 'ping', 'later', 'withdrawn'),
  tests.make_assignment('a_off', 'ping', 'off');
update app.shift set state = 'cancelled' where id = tests.id('off');
select tests.commit();

-- Acting as people who have no say
select tests.act_as('uninvited');
select tests.keeps_out('ask_cover', '{"cover_id":"@c1","assignment_id":"@a_ping","reason":"ill"}',
  'A login that belongs nowhere asks nothing');
select tests.act_as('qiang');
select tests.refuses('ask_cover', '{"cover_id":"@c1","assignment_id":"@a_ping","reason":"ill"}', 'refused:forbidden',
  'Nobody gives away a colleague''s place');
select tests.act_as('other_coordinator');
select tests.refuses('ask_cover', '{"cover_id":"@c1","assignment_id":"@a_ping","reason":"ill"}', 'refused:forbidden',
  'The coordinator of another community does not');
select tests.act_as('officer');
select tests.refuses('ask_cover', '{"cover_id":"@c1","assignment_id":"@a_ping","reason":"ill"}', 'refused:forbidden',
  'An officer does not');
select tests.act_as('admin');
select tests.refuses('ask_cover', '{"cover_id":"@c1","assignment_id":"@a_ping","reason":"ill"}', 'refused:forbidden',
  'Admin does not');

-- Acting as the owner
select tests.act_as('ping');
select tests.refuses('ask_cover', '{"cover_id":null,"assignment_id":"@a_ping","reason":"ill"}', 'refused:invalid',
  'A request needs an id');
select tests.refuses('ask_cover', '{"cover_id":"@c1","assignment_id":"@a_ping","reason":"头痛"}', 'refused:invalid',
  'A reason is one of the list');
select tests.refuses('ask_cover', '{"cover_id":"@c1","assignment_id":"@no_such","reason":"ill"}', 'refused:gone',
  'There is no such place');
select tests.refuses('ask_cover', '{"cover_id":"@c1","assignment_id":"@a_gone","reason":"ill"}', 'refused:wrong_state',
  'A place that was given back needs no cover');
select tests.refuses('ask_cover', '{"cover_id":"@c1","assignment_id":"@a_off","reason":"ill"}', 'refused:closed',
  'A cancelled shift needs none');
select is(tests.push('ask_cover', '{"cover_id":"@c1","assignment_id":"@a_ping","reason":"ill"}'), 'applied',
  'The owner asks');
select is(tests.state_of('assignment', 'a_ping') || ', ' || tests.places('far'), 'accepted, 1 filled, 0 held of 1',
  'The place stays theirs');
select is(tests.push('ask_cover', '{"cover_id":"@c2","assignment_id":"@a_ping","reason":"work"}'), 'applied:already',
  'A second request answers already');
select is(tests.heard_of_covers(), null, 'Nobody is told');
select is((select array_agg(distinct data ->> 'state') from tests.visible() where tbl = 'cover_request'), '{open}',
  'It is on their phone');

-- Acting as a colleague
select tests.act_as('qiang');
select is((select array_agg(concat(data ->> 'name', ' ', split_part(scope, ':', 1)))
           from tests.visible()
           where tbl = 'cover_request'),
  '{"李平 org"}', 'A colleague sees who asks, where open shifts are seen');
select is((select count(*) from tests.visible() where tbl like 'cover%' and data::text ~ '"ill"'), 0::bigint,
  'No reason reaches them');
select tests.act_as('wei');
select is((select count(*) from tests.visible() where tbl like 'cover%'), 0::bigint,
  'Nothing reaches another community');

-- Acting as the coordinator
select tests.act_as('coordinator');
select is((select concat_ws(' ', data ->> 'reason', data ->> 'by_name') from tests.visible() where tbl = 'cover_lead'),
  'ill', 'The coordinator knows why');
select is(tests.push('ask_cover', '{"cover_id":"@c3","assignment_id":"@a_nobody","reason":"ill"}'), 'applied',
  'A coordinator asks for somebody who rang, and has not confirmed');
select is(tests.push('ask_cover', '{"cover_id":"@c4","assignment_id":"@a_now","reason":"ill"}'), 'refused:closed',
  'Not for a shift that has begun');
select is((select data ->> 'by_name' from tests.visible() where tbl = 'cover_lead' and pk = tests.id('c3')), '陈立群',
  'It carries their name');
select * from finish();
rollback;
