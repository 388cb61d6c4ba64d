-- merge_units: two records of one unit become one; what the other had goes on with it.
begin;
select plan(48);
select tests.make_world();
select tests.make_partner('bureau', '区财政局', 'unknown'), tests.make_partner('again', '财政局', 'government'),
  tests.make_partner('third', '区财局', 'unknown'), tests.make_partner('ended', '旧单位'),
  tests.make_partner('shop', '街对面', 'enterprise', 'other_community'),
  tests.make_partner('office', '民政办', 'office', 'street'), tests.make_partner('desk', '民政科', 'office', 'street'),
  tests.make_liaison('lian', '连芳', 'again'), tests.make_liaison('both', '方二', 'again'),
  tests.works_for('ping', 'again', true), tests.works_for('mei', 'bureau', false);
insert into app.role_grant (id, login_id, partner_unit_id, role)
values (tests.id('both.second'), tests.id('both'), tests.id('bureau'), 'liaison');
update app.partner_unit set state = 'ended', ended_on = private.day_of(now()) where id = tests.id('ended');
update app.partner_unit set address = '汉口路12号', line = '025-83001111', place_id = tests.id('estate'),
  contact_id = tests.id('qiang.person')
where id = tests.id('again');
update app.partner_unit set line = '025-83002222' where id = tests.id('bureau');
insert into app.party_org (id, name, keeper_id, partner_unit_id)
values (tests.id('branch'), '财政局支部', tests.id('community'), tests.id('again'));
select tests.make_seat('seat', '周局');
update app.seat set partner_unit_id = tests.id('again') where id = tests.id('seat');
insert into app.report_form (id, community_id, number, listed_by, partner_unit_id, name, phone, kind)
values (tests.id('report'), tests.id('community'), tests.report_number(1), tests.id('lian'), tests.id('again'), '郑新',
  '13800001111', 'volunteer');
select tests.commit();
create function tests.joining(p_from text, p_into text) returns jsonb language sql as $$
  select jsonb_build_object('partner_unit_id', '@' || p_from, 'into_id', '@' || p_into)
$$;
create function tests.unit(p_name text) returns text language sql as $$
  select concat_ws(' ', data ->> 'state', data ->> 'kind', data ->> 'address', data ->> 'line', data ->> 'contact_name',
    data ->> 'party_org_name', data ->> 'people', (
      select string_agg(l ->> 'name', '+' order by l ->> 'name') from jsonb_array_elements(data -> 'liaisons') l))
  from tests.visible()
  where tbl = 'partner_unit' and pk = tests.id(p_name)
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as those who do not keep the community, a liaison of the unit too, and the coordinator on the street
select tests.shuts_out('merge_units', tests.joining('again', 'bureau'));
select tests.forbids('merge_units', tests.joining('again', 'bureau'), 'ping', 'lian', 'grid_lead', 'officer', 'admin',
  'other_coordinator');
select tests.forbids('merge_units', tests.joining('desk', 'office'), 'coordinator');

-- Acting as the coordinator
select tests.refuses('merge_units', tests.joining('no_such', 'bureau'), 'refused:gone',
  'What is not there joins nothing');
select tests.refuses('merge_units', tests.joining('again', 'no_such'), 'refused:invalid',
  'Nothing joins what is not there');
select tests.refuses('merge_units', tests.joining('again', 'again'), 'refused:invalid', 'Nor itself');
select tests.refuses('merge_units', tests.joining('again', 'shop'), 'refused:invalid',
  'Nor a unit of another community');
select tests.refuses('merge_units', tests.joining('again', 'office'), 'refused:invalid', 'Nor an office of the street');
select tests.refuses('merge_units', tests.joining('again', 'ended'), 'refused:invalid', 'Nor one that has ended');
select tests.refuses('merge_units', tests.joining('ended', 'bureau'), 'refused:wrong_state',
  'One that has ended joins nothing');
select is(tests.push('merge_units', tests.joining('again', 'bureau')), 'applied', 'Two records become one');
select is(tests.unit('bureau'), 'active government 汉口路12号 025-83002222 王强 财政局支部 2 方二+连芳',
  'It takes what it lacked, keeps what it had, and has the people, the branch and the liaisons of both');
select is(tests.unit('again'), 'ended government 汉口路12号 025-83001111 王强 0', 'The other has ended, with nobody');
select is((select data ->> 'merged_into' from tests.visible() where pk = tests.id('again')), tests.id('bureau')::text,
  'It says which it became');
select is((select string_agg(concat_ws(' ', tbl, data ->> 'unit_name', data ->> 'unit'), ', ' order by tbl)
    from tests.visible() where tbl in ('seat', 'report_lead')), 'report_lead 区财政局, seat 区财政局',
  'Seats and reports go along');
select is((select string_agg(data ->> 'partner_unit_name', ' ') from tests.visible() where tbl = 'responder_lead'
    and data ->> 'partner_unit_name' is not null), '区财政局 区财政局', 'And the records of its people');
select is(tests.push('merge_units', tests.joining('again', 'bureau')), 'applied:already', 'Once');
select tests.refuses('merge_units', tests.joining('again', 'third'), 'refused:wrong_state',
  'It joins no other any more');
select is(tests.events('units_merged'), 1::bigint, 'The log has it');
-- A list that brings the old name means the unit that stays
select is(tests.bring_people('b1', 'community', tests.list_row('郑二', '13900000001',
    '{"partner_unit":"财政局"}')) #>> '{results,0,status}', 'created', 'A list has the old name');
select is(tests.value($$
    select u.name from app.responder r join app.partner_unit u on u.id = r.partner_unit_id where r.name = '郑二'
  $$), '区财政局', 'It means the unit that stays');
-- Acting as a liaison of the record that ended
select tests.commit();
select tests.act_as('lian');
select is(tests.scopes(), array[tests.scope('unit', 'bureau'), tests.scope('user', 'lian')],
  'Its liaison goes on in the one that stays');
select is((select string_agg(concat_ws(' ', tbl, data ->> 'name', data ->> 'people', data ->> 'asked'), ', '
      order by tbl)
    from tests.visible() where tbl ~ '^unit_'), 'unit_desk 区财政局 3 1, unit_person 李平',
  'And finds its people and reports there');
select tests.act_as('officer');
select is(tests.push('merge_units', tests.joining('desk', 'office')), 'applied', 'An officer joins two of the street');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
