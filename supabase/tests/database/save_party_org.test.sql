-- save_party_org (成立党组织): who keeps a node says which party organisations it has, and where in the tree they hang.
begin;
select plan(91);
select tests.make_world();
select tests.make_callout('line'), tests.make_callout('old_line');
update app.callout set state = 'stood_down' where id = tests.id('old_line');
select tests.make_party_org('work_committee', '街道党工委', 'work_committee', null, 'street'),
  tests.make_party_org('committee', '社区党委', 'committee', 'work_committee'),
  tests.make_party_org('theirs', '乙社区党委', 'committee', null, 'other_community'),
  tests.make_party_org('closed', '老支部');
update app.party_org set state = 'closed', ended_on = private.day_of(now()) where id = tests.id('closed');
select tests.make_partner('bureau', '区财政局'), tests.make_partner('moved', '搬走的单位'),
  tests.make_partner('their_shop', '街对面', 'enterprise', 'other_community');
update app.partner_unit set state = 'ended', ended_on = private.day_of(now()) where id = tests.id('moved');
select tests.commit();
create function tests.an_org(p_over jsonb default '{}') returns jsonb language sql as $$
  select '{"party_org_id":"@branch","keeper_id":"@community","name":"第一支部","kind":"branch","state":"formed",
   "org_unit_id":"@community","partner_unit_id":null,"parent_id":"@committee","covers":[],"formed_on":"2019-07-01",
   "callout_id":null}'::jsonb || p_over
$$;
create function tests.orgs() returns text language sql as $$
  select string_agg(concat_ws(' ', data ->> 'name', data ->> 'kind', data ->> 'state', data ->> 'formed_on'), ', '
    order by data ->> 'formed_on' desc nulls last, data ->> 'name')
  from tests.visible()
  where tbl = 'party_org' and data ->> 'name' <> '老支部'
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who do not keep the community
select tests.shuts_out('save_party_org', tests.an_org());
select tests.forbids('save_party_org', tests.an_org(), 'ping', 'grid_lead', 'officer', 'admin', 'other_coordinator');
-- Acting as the coordinator, on nodes that they do not keep
select tests.forbids('save_party_org', tests.an_org('{"keeper_id":"@street","org_unit_id":"@street"}'), 'coordinator');
select tests.forbids('save_party_org', tests.an_org('{"keeper_id":"@grid","org_unit_id":"@grid"}'), 'coordinator');
select tests.forbids('save_party_org', tests.an_org('{"keeper_id":null}'), 'coordinator');

-- Acting as the coordinator: what cannot be taken
select tests.refuses('save_party_org', tests.an_org('{"party_org_id":null}'), 'refused:invalid',
  'An organisation needs an id');
select tests.refuses('save_party_org', tests.an_org('{"name":"  "}'), 'refused:invalid', 'It needs a name');
select tests.refuses('save_party_org', tests.an_org(jsonb_build_object('name', repeat('长', 81))), 'refused:invalid',
  'A name has at most 80 characters');
select is(tests.detail(), '{"field":"name"}', 'The refusal says which field it is');
select tests.refuses('save_party_org', tests.an_org('{"kind":null}'), 'refused:invalid', 'It needs a kind');
select tests.refuses('save_party_org', tests.an_org('{"state":"closed"}'), 'refused:invalid',
  'Nothing is formed closed');
select tests.refuses('save_party_org', tests.an_org('{"formed_on":"2019-02-30"}'), 'refused:invalid',
  'The day it was formed is a day');
select tests.refuses('save_party_org', tests.an_org('{"formed_on":"1921-06-30"}'), 'refused:invalid',
  'And not before there was any');
select tests.refuses('save_party_org', tests.an_org('{"org_unit_id":null}'), 'refused:invalid', 'It hangs somewhere');
select tests.refuses('save_party_org', tests.an_org('{"partner_unit_id":"@bureau"}'), 'refused:invalid',
  'It does not hang on two things');
select tests.refuses('save_party_org', tests.an_org('{"org_unit_id":"@other_building"}'), 'refused:invalid',
  'It hangs on no place of another community');
select tests.refuses('save_party_org', tests.an_org('{"org_unit_id":"@street"}'), 'refused:invalid',
  'Nor on the street above');
select tests.refuses('save_party_org', tests.an_org('{"org_unit_id":null,"partner_unit_id":"@their_shop"}'),
  'refused:invalid', 'It hangs on no unit of another community');
select tests.refuses('save_party_org', tests.an_org('{"org_unit_id":null,"partner_unit_id":"@moved"}'),
  'refused:invalid', 'Nor on one that has ended');
select tests.refuses('save_party_org', tests.an_org('{"parent_id":"@no_such"}'), 'refused:invalid',
  'What it lies under exists');
select tests.refuses('save_party_org', tests.an_org('{"parent_id":"@closed"}'), 'refused:invalid', 'And lives');
select tests.refuses('save_party_org', tests.an_org('{"parent_id":"@theirs"}'), 'refused:invalid',
  'It lies under none of another community');
select is(tests.detail(), '{"field":"parent_id"}', 'The refusal says which field it is');
select tests.refuses('save_party_org', tests.an_org('{"kind":"temporary"}'), 'refused:invalid',
  'A temporary one belongs to a call-out');
select tests.refuses('save_party_org', tests.an_org('{"callout_id":"@line"}'), 'refused:invalid',
  'A branch belongs to none');
select tests.refuses('save_party_org', tests.an_org('{"kind":"temporary","callout_id":"@old_line"}'),
  'refused:not_open', 'None is formed for a call-out that is over');
select tests.refuses('save_party_org', tests.an_org('{"party_org_id":"@closed"}'), 'refused:wrong_state',
  'What was closed is not formed again');
select tests.refuses('save_party_org', tests.an_org('{"name":"社区党委","parent_id":"@work_committee"}'),
  'refused:name_taken', 'Two of one name under one parent are one');
select is(tests.detail(), jsonb_build_object('id', tests.id('committee')), 'The refusal says which it is');

-- What can
select is(tests.push('save_party_org', tests.an_org('{"name":" 第一支部13800001111 ","covers":["@building_1",
    "@other_building","@street"]}')), 'applied', 'A coordinator forms a branch');
select is(tests.orgs(), '社区党委 committee formed 2020-07-01, 第一支部*** branch formed 2019-07-01',
  'It stands on the desk, its name without a number');
select is((select data -> 'covers' from tests.visible() where pk = tests.id('branch')),
  jsonb_build_array(tests.id('building_1')), 'It looks after places of this community alone');
select is(tests.push('save_party_org', tests.an_org('{"covers":["@building_2"],"state":"proposed","formed_on":null}')),
  'applied', 'And changes it');
select is(tests.orgs(), '社区党委 committee formed 2020-07-01, 第一支部 branch proposed', 'Other words replace the first');
select is((select data -> 'covers' from tests.visible() where pk = tests.id('branch')),
  jsonb_build_array(tests.id('building_2')), 'Other places, too');
select is(tests.push('save_party_org', tests.an_org('{"party_org_id":"@group","name":"第一支部","kind":"group",
    "parent_id":"@branch","org_unit_id":"@building_1","formed_on":null}') - 'state'), 'applied',
  'A name may come again elsewhere in the tree; without a word one is formed');
select tests.refuses('save_party_org', tests.an_org('{"parent_id":"@group"}'), 'refused:invalid',
  'Nothing lies under what lies under it');
select tests.refuses('save_party_org', tests.an_org('{"parent_id":"@branch"}'), 'refused:invalid', 'Nor under itself');
select is(tests.push('save_party_org', tests.an_org('{"party_org_id":"@in_bureau","name":"财政局联合支部",
    "kind":"joint_branch","org_unit_id":null,"partner_unit_id":"@bureau","parent_id":null,"formed_on":null}')),
  'applied', 'One hangs on a unit');
select is((select data ->> 'party_org_name' from tests.visible()
    where tbl = 'partner_unit' and pk = tests.id('bureau')), '财政局联合支部', 'The unit shows it');
select is(tests.push('save_party_org', tests.an_org('{"party_org_id":"@front","name":"防线临时党支部",
    "kind":"temporary","callout_id":"@line","parent_id":null,"formed_on":null}')), 'applied',
  'One is formed for a call-out that runs');
select is(tests.push('save_party_org', tests.an_org('{"party_org_id":"@committee","name":"社区大党委",
    "kind":"committee","parent_id":"@work_committee"}')), 'applied', 'A committee lies under that of the street');
select is(tests.events('party_org_saved'), 6::bigint, 'The log has each');

-- Acting as others: what they see
select tests.act_as('officer');
select is(tests.push('save_party_org', tests.an_org('{"party_org_id":"@union","keeper_id":"@street",
    "name":"机关党总支","kind":"general_branch","org_unit_id":"@street","parent_id":"@work_committee"}')), 'applied',
  'An officer keeps those of their street');
select is(tests.orgs(), '街道党工委 work_committee formed 2020-07-01, 机关党总支 general_branch formed 2019-07-01',
  'And sees them, none of a community');
select tests.act_as('ping');
select is(tests.orgs(), null, 'A responder sees no organisation');
select tests.act_as('other_coordinator');
select is(tests.orgs(), '乙社区党委 committee formed 2020-07-01', 'Another community sees its own');

-- Acting as somebody who keeps two communities: nothing changes hands
select tests.act_as_owner();
select tests.grant_role('coordinator', 'other_community', 'coordinator');
select tests.forbids('save_party_org', tests.an_org('{"keeper_id":"@other_community","org_unit_id":"@other_community",
    "parent_id":null}'), 'coordinator');
-- A node keeps at most 500
select tests.act_as_owner();
insert into app.party_org (id, name, keeper_id, org_unit_id)
select gen_random_uuid(), '支部' || i, tests.id('community'), tests.id('community') from generate_series(1, 500) i;
select tests.act_as('coordinator');
select tests.refuses('save_party_org', tests.an_org('{"party_org_id":"@one_more","name":"又一个"}'),
  'refused:over_capacity', 'Five hundred are enough');
select is(tests.push('save_party_org', tests.an_org()), 'applied', 'Those that are there are still changed');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
