-- confirm_report (报到确认): a report becomes a place on the list of the community, with a grid.
begin;
select plan(60);
select tests.make_world();
select tests.make_unit('grid_2', 'grid', '第二网格', 'community'),
  tests.make_unit('other_grid', 'grid', '第九网格', 'other_community'),
  tests.make_shift('soon', tests.at(3, '08:00'), 3, 1), tests.make_assignment('a_mei', 'mei', 'soon'),
  tests.make_report('r_wei', 'wei', 'community'), tests.make_report('r_mei', 'mei', 'other_community'),
  tests.make_report('r_ping', 'ping', 'other_community'), tests.make_report('declined', 'qiang', 'other_community');
update app.report_form set building_id = tests.id('building_1'), skills = '{急救}', fits = '{sat.day}',
  consents = '{unit_sharing}', unit = '区财政局'
where id = tests.id('r_wei');
update app.report_form set moves_from = tests.id('community') where id in (tests.id('r_mei'), tests.id('r_ping'));
update app.report_form set state = 'ended', declined = 'twin', settled_at = now() where id = tests.id('declined');
select tests.make_shift('running', now() - interval '1 hour', 3, 1, 'gate'),
  tests.make_assignment('a_ping', 'ping', 'running', 'on_post'), tests.commit();
create function tests.confirming(p_name text, p_grid text default null) returns jsonb language sql as $$
  select jsonb_build_object('report_id', '@' || p_name, 'grid_id', '@' || p_grid)
$$;
-- What the community's list has of somebody: state and grid, home, unit, skills, hours, consents, number.
create function tests.listed(p_phone text, p_community text) returns text language sql stable security definer as $$
  select concat_ws(' ', r.name, r.kind, i.state, g.name, b.name, u.name, r.skills, v.fits, (
    select string_agg(k.purpose::text, '+' order by k.purpose) from app.consent k
    where k.responder_id = r.id and k.withdrawn_at is null))
  from app.responder_contact c
  join app.responder r on r.id = c.responder_id
  join app.report_in i on i.responder_id = r.id and i.community_id = tests.id(p_community)
  left join app.org_unit g on g.id = i.grid_id
  left join app.org_unit b on b.id = r.home_building_id
  left join app.partner_unit u on u.id = r.partner_unit_id
  left join app.availability v on v.id = r.id
  where c.phone = p_phone
$$;
grant execute on all functions in schema tests to anon, authenticated;
-- Reports by the page of a door: a new person, a number that stands on the list, the same with another name, a unit
select tests.act_as_anon();
select is((select string_agg(tests.said(x), ' ') from (values
    (tests.sends_report('new', '{"skills":["送药"],"consents":["public_display"],"unit":"区税务局"}')),
    (tests.sends_report('known', '{"name":"王强","phone":"19900000003","building_id":null}')),
    (tests.sends_report('taken', '{"name":"别人","phone":"19900000004"}')),
    (tests.sends_report('unit', '{"name":"何主任","phone":"19900000011","unit_kind":"enterprise","unit":"梧桐物业",
      "people":12}'))) v(x)), 'applied applied applied applied', 'Four report in without a login');

-- Acting as those who do not coordinate the community, the person too
select tests.shuts_out('confirm_report', tests.confirming('r_wei'));
select tests.forbids('confirm_report', tests.confirming('r_wei'), 'wei', 'ping', 'grid_lead', 'officer', 'admin',
  'other_coordinator');

-- Acting as the coordinator
select tests.act_as('coordinator');
select tests.refuses('confirm_report', tests.confirming('no_such'), 'refused:gone',
  'What is not there is not confirmed');
select tests.refuses('confirm_report', tests.confirming('r_wei', 'other_grid'), 'refused:invalid',
  'A grid of another community is none');
select tests.refuses('confirm_report', tests.confirming('r_wei', 'estate'), 'refused:invalid', 'An estate is no grid');
select tests.refuses('confirm_report', tests.confirming('taken'), 'refused:number_taken',
  'A number that stands on the list under another name has to be looked at first');
select is(tests.push('confirm_report', tests.confirming('r_wei')), 'applied', 'Wei is confirmed');
select is(tests.listed('19900000005', 'community'),
  '吴伟 volunteer confirmed 第一网格 1栋 区财政局 {急救} {sat.day} unit_sharing',
  'Wei is on the list, in the grid of the building, with what was said');
select is(tests.push('confirm_report', tests.confirming('r_wei', 'grid_2')), 'applied:already', 'Once');
select is(tests.value($$select count(*) from app.responder where name = '吴伟'$$), '1', 'Wei has one record still');
select is(tests.push('confirm_report', tests.confirming('new', 'grid_2')), 'applied', 'Somebody new is confirmed');
select is(tests.listed('19900000010', 'community'),
  '石新到 volunteer confirmed 第二网格 1栋 区税务局 {送药} public_display',
  'They are on the list, in the grid that was chosen');
select is(tests.push('confirm_report', tests.confirming('known', 'grid')), 'applied',
  'Somebody who was on the list is confirmed');
select is(tests.listed('19900000003', 'community'), '王强 volunteer confirmed 第一网格 2栋 {}',
  'Their record gains the grid, and stays what it was');
select is(tests.value($$select string_agg(made::text, ' ' order by number) from app.report_form
    where token_hash is not null and state = 'confirmed'$$), 'yes no', 'Which records a report made is known');
select is(tests.push('confirm_report', tests.confirming('unit')), 'applied', 'A unit that reported in is confirmed');
select is((select concat_ws(' ', data ->> 'name', data ->> 'kind', data ->> 'people') from tests.visible()
    where tbl = 'partner_unit' and pk = tests.id('unit')), '梧桐物业 enterprise 0', 'It is a unit of the community');
select is(tests.value($$select count(*) from app.responder_contact where phone = '19900000011'$$), '0',
  'Who wrote for it is on no list');
select is((select string_agg(concat_ws(' ', data ->> 'name', data ->> 'state', data ->> 'unit'), ', '
      order by data ->> 'number') from tests.visible() where tbl = 'report_lead'),
  '吴伟 confirmed 区财政局, 石新到 confirmed 区税务局, 王强 confirmed, 别人 requested, 何主任 confirmed 梧桐物业',
  'The reports say how they stand');
select is(tests.events('report_confirmed'), 4::bigint, 'The log has each');

-- Acting as wei
select tests.act_as('wei');
select is((select concat_ws(' ', data ->> 'state', data ->> 'grid_name') from tests.visible() where tbl = 'my_report'),
  'confirmed 第一网格', 'Wei''s receipt says so');
select ok(tests.scope('org', 'community') = any (tests.scopes()), 'Wei has the rows of the community');

-- Acting as the coordinator next door: people who move
select tests.act_as('other_coordinator');
select tests.refuses('confirm_report', tests.confirming('declined'), 'refused:wrong_state',
  'What was declined is not confirmed');
select is(tests.push('confirm_report', tests.confirming('r_mei')), 'applied', 'Mei, who moves, is confirmed');
select is(tests.value($$select string_agg(u.name || ' ' || i.state, ', ' order by u.name) from app.report_in i
    join app.org_unit u on u.id = i.community_id where i.responder_id = tests.id('mei.person')$$),
  '乙社区 confirmed, 甲社区 ended', 'They are on the list of the new community, not on the old one');
select is(tests.state_of('assignment', 'a_mei') || ', ' || tests.places('soon'), 'released, 0 filled, 0 held of 1',
  'Their coming duty in the old one is released');
select is(tests.push('confirm_report', tests.confirming('r_ping', 'other_grid')), 'applied',
  'Ping, on post, is confirmed');
select is(tests.value($$select string_agg(u.name || ' ' || i.state, ', ' order by u.name) from app.report_in i
    join app.org_unit u on u.id = i.community_id where i.responder_id = tests.id('ping.person')$$),
  '乙社区 confirmed, 甲社区 confirmed', 'Nobody is taken off a list while they are on post');
select is(tests.heard_of_reports(), 'coordinator report_asked, coordinator report_asked, coordinator report_asked, '
  || 'coordinator report_asked, mei report_settled confirmed 乙社区, ping report_settled confirmed 乙社区, '
  || 'qiang report_settled confirmed 甲社区, wei report_settled confirmed 甲社区',
  'Who has a login hears of the answer');
-- Acting as the coordinator of the community that mei left
select tests.act_as('coordinator');
select is((select string_agg(concat_ws(' ', data ->> 'name', data ->> 'community_name'), ', ' order by data ->> 'name')
    from tests.visible() where tbl = 'report_left'),
  '李平 乙社区, 赵梅 乙社区', 'Sees where they went');
select is((select data -> 'detail' from tests.visible()
    where tbl = 'lead_event' and data ->> 'kind' = 'left_community'), '{"released": 1}', 'And that a place is free');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
-- A unit whose name was joined to another's is that one
select tests.act_as_anon();
select is(tests.said(tests.sends_report('unit_2', '{"name":"何主任","phone":"19900000011","unit_kind":"enterprise",
    "unit":"物业"}')), 'applied', 'A unit reports in by the name of a record that was joined');
select tests.act_as_owner();
select tests.make_partner('old_record', '物业');
update app.partner_unit set state = 'ended', ended_on = private.day_of(now()), merged_into = tests.id('unit')
where id = tests.id('old_record');
select tests.act_as('coordinator');
select is(tests.push('confirm_report', tests.confirming('unit_2')), 'applied', 'It is confirmed');
select is(tests.value($$select partner_unit_id from app.report_form where id = tests.id('unit_2')$$),
  tests.id('unit')::text, 'As the unit that stays');
select is(tests.state_of('partner_unit', 'old_record'), 'ended', 'The old record stays ended');
-- A liaison lists somebody whom the list has with another unit, and who lets that one know
select tests.act_as_owner();
select tests.make_partner('theirs', '原单位'), tests.make_partner('claims', '别的单位'),
  tests.works_for('qiang', 'theirs', true);
insert into app.report_form (id, community_id, number, partner_unit_id, name, phone, kind)
values (tests.id('claimed'), tests.id('community'), 'X1', tests.id('claims'), '王强', '19900000003', 'volunteer');
select tests.commit();
select tests.act_as('coordinator');
select is(tests.push('confirm_report', tests.confirming('claimed')), 'applied', 'The report is confirmed');
select is(tests.value($$select partner_unit_id from app.responder where id = tests.id('qiang.person')$$),
  tests.id('theirs')::text, 'The person stays with their unit');
select is(tests.value($$select string_agg(scope, ' ') from sync.entry
    where tbl = 'unit_person' and op = 'P' and pk = tests.id('qiang.person')$$), 'unit:' || tests.id('theirs'),
  'And the one that listed them reads nothing of them');
select is((select count(*) from tests.drift()), 0::bigint, 'And phones hold what the projections say');
select * from finish();
rollback;
