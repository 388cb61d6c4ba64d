-- end_party_org: an organisation is closed, or merged into another; its members go on in that one, or in the one above.
begin;
select plan(49);
select tests.make_world();
select tests.make_party_org('committee', '社区党委', 'committee'),
  tests.make_party_org('branch', '第一支部', 'branch', 'committee'),
  tests.make_party_org('second', '第二支部', 'branch', 'committee'),
  tests.make_party_org('group', '第一党小组', 'group', 'branch'), tests.make_party_org('lone', '机关支部'),
  tests.make_party_org('union', '机关党总支', 'general_branch', null, 'street'),
  tests.make_party_org('theirs', '乙社区党委', 'committee', null, 'other_community'),
  tests.make_party_post('leads_branch', 'branch', 'secretary', 'ping'),
  tests.make_party_post('leads_group', 'group', 'group_leader', 'mei');
update app.responder set party_org_id = tests.id('branch') where id = tests.id('ping.person');
update app.responder set party_org_id = tests.id('group') where id = tests.id('mei.person');
update app.responder set party_org_id = tests.id('lone') where id = tests.id('qiang.person');
select tests.commit();
create function tests.org(p_name text) returns text language sql as $$
  select concat_ws(' ', data ->> 'state', data ->> 'members', case (data ->> 'ended_on')::date
    when tests.at(0, '12:00')::date then 'today' end, (
      select 'led until today' from jsonb_array_elements(data -> 'posts') p
      where p ->> 'ends_on' = data ->> 'ended_on'))
  from tests.visible()
  where tbl = 'party_org' and pk = tests.id(p_name)
$$;
create function tests.member_of(p_name text) returns text language sql stable security definer as $$
  select o.name
  from app.responder r
  join app.party_org o on o.id = r.party_org_id
  where r.id = tests.id(p_name || '.person')
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who do not keep the community, and the coordinator with what the street keeps
select tests.shuts_out('end_party_org', '{"party_org_id":"@group","into_id":null}');
select tests.forbids('end_party_org', '{"party_org_id":"@group","into_id":null}', 'ping', 'mei', 'grid_lead', 'officer',
  'admin', 'other_coordinator');
select tests.forbids('end_party_org', '{"party_org_id":"@union","into_id":null}', 'coordinator');

-- Acting as the coordinator
select tests.refuses('end_party_org', '{"party_org_id":"@no_such","into_id":null}', 'refused:gone',
  'What is not there does not end');
select tests.refuses('end_party_org', '{"party_org_id":null,"into_id":null}', 'refused:gone', 'Nor nothing');
select tests.refuses('end_party_org', '{"party_org_id":"@branch","into_id":null}', 'refused:in_use',
  'A branch with a group below it does not end first');
select tests.refuses('end_party_org', '{"party_org_id":"@group","into_id":"@group"}', 'refused:invalid',
  'Nothing is merged into itself');
select tests.refuses('end_party_org', '{"party_org_id":"@group","into_id":"@theirs"}', 'refused:invalid',
  'Nothing is merged into one of another community');
select tests.refuses('end_party_org', '{"party_org_id":"@group","into_id":"@union"}', 'refused:invalid',
  'Nor into one of the street');
select tests.refuses('end_party_org', '{"party_org_id":"@group","into_id":"@no_such"}', 'refused:invalid',
  'Nor into none');
select is(tests.push('end_party_org', '{"party_org_id":"@group","into_id":null}'), 'applied', 'A group is closed');
select is(tests.org('group'), 'closed 0 today led until today', 'It has ended today, with who led it');
select is(tests.member_of('mei') || ' ' || tests.org('branch'), '第一支部 formed 2', 'Its members are in the one above');
select is(tests.push('end_party_org', '{"party_org_id":"@group","into_id":null}'), 'applied:already', 'Once');
select is(tests.push('end_party_org', '{"party_org_id":"@branch","into_id":"@second"}'), 'applied',
  'The branch, empty now below, is merged into another');
select is(tests.org('branch') || '; ' || tests.org('second'), 'merged 0 today led until today; formed 2',
  'Its members are in that one');
select is((select data ->> 'merged_into' from tests.visible() where pk = tests.id('branch')),
  tests.id('second')::text, 'It says which');
select is(tests.push('end_party_org', '{"party_org_id":"@branch","into_id":"@lone"}'), 'applied:already',
  'It stays there');
select tests.refuses('end_party_org', '{"party_org_id":"@lone","into_id":"@branch"}', 'refused:invalid',
  'Nothing is merged into one that has ended');
select is(tests.push('end_party_org', '{"party_org_id":"@lone","into_id":null}'), 'applied', 'One with none above');
select is(tests.member_of('qiang'), null, 'Leaves its members without');
select is(tests.events('party_org_ended'), 3::bigint, 'The log has each');
select is((select data ->> 'party_org_name' from tests.visible() where tbl = 'responder_lead'
    and pk = tests.id('ping.person')), '第二支部', 'A member''s record says where they are');
-- Acting as the officer
select tests.act_as('officer');
select is((select string_agg(data ->> 'name', ' ' order by data ->> 'since', data ->> 'name') from tests.visible()
    where tbl = 'party_gap' and data ->> 'community_name' = '甲社区'), '社区党委 第二支部',
  'The street sees no gap in what has ended');
select is(tests.push('end_party_org', '{"party_org_id":"@union","into_id":null}'), 'applied',
  'An officer ends one of the street');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
