-- The tree of party organisations: how a list makes it, what ends by itself, and what the street sees of it.
begin;
select plan(35);
select tests.make_world();
select tests.make_login('district_officer', '区值班'),
  tests.grant_role('district_officer', 'district', 'district_officer'),
  tests.make_unit('street_2', 'street', '汉口路街道', 'district'), tests.make_login('officer_2', '另一街道'),
  tests.grant_role('officer_2', 'street_2', 'street_officer'), tests.commit();
-- The organisations that are there, each with its kind, what it lies under, and how many are in it.
create function tests.tree() returns text language sql as $$
  with o as (
    select pk, data from tests.visible() where tbl = 'party_org' and data ->> 'state' in ('formed', 'proposed'))
  select string_agg(concat_ws(' ', o.data ->> 'name', o.data ->> 'kind', 'in ' || (p.data ->> 'name'),
    o.data ->> 'members'), ', '
    order by o.data ->> 'kind', (o.data ->> 'name') collate "C", (p.data ->> 'name') collate "C")
  from o
  left join o p on p.pk = (o.data ->> 'parent_id')::uuid
$$;
create function tests.gaps() returns text language sql as $$
  select string_agg(concat_ws(' ', data ->> 'community_name', data ->> 'name', data ->> 'kind',
    (data ->> 'since')::date - tests.at(0, '12:00')::date), ', ' order by data ->> 'name')
  from tests.visible()
  where tbl = 'party_gap'
$$;
-- One person of a list with the way of their organisation: their row, and where they are.
create function tests.brings(p_n int, p_way text) returns text language sql as $$
  select (tests.bring_people('list ' || p_n, 'community', tests.list_row('甲' || p_n, '1390000000' || p_n,
    jsonb_build_object('party_org', p_way))) #>> '{results,0,status}')
    || coalesce(' ' || tests.value(format($q$select o.name from app.responder r
      join app.party_org o on o.id = r.party_org_id where r.name = '甲%s'$q$, p_n)), '')
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- A list, acting as the coordinator
select tests.act_as('coordinator');
select is(tests.brings(1, '社区党委/东区党总支/第二支部'), 'created 第二支部', 'A list gives the way down to a branch');
select tests.commit();
select is(tests.tree(), '第二支部 branch in 东区党总支 1, 社区党委 committee 0, 东区党总支 general_branch in 社区党委 0',
  'All on the way are made, each of the kind that its name says');
select is(tests.brings(2, '社区党委 > 东区党总支 ／ 第三支部'), 'created 第三支部',
  'Other signs between the names do as well');
select is(tests.brings(3, '第二支部'), 'created 第二支部', 'A single name finds the one that has it');
select is(tests.brings(4, '社区党委/东区党总支/第二支部/第一党小组') || ', '
    || tests.brings(5, '社区党委/东区党总支/第三支部/第一党小组'), 'created 第一党小组, created 第一党小组',
  'Two groups of one name lie under two branches');
select is(tests.brings(6, ' / '), 'created', 'A way of nothing leads nowhere');
select tests.commit();
select is(tests.tree(), '第三支部 branch in 东区党总支 1, 第二支部 branch in 东区党总支 2, 社区党委 committee 0, '
  || '东区党总支 general_branch in 社区党委 0, 第一党小组 group in 第三支部 1, 第一党小组 group in 第二支部 1',
  'Nothing is made twice');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');

-- What the street sees: acting as its officer, one of another street, and one of the district
select tests.act_as('officer');
select is((select count(*) from tests.visible() where tbl = 'party_gap'), 6::bigint,
  'Nobody leads any of them: the street sees six gaps');
select tests.act_as('officer_2');
select is(tests.gaps(), null, 'Another street sees none');
select tests.act_as('district_officer');
select is(tests.gaps(), null, 'The district has its own desk');
select tests.act_as_owner();
update app.responder set party_org_id = null;
delete from app.party_org where kind = 'group'; delete from app.party_org where kind = 'branch';
delete from app.party_org where kind = 'general_branch'; delete from app.party_org;

-- An organisation of a call-out ends with it
select tests.make_callout('line'), tests.make_party_org('committee', '社区党委', 'committee');
select tests.act_as('coordinator');
select is(tests.push('save_party_org', jsonb_build_object('party_org_id', '@' || o.name, 'keeper_id', '@community',
    'name', o.label, 'kind', 'temporary', 'org_unit_id', '@community', 'parent_id', o.parent, 'callout_id', '@line')),
  'applied', o.label || ' is formed for a call-out')
from (values ('front', '防线临时党支部', '@committee'), ('second', '二线临时党支部', null)) o(name, label, parent);
select is(tests.push('set_party_post', '{"party_post_id":"@p1","party_org_id":"@front","post":"secretary",
    "responder_id":"@mei.person"}'), 'applied', 'Mei leads one');
select tests.act_as_owner();
update app.responder set party_org_id = tests.id('front')
where id in (tests.id('mei.person'), tests.id('ping.person'));
update app.responder set party_org_id = tests.id('second') where id = tests.id('qiang.person');
select tests.act_as('officer');
select is((select string_agg(data ->> 'name', ' ') from tests.visible() where tbl = 'party_gap'), '社区党委',
  'One of a call-out is no gap for the street');
select tests.act_as('coordinator');
select is(tests.push('stand_down', '{"callout_id":"@line","reason":null}'), 'applied', 'The call-out is stood down');
select is(tests.tree(), '社区党委 committee 2', 'Both end with it; members go to the one above');
select is((select string_agg(concat_ws(' ', data ->> 'name', data ->> 'state',
      (data ->> 'ended_on')::date = tests.at(0, '12:00')::date,
      data #>> '{posts,0,ends_on}' = data ->> 'ended_on'), ', '
      order by data ->> 'name') from tests.visible() where tbl = 'party_org' and data ->> 'kind' = 'temporary'),
  '二线临时党支部 closed t, 防线临时党支部 closed t t', 'Today, and who led one with it');
select is(tests.value($$select party_org_id from app.responder where id = tests.id('qiang.person')$$), null,
  'Where there is none above, they are in none');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');

-- Who leaves gives up what they held
select tests.act_as_owner();
select tests.make_party_org('branch', '第一支部', 'branch', 'committee'),
  tests.make_party_org('union', '机关党总支', 'general_branch', null, 'street'),
  tests.make_party_post('leads', 'branch', 'secretary', 'mei'),
  tests.make_party_post('deputy', 'committee', 'deputy', 'mei'),
  tests.make_party_post('up', 'union', 'secretary', 'mei'),
  tests.make_party_post('chair', 'committee', 'secretary', 'coordinator'), tests.make_seat('seat', '某'),
  tests.make_seat('up_seat', '某', 'serving', 'street'), tests.make_partner('bureau', '区财政局');
update app.seat set holder = null, responder_id = tests.id('mei.person');
update app.partner_unit set contact_id = tests.id('mei.person');
select tests.commit();
select tests.act_as('officer');
select is(tests.gaps(), null, 'Every organisation is led');
select tests.act_as('mei');
select is(tests.said(api.leave_community(tests.id('community'))), 'applied', 'Mei leaves the community');
select tests.commit();
select tests.act_as('coordinator');
select is((select string_agg(concat_ws(' ', o.data ->> 'name', p ->> 'post', (p ->> 'ends_on')::date =
      tests.at(0, '12:00')::date), ', ' order by o.data ->> 'kind', p ->> 'post')
    from tests.visible() o, jsonb_array_elements(o.data -> 'posts') p
    where o.tbl = 'party_org' and p ->> 'responder_id' = tests.id('mei.person')::text
      and o.data ->> 'state' = 'formed'),
  '第一支部 secretary t, 社区党委 deputy t', 'Her posts end that day');
select is((select concat_ws(' ', data ->> 'name', data ->> 'state', (data ->> 'since_on')::date =
    tests.at(0, '12:00')::date) from tests.visible() where tbl = 'seat'), '赵梅 ended t',
  'Her seat stands empty, with who left it');
select is((select data ->> 'contact_name' from tests.visible() where tbl = 'partner_unit'), null,
  'The unit has nobody who keeps in touch with it');
select tests.act_as('officer');
select is(tests.gaps(), '甲社区 第一支部 branch 0', 'The street sees the vacancy from that day on');
select is((select count(*) from tests.visible() where tbl = 'party_gap' and data::text ~ '赵梅|19900000004'), 0::bigint,
  'And not whose it was');
select is((select string_agg(data ->> 'name', ' ') from tests.visible() where tbl = 'seat'), '赵梅',
  'What she holds at the street is the street''s to end');
select tests.act_as('coordinator');
select is(tests.push('set_party_post', '{"party_post_id":"@next","party_org_id":"@branch","post":"secretary",
    "holder":"新书记"}'), 'applied', 'Somebody follows');
select tests.act_as('officer');
select is(tests.gaps(), null, 'The gap is closed');

-- A community that comes to another street takes its gaps along
select tests.act_as('coordinator');
select is(tests.push('end_party_post', '{"party_post_id":"@next"}'), 'applied', 'The branch is vacant again');
select is(tests.push('save_party_org', '{"party_org_id":"@plan","keeper_id":"@community","name":"筹建支部",
    "kind":"branch","state":"proposed","org_unit_id":"@estate","parent_id":"@committee"}'), 'applied',
  'One is only proposed');
select tests.act_as_owner();
update app.org_unit set parent_id = tests.id('street_2') where id = tests.id('community');
select tests.commit();
select tests.act_as('officer');
select is(tests.gaps(), null, 'The old street sees nothing of it');
select tests.act_as('officer_2');
select is(tests.gaps(), '甲社区 第一支部 branch 0', 'The new one sees the gap; what is only proposed is none');
select is((select count(*) from tests.drift() where tbl ~ '^part|^seat|^unit'), 0::bigint,
  'Phones hold what the projections say');
select * from finish();
rollback;
