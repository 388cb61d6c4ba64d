-- set_party_post: somebody takes a post of a party organisation, a person on a list or a name; who led it steps down.
begin;
select plan(61);
select tests.make_world();
select tests.make_party_org('branch', '第一支部'), tests.make_party_org('group', '第一党小组', 'group', 'branch'),
  tests.make_party_org('union', '机关党总支', 'general_branch', null, 'street'), tests.make_party_org('closed', '老支部');
update app.party_org set state = 'closed', ended_on = private.day_of(now()) where id = tests.id('closed');
select tests.commit();
create function tests.a_post(p_over jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('party_post_id', '@p1', 'party_org_id', '@branch', 'post', 'secretary',
    'responder_id', '@ping.person', 'holder', null, 'starts_on', tests.at(-30, '12:00')::date) || p_over
$$;
-- Holders of an organisation's posts, who began last first, with the days from today.
create function tests.posts(p_org text) returns text language sql as $$
  select string_agg(concat_ws(' ', p ->> 'post', p ->> 'name', (p ->> 'starts_on')::date - tests.at(0, '12:00')::date,
    (p ->> 'ends_on')::date - tests.at(0, '12:00')::date), ', ' order by i)
  from tests.visible(), jsonb_array_elements(data -> 'posts') with ordinality e(p, i)
  where tbl = 'party_org' and pk = tests.id(p_org)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who do not keep the community, and the coordinator with what the street keeps
select tests.shuts_out('set_party_post', tests.a_post());
select tests.forbids('set_party_post', tests.a_post(), 'ping', 'grid_lead', 'officer', 'admin', 'other_coordinator');
select tests.forbids('set_party_post', tests.a_post('{"party_org_id":"@union"}'), 'coordinator');

-- Acting as the coordinator
select tests.refuses('set_party_post', tests.a_post('{"party_org_id":"@no_such"}'), 'refused:gone',
  'There is no post in what is not there');
select tests.refuses('set_party_post', tests.a_post('{"party_post_id":null}'), 'refused:invalid', 'A post needs an id');
select tests.refuses('set_party_post', tests.a_post('{"post":null}'), 'refused:invalid', 'And a kind');
select tests.refuses('set_party_post', tests.a_post('{"post":"group_leader"}'), 'refused:invalid',
  'A branch has no leader of a group');
select tests.refuses('set_party_post', tests.a_post('{"party_org_id":"@group"}'), 'refused:invalid',
  'A group has no secretary');
select tests.refuses('set_party_post', tests.a_post('{"post":"treasurer"}'), 'refused:invalid', 'Nobody has one');
select tests.refuses('set_party_post', tests.a_post('{"starts_on":"2026-13-01"}'), 'refused:invalid',
  'The day is a day');
select tests.refuses('set_party_post', tests.a_post('{"responder_id":null}'), 'refused:invalid', 'Somebody holds it');
select tests.refuses('set_party_post', tests.a_post('{"holder":"老周"}'), 'refused:invalid', 'And one alone');
select tests.refuses('set_party_post',
  tests.a_post(jsonb_build_object('responder_id', null, 'holder', repeat('长', 41))), 'refused:invalid',
  'A name has at most 40 characters');
select is(tests.detail(), '{"field":"holder"}', 'The refusal says which field it is');
select tests.refuses('set_party_post', tests.a_post('{"party_org_id":"@closed"}'), 'refused:wrong_state',
  'Nobody leads what was closed');
select tests.refuses('set_party_post', tests.a_post('{"responder_id":"@wei.person"}'), 'refused:not_eligible',
  'Who is on no list here holds it by name alone');
select tests.refuses('set_party_post', tests.a_post('{"responder_id":"@no_such"}'), 'refused:not_eligible',
  'Nor does nobody');
select is(tests.push('set_party_post', tests.a_post()), 'applied', 'Ping becomes the secretary');
select is(tests.push('set_party_post', tests.a_post('{"responder_id":"@mei.person"}')), 'applied:already', 'Once');
select is(tests.posts('branch'), 'secretary 李平 -30', 'The desk says since when');
select is(tests.push('set_party_post',
    tests.a_post('{"party_post_id":"@p2","responder_id":null,"holder":" 老周 13800001111 ","starts_on":null}')),
  'applied', 'Somebody who is on no list follows today');
select is(tests.posts('branch'), 'secretary 老周 *** 0, secretary 李平 -30 0', 'Ping steps down on that day');
select is(tests.push('set_party_post', tests.a_post(jsonb_build_object('party_post_id', '@p3',
    'responder_id', '@mei.person', 'starts_on', tests.at(-60, '12:00')::date))), 'applied',
  'Mei had been it before, as is found now');
select is(tests.posts('branch'), 'secretary 老周 *** 0 0, secretary 李平 -30 0, secretary 赵梅 -60',
  'Nobody ends before they began');
select is(tests.push('set_party_post', tests.a_post('{"party_post_id":"@p4","party_org_id":"@group",
    "post":"group_leader"}')), 'applied', 'A group has a leader');
select is(count(*) filter (where x = 'applied'), 9::bigint, 'There may be nine deputies')
from (select tests.push('set_party_post', tests.a_post(jsonb_build_object('party_post_id', '@d' || i,
    'post', 'deputy', 'responder_id', null, 'holder', '副' || i))) as x from generate_series(1, 9) i) y;
select tests.refuses('set_party_post', tests.a_post('{"party_post_id":"@d10","post":"deputy"}'),
  'refused:over_capacity', 'No tenth');
select is(tests.events('party_post_set'), 13::bigint, 'The log has each');

-- Acting as others
select tests.act_as('officer');
select is((select count(*) from tests.visible() where data::text ~ '李平|赵梅|老周|副1'), 0::bigint,
  'Who holds a post in a community is not told above it');
select is(tests.push('set_party_post', tests.a_post('{"party_post_id":"@u1","party_org_id":"@union"}')), 'applied',
  'Ping, of a community below, leads one of the street');
select is(tests.posts('union'), 'secretary 李平 -30', 'The street sees them');
select tests.act_as('ping');
select is((select count(*) from tests.visible() where tbl ~ '^party'), 0::bigint, 'A responder sees no posts');
-- A new name shows
select tests.act_as_owner();
update app.responder set name = '李大平' where id = tests.id('ping.person');
select tests.commit();
select tests.act_as('coordinator');
select is(tests.posts('group'), 'group_leader 李大平 -30', 'A person with a new name has it in their post');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
