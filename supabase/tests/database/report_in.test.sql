-- report_in (报到): a person with a record tells another community that they want to serve there, or move there.
begin;
select plan(49);
select tests.make_world();
select tests.make_unit('third', 'community', '丙社区', 'street'), tests.make_login('nowhere', '已离开');
select tests.make_responder('nowhere', '已离开', 'community', null, '19900000020');
update app.report_in set state = 'ended' where responder_id = tests.id('nowhere.person');
select tests.commit();
create function tests.a_report(p_over jsonb default '{}') returns jsonb language sql as $$
  select '{"report_id":"@r1","community_id":"@other_community","building_id":"@other_building","address":null,
   "skills":["急救"," 送药 ","急救","找我13800001111"],"fits":["sat.day","sun.day"],
   "consents":["unit_sharing","public_display"],"moves_from":null}'::jsonb || p_over
$$;
create function tests.reports(p_tbl text) returns text language sql as $$
  select string_agg(concat_ws(' ', data ->> 'number', data ->> 'state', data ->> 'community_name', data ->> 'name',
    data ->> 'building_name', data ->> 'address', data ->> 'moves_from_name', data ->> 'source',
    data ->> 'phone_masked'), ', ' order by data ->> 'community_name', data ->> 'number')
  from tests.visible()
  where tbl = p_tbl
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon, a login that belongs nowhere, and those who have no record of a person
select tests.shuts_out('report_in', tests.a_report());
select tests.act_as('grid_lead');
select tests.refuses('report_in', tests.a_report(), 'refused:not_eligible',
  'A lead without a record does not report in');
select tests.act_as('officer');
select tests.refuses('report_in', tests.a_report(), 'refused:not_eligible', 'Nor does an officer');
select tests.act_as('admin');
select tests.refuses('report_in', tests.a_report(), 'refused:not_eligible', 'Nor does admin');
select tests.act_as('other_coordinator');
select tests.refuses('report_in', tests.a_report(), 'refused:not_eligible',
  'A coordinator without a record writes no report for anybody');

-- Acting as ping
select tests.act_as('ping');
select tests.refuses('report_in', tests.a_report('{"report_id":null}'), 'refused:invalid', 'A report needs an id');
select tests.refuses('report_in', tests.a_report('{"community_id":"@no_such"}'), 'refused:gone',
  'It goes to a community that there is');
select tests.refuses('report_in', tests.a_report('{"community_id":"@street"}'), 'refused:gone', 'A street is none');
select tests.refuses('report_in', tests.a_report('{"building_id":"@building_1"}'), 'refused:invalid',
  'One lives in the community to which one reports in');
select tests.refuses('report_in', tests.a_report('{"building_id":"@other_community"}'), 'refused:invalid',
  'And in a building');
select is(tests.detail(), '{"field":"building_id"}', 'The refusal says which field it is');
select tests.refuses('report_in', tests.a_report('{"fits":["someday"]}'), 'refused:invalid',
  'Hours are parts of a week');
select tests.refuses('report_in', tests.a_report('{"skills":"急救"}'), 'refused:invalid', 'Skills are a list');
select is(tests.push('report_in', tests.a_report('{"community_id":"@community","building_id":null}')),
  'applied:already', 'Who serves there already has reported in');
select is(tests.push('report_in', tests.a_report()), 'applied', 'Ping reports in next door');
select is(tests.reports('my_report'), tests.report_number(1) || ' requested 乙社区 李平 9栋', 'They have the receipt');
select is((select concat_ws(' ', data -> 'skills', data -> 'fits', data -> 'consents', data ->> 'street_name')
    from tests.visible() where tbl = 'my_report'), '["急救", "送药", "找我***"] ["sat.day", "sun.day"] '
  || '["public_display", "unit_sharing"] 宁海路街道', 'With what they said, each thing once, no number in it');
select is(tests.push('report_in', tests.a_report()), 'applied:already', 'The same report sent twice is one');
select is(tests.push('report_in', tests.a_report('{"report_id":"@r2"}')), 'applied:already',
  'A second one waits for the first');
select is((select count(*) from tests.visible() where scope not like 'user:%' and data::text ~ '乙社区|9栋'),
  0::bigint, 'Until it is answered they see nothing else of that community');
select is(tests.value($$select count(*) from app.report_in where community_id = tests.id('other_community')
    and responder_id = tests.id('ping.person')$$), '0', 'And are not on its list');
-- Acting as mei, who moves, without a place in the list of buildings
select tests.act_as('mei');
select is(tests.push('report_in', tests.a_report('{"report_id":"@r3","building_id":null,"moves_from":"@community",
    "address":" 汉口路9号，电话13800001111 ","skills":[],"fits":null,"consents":[]}')), 'applied', 'Mei moves there');
select is(tests.reports('my_report'), tests.report_number(2) || ' requested 乙社区 赵梅 汉口路9号，电话*** 甲社区',
  'The next number; the place in words, without a number');
-- Acting as qiang: who says that they move from where they never were does not
select tests.act_as('qiang');
select is(tests.push('report_in', tests.a_report('{"report_id":"@r4","moves_from":"@third"}')), 'applied',
  'Qiang says that they come from elsewhere');
select is((select data -> 'moves_from' from tests.visible() where tbl = 'my_report'), 'null',
  'Nobody moves from where they are not');
-- Acting as somebody who has left
select tests.act_as('nowhere');
select is(tests.push('report_in', tests.a_report('{"report_id":"@r5","community_id":"@third","building_id":null}')),
  'applied', 'Who left may report in again');

-- Acting as the coordinator there
select tests.act_as('other_coordinator');
select is(tests.reports('report_lead'), tests.report_number(1) || ' requested 乙社区 李平 9栋 member 199****0002, '
  || tests.report_number(2) || ' requested 乙社区 赵梅 汉口路9号，电话*** 甲社区 member 199****0004, '
  || tests.report_number(3) || ' requested 乙社区 王强 9栋 member 199****0003', 'Sees who waits, with masked numbers');
select is(tests.heard_of_reports(),
  'other_coordinator report_asked, other_coordinator report_asked, other_coordinator report_asked',
  'And was told of each, once');
-- Acting as others
select tests.act_as('coordinator');
select is(tests.reports('report_lead'), null, 'The community that mei leaves sees nothing before it is confirmed');
select tests.act_as('wei');
select is((select count(*) from tests.visible() where tbl in ('report_lead', 'my_report')), 0::bigint,
  'A responder there sees no report of others');
select is(tests.events('report_asked'), 4::bigint, 'The log has each');

-- Five may wait at once
select tests.act_as_owner();
select tests.make_unit('c' || i, 'community', '社区' || i, 'street') from generate_series(1, 5) i;
select tests.act_as('ping');
select is((select string_agg(tests.push('report_in', tests.a_report(jsonb_build_object('report_id', '@n' || i,
    'community_id', '@c' || i, 'building_id', null))), ' ') from generate_series(1, 4) i),
  'applied applied applied applied', 'Ping reports in to four more');
select tests.refuses('report_in', tests.a_report('{"report_id":"@n5","community_id":"@c5","building_id":null}'),
  'refused:over_capacity', 'A sixth does not wait as well');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
