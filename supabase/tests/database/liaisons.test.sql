-- Liaisons (联络人): appointed by a link, ended at once, and what they see and bring: their unit's people who let it know,
-- and a list of names of which they learn nothing more.
begin;
select plan(132);
select tests.make_world();
select tests.make_partner('bureau', '区财政局', 'government'), tests.make_partner('shop', '街边店'),
  tests.make_partner('ended', '旧单位'), tests.make_partner('office', '民政办', 'office', 'street'),
  tests.make_liaison('zou', '邹芸', 'shop'), tests.works_for('ping', 'bureau', true),
  tests.works_for('mei', 'bureau', false), tests.works_for('qiang', 'shop', true);
update app.partner_unit set place_id = tests.id('estate'), contact_id = tests.id('coordinator.person'),
  address = '汉口路12号' where id = tests.id('bureau');
update app.partner_unit set state = 'ended', ended_on = private.day_of(now()) where id = tests.id('ended');
update app.responder set skills = '{急救}' where id = tests.id('ping.person');
select tests.make_shift('past', tests.at(-3, '08:00'), 3, 3), tests.make_shift('soon', tests.at(3, '08:00'), 3, 3),
  tests.make_shift('left', tests.at(4, '08:00'), 3, 3),
  tests.make_callout('drill'), tests.make_shift('drilled', tests.at(5, '08:00'), 3, 3, 'door', 'drill'),
  tests.make_assignment('a_past', 'ping', 'past', 'done'), tests.make_assignment('a_soon', 'ping', 'soon'),
  tests.make_assignment('a_left', 'ping', 'left', 'withdrawn'),
  tests.make_assignment('a_drill', 'ping', 'drilled'), tests.make_assignment('m_soon', 'mei', 'soon'), tests.commit();
create function tests.liaisons(p_unit text) returns text language sql as $$
  select string_agg(concat_ws(' ', l ->> 'name', l ->> 'state'), ', ' order by l ->> 'state', l ->> 'name')
  from tests.visible(), jsonb_array_elements(data -> 'liaisons') l
  where tbl = 'partner_unit' and pk = tests.id(p_unit)
$$;
-- The id of a liaison or an invitation, as the unit's row shows it.
create function tests.liaison_id(p_unit text, p_name text) returns uuid language sql as $$
  select (l ->> 'id')::uuid
  from tests.visible(), jsonb_array_elements(data -> 'liaisons') l
  where tbl = 'partner_unit' and pk = tests.id(p_unit) and l ->> 'name' = p_name
$$;
create function tests.people() returns text language sql as $$
  select string_agg(concat_ws(' ', data ->> 'name', data ->> 'kind', data -> 'skills', data ->> 'since' =
    tests.at(0, '12:00')::date::text), ', ' order by data ->> 'name')
  from tests.visible()
  where tbl = 'unit_person'
$$;
create function tests.arrivals() returns text language sql as $$
  select string_agg(concat_ws(' ', (data ->> 'day')::date - tests.at(0, '12:00')::date, data ->> 'came'), ', '
    order by data ->> 'day')
  from tests.visible()
  where tbl = 'unit_arrival'
$$;
create function tests.desk() returns text language sql as $$
  select string_agg(concat_ws(' ', data ->> 'name', data ->> 'keeper_name', data ->> 'place_name',
    data ->> 'contact_name', data ->> 'duty_line', data ->> 'people', data ->> 'shared', data ->> 'asked'), ', ')
  from tests.visible()
  where tbl = 'unit_desk'
$$;
create function tests.a_list(p_over jsonb default '{}') returns jsonb language sql as $$
  select tests.args(jsonb_build_array('{"id":"@l1","row":1,"name":"郑新","phone":"13800000001","building":"梧桐苑1栋",
    "skills":["送药"]}'::jsonb || p_over,
    '{"id":"@l2","row":2,"name":"冯二","phone":"13800000002","building":"没有楼"}'::jsonb))
$$;
create function tests.results(p_answer jsonb) returns text language sql immutable as $$
  select coalesce((select string_agg(concat_ws(' ', r ->> 'row', r ->> 'status', r ->> 'field'), ', ' order by i)
    from jsonb_array_elements(p_answer -> 'results') with ordinality e(r, i)), tests.said(p_answer))
$$;
-- Six assertions for each of these people: none of the three is theirs.
create function tests.may_not(variadic p_actors text[]) returns setof text language plpgsql as $$
declare a text;
begin
  foreach a in array p_actors loop
    perform tests.act_as(a);
    return query select * from tests.denies($q$select api.appoint_liaison(tests.id('bureau'), '谁')$q$,
      'refused:forbidden', a || ' appoints no liaison of the unit');
    return query select * from tests.denies(
      $q$select api.end_liaison(tests.id('shop'), tests.id('zou.liaison'))$q$, 'refused:forbidden',
      a || ' ends no role');
    return query select * from tests.denies(
      $q$select api.list_people(tests.id('bureau'), tests.a_list())$q$, 'refused:forbidden', a || ' brings no list');
  end loop;
end $$;
grant execute on all functions in schema tests to anon, authenticated;

-- appoint_liaison: acting as anon, a login that belongs nowhere, and those who do not keep the unit
select tests.act_as_anon();
select tests.raises($$select api.appoint_liaison(tests.id('bureau'), '谁')$$, '42501', 'Anon appoints nobody');
select tests.raises($$select api.end_liaison(tests.id('shop'), tests.id('zou.liaison'))$$, '42501', 'Nor ends a role');
select tests.raises($$select api.list_people(tests.id('shop'), '[]')$$, '42501', 'Nor brings a list');
select tests.act_as('uninvited');
select tests.raises($$select api.appoint_liaison(tests.id('bureau'), '谁')$$, '42501',
  'A login that belongs nowhere appoints nobody');
select tests.raises($$select api.list_people(tests.id('shop'), '[]')$$, '42501', 'Nor brings a list');
select tests.may_not('ping', 'zou', 'grid_lead', 'officer', 'admin', 'other_coordinator');
-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.denies($$select api.appoint_liaison(tests.id('office'), '谁')$$, 'refused:forbidden',
  'Offices of the street are the street''s');
select tests.denies($$select api.appoint_liaison(tests.id('ended'), '谁')$$, 'refused:forbidden',
  'A unit that has ended has no liaison');
select tests.denies($$select api.appoint_liaison(tests.id('no_such'), '谁')$$, 'refused:forbidden',
  'Nor one that is not there');
select tests.denies($$select api.appoint_liaison(tests.id('bureau'), ' ')$$, 'refused:invalid', 'A person has a name');
select tests.denies($$select api.appoint_liaison(tests.id('bureau'), repeat('长', 41))$$, 'refused:invalid',
  'Of at most 40 characters');
select tests.denies($$select api.list_people(tests.id('bureau'), tests.a_list())$$, 'refused:forbidden',
  'A coordinator brings lists of their own, not a unit''s');
select is(tests.keep('lian', api.appoint_liaison(tests.id('bureau'), ' 连芳 ')), 'applied', 'A liaison is invited');
select tests.commit();
select is(tests.liaisons('bureau'), '连芳 invited', 'The unit shows who is invited');
select is(tests.events('liaison_appointed'), 1::bigint, 'The log has it');

-- Acting as the one who is invited
select tests.act_as_anon();
select is(api.invitation(tests.token('lian')) - '{email,expires_at}'::text[],
  '{"status":"applied","purpose":"role","person":"连芳","place":"区财政局","role":"liaison","record_id":null,"kind":null,
    "sign_in_name":null}', 'The page behind the link says whose liaison');
select is((api.invitation(tests.token('lian')) ->> 'expires_at')::timestamptz, now() + interval '7 days',
  'It is good for seven days');
select tests.act_as_owner();
select tests.sign_up('lian', 'lian');
select tests.act_as('lian');
select is(api.redeem_invitation(tests.token('lian'), 'lianfang'), '{"status":"applied","sign_in_name":"lianfang"}',
  'They redeem it');
select tests.commit();
select is(tests.value($$select concat_ws(' ', role, org_unit_id, partner_unit_id = tests.id('bureau'))
    from app.role_grant where login_id = tests.id('lian')$$), 'liaison t', 'They are liaison of that unit');
select is(tests.scopes(), array[tests.scope('unit', 'bureau'), tests.scope('user', 'lian')], 'They have its scope');
select is((select data -> 'units' from tests.visible() where tbl = 'me'), jsonb_build_array(jsonb_build_object(
    'id', tests.id('bureau'), 'name', '区财政局', 'kind', 'government', 'keeper_id', tests.id('community'),
    'keeper_name', '甲社区')), 'Their own record names the unit');
select is((select data -> 'roles' from tests.visible() where tbl = 'me'), '["liaison"]', 'And the role');

-- What a liaison sees
select is(tests.desk(), '区财政局 甲社区 梧桐苑 陈立群 02583001234 2 1 0',
  'The unit, whom to call, how many serve, how many of them let it know');
select is(tests.people(), '李平 volunteer ["急救"] t', 'Those who let it know');
select is(tests.arrivals(), '-3 yes, 3 coming', 'On which days they serve; no drill, nothing they gave back');
select is((select count(*) from tests.visible() where data::text ~ '1990000000|199\*|赵梅|王强|梧桐苑 1栋|单元门岗'),
  0::bigint, 'No number anywhere, nobody else, no home, no post');
select tests.act_as('zou');
select is(tests.people(), '王强 volunteer [] t', 'The liaison of another unit has their own');
select is((select count(*) from tests.visible() where data::text ~ '区财政局|李平'), 0::bigint,
  'And nothing of this one');
select tests.act_as('mei');
select is(tests.push('set_consent', '{"purpose":"unit_sharing","given":true}'), 'applied', 'Mei lets her unit know');
select tests.act_as('lian');
select is(tests.people() || '; ' || tests.arrivals() || '; ' || right(tests.desk(), 5),
  '李平 volunteer ["急救"] t, 赵梅 volunteer [] t; -3 yes, 3 coming, 3 coming; 2 2 0', 'It knows at once');
select tests.act_as('ping');
select is(tests.push('set_consent', '{"purpose":"unit_sharing","given":false}'), 'applied', 'Ping takes it back');
select tests.act_as('lian');
select is(tests.people() || '; ' || tests.arrivals() || '; ' || right(tests.desk(), 5),
  '赵梅 volunteer [] t; 3 coming; 2 1 0', 'And it sees nothing of ping any more');
select is((select count(*) from sync.entry where data::text ~ '李平'), 0::bigint, 'Past pull neither');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');

-- list_people
select tests.denies($$select api.list_people(tests.id('shop'), tests.a_list())$$, 'refused:forbidden',
  'A liaison brings no list for another unit');
select tests.denies($$select api.list_people(tests.id('bureau'), '{"row":1}')$$, 'refused:invalid', 'A list is a list');
select tests.denies($$select api.list_people(tests.id('bureau'), tests.a_list('{"home":"1栋"}'))$$, 'refused:invalid',
  'Of these fields');
select tests.denies($$select api.list_people(tests.id('bureau'),
    (select jsonb_agg(jsonb_build_object('id', gen_random_uuid(), 'row', i)) from generate_series(1, 501) i))$$,
  'refused:invalid', 'Of five hundred rows');
select is(tests.results(api.list_people(tests.id('bureau'), tests.a_list('{"id":null}')
    || tests.args('[{"id":"@l3","row":3,"name":" ","phone":"13800000003"},
      {"id":"@l4","row":4,"name":"谁","phone":"025-83001111"}]'))), '1 error id, 2 listed, 3 error name, 4 error phone',
  'A row that cannot be taken says why; the others go in');
select is(tests.results(api.list_people(tests.id('bureau'), tests.a_list())), '1 listed, 2 listed',
  'The list is sent again, mended');
select is(tests.results(api.list_people(tests.id('bureau'), tests.a_list())), '1 listed, 2 listed',
  'And again: the answer is the same');
select is(tests.results(api.list_people(tests.id('bureau'), tests.a_list('{"id":"@other"}'))), '1 listed, 2 listed',
  'A number that waits already is answered alike');
select is(tests.value($$select count(*) from app.report_form$$), '2', 'Each person has one report');
select tests.commit();
select is(right(tests.desk(), 5), '2 1 2', 'The liaison sees how many wait');
select is((select count(*) from tests.visible() where data::text ~ '郑新|冯二|13800000001'), 0::bigint,
  'And nothing of who they are');
-- Somebody whom the community knows already is listed like anybody
select is(tests.results(api.list_people(tests.id('bureau'), tests.args(
    '[{"id":"@l5","row":5,"name":"王强","phone":"19900000003","building":null,"skills":null}]'))), '5 listed',
  'A number that stands on the list is answered like one that nobody knows');
select tests.commit();
select tests.act_as('coordinator');
select is((select string_agg(concat_ws(' ', data ->> 'name', data ->> 'phone_masked', data ->> 'source',
      data ->> 'unit', data ->> 'building_name', data ->> 'address', data -> 'skills'), ', ' order by data ->> 'name')
    from tests.visible() where tbl = 'report_lead'),
  '冯二 138****0002 list 区财政局 没有楼 [], 王强 199****0003 list 区财政局 [], '
    || '郑新 138****0001 list 区财政局 梧桐苑 1栋 ["送药"]', 'The coordinator sees who they are, with masked numbers');
select is(tests.heard_of_reports(), 'coordinator report_asked, coordinator report_asked, coordinator report_asked',
  'A list is told of once each time it brings somebody');
select is(tests.push('confirm_report', '{"report_id":"@l1","grid_id":null}'), 'applied', 'One is confirmed');
select is(tests.value($$select u.name from app.responder r join app.partner_unit u on u.id = r.partner_unit_id
    where r.name = '郑新'$$), '区财政局', 'They are of that unit');
select tests.act_as('lian');
select is(right(tests.desk(), 5) || '; ' || tests.people(), '3 1 2; 赵梅 volunteer [] t',
  'The unit counts them; who they are it learns when they say so');
select is(tests.value($$select string_agg(n || ' ' || said, ', ' order by said)
  from (select tests.said(api.list_people(tests.id('bureau'), '[]')) as said, count(*) as n
        from generate_series(1, 20) group by 1) x$$), '15 applied, 5 refused:too_many_tries',
  'A unit brings twenty lists an hour');

-- end_liaison
select tests.denies($$select api.end_liaison(tests.id('bureau'), tests.id('zou.liaison'))$$, 'refused:forbidden',
  'A liaison ends no role');
select tests.act_as('coordinator');
select tests.denies($$select api.end_liaison(tests.id('bureau'), tests.id('zou.liaison'))$$, 'refused:gone',
  'A role at another unit is none here');
select tests.denies($$select api.end_liaison(tests.id('office'), tests.id('zou.liaison'))$$, 'refused:forbidden',
  'Nor at the street''s');
select is(tests.said(api.end_liaison(tests.id('bureau'), tests.liaison_id('bureau', '连芳'))), 'applied',
  'The role is ended');
select tests.commit();
select is(tests.liaisons('bureau'), null, 'The unit has no liaison');
select is(tests.said(api.end_liaison(tests.id('bureau'), tests.id('lian.liaison'))), 'refused:gone', 'Once');
select is(tests.events('liaison_ended'), 1::bigint, 'The log has it');
select tests.act_as('lian');
select throws_ok('select tests.visible()', 'PGRST', null, 'Who was liaison is let in no more');
select is((select count(*) from sync.entry where scope like 'unit:%'), 0::bigint, 'And reads nothing of the unit');
select tests.denies($$select api.list_people(tests.id('bureau'), '[]')$$, 'refused:forbidden', 'Nor brings a list');
select tests.act_as('coordinator');
select is(tests.said(api.list_people(tests.id('bureau'), '[]')), 'refused:forbidden', 'Nobody has inherited it');
select is((select string_agg(data ->> 'name', ' ' order by data ->> 'name') from tests.visible()
    where tbl = 'report_lead'), '冯二 王强 郑新', 'What the unit has brought stays');
-- An invitation is taken back; another unit is kept by the street
select is(tests.keep('next', api.appoint_liaison(tests.id('bureau'), '后任')), 'applied', 'Another is invited');
select tests.commit();
select is(tests.said(api.end_liaison(tests.id('bureau'), tests.liaison_id('bureau', '后任'))), 'applied',
  'And the invitation taken back');
select tests.act_as_anon();
select is(tests.said(api.invitation(tests.token('next'))), 'refused:invitation_invalid', 'The link opens nothing');
select tests.act_as('officer');
select is(tests.keep('office', api.appoint_liaison(tests.id('office'), '民政科')), 'applied',
  'An officer appoints the liaisons of the street''s offices');
select tests.act_as_owner();
delete from app.rate_window;
insert into app.role_grant (id, login_id, partner_unit_id, role)
values (tests.id('office.liaison'), tests.id('zou'), tests.id('office'), 'liaison');
select tests.act_as('zou');
select tests.denies($$select api.list_people(tests.id('office'), tests.a_list())$$, 'refused:invalid',
  'People report in to a community, not to a street');
-- At most two thousand that wait
select tests.act_as_owner();
insert into app.report_form (id, community_id, number, partner_unit_id, name, phone, kind)
select gen_random_uuid(), tests.id('community'), 'X' || i, tests.id('shop'), '某人', '13800001111', 'volunteer'
from generate_series(1, 1999) i;
select tests.commit();
select tests.act_as('zou');
select tests.denies($$select api.list_people(tests.id('shop'), tests.a_list())$$, 'refused:too_many_tries',
  'No more than somebody can answer');
select tests.act_as_owner();
delete from app.report_form where partner_unit_id = tests.id('shop');
select tests.commit();
-- At most ten
select tests.act_as('coordinator');
select is((select string_agg(distinct tests.said(api.appoint_liaison(tests.id('bureau'), '第' || i)), ' ')
    from generate_series(1, 10) i), 'applied', 'Ten are invited');
select tests.denies($$select api.appoint_liaison(tests.id('bureau'), '第十一')$$, 'refused:too_many_tries', 'No more');
-- A link ends with the say of who gave it
select is(tests.keep('rests', api.appoint_liaison(tests.id('shop'), '某人')), 'applied', 'A link for the shop');
select tests.act_as_owner();
delete from app.role_grant where login_id = tests.id('coordinator');
select tests.act_as_anon();
select is(tests.said(api.invitation(tests.token('rests'))), 'refused:invitation_invalid',
  'Who coordinates no more has invited nobody');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
