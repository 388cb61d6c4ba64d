-- Lists of partner units, party organisations and seats: made, changed, found as they are, refused with the field, and
-- taken back exactly.
begin;
select plan(66);
select tests.make_world();
-- "row status code/field" of each row of an answer, or what was refused
create function tests.bring(p_batch text, p_kind text, p_rows jsonb, p_node text default 'community')
returns text language sql as $$
  select coalesce((select string_agg(concat_ws(' ', r ->> 'row', r ->> 'status',
                       nullif(concat_ws('/', r ->> 'code', r ->> 'field'), '')), ', ' order by (r ->> 'row')::int)
                   from jsonb_array_elements(a -> 'results') r),
    tests.said(a))
  from api.import_rows(tests.id(p_batch), p_kind, p_rows,
    jsonb_build_object('community_id', tests.id(p_node), 'file_name', p_batch, 'demo', false)) a
$$;
-- "removed; row table.field, … came back; row table reason, …"
create function tests.back(p_batch text) returns text language sql as $$
  select concat_ws('; ', a ->> 'removed',
    (select string_agg(k ->> 'row' || ' ' || (k ->> 'table') || '.' || (k ->> 'field'), ', '
       order by (k ->> 'row')::int, k ->> 'field') || ' came back'
     from jsonb_array_elements(a -> 'restored') k),
    (select string_agg(concat_ws(' ', k ->> 'row', k ->> 'table', k ->> 'reason'), ', ' order by (k ->> 'row')::int)
     from jsonb_array_elements(a -> 'kept') k))
  from api.revert_import(tests.id(p_batch)) a
$$;
-- a unit, an organisation under another, and the seat of somebody, in words
create function tests.unit(p_name text) returns text language sql security definer as $$
  select concat_ws(' ', u.kind, u.state, coalesce(p.name, '-'), coalesce(u.address, '-'), coalesce(u.line, '-'),
    coalesce(c.name, '-'))
  from app.partner_unit u
  left join app.org_unit p on p.id = u.place_id
  left join app.responder c on c.id = u.contact_id
  where u.name = p_name and u.org_unit_id = tests.id('community')
$$;
create function tests.org(p_name text, p_parent text default null) returns text language sql security definer as $$
  select concat_ws(' ', o.kind, o.state, coalesce(a.name, '-'), coalesce(u.name, n.name),
    coalesce(o.formed_on::text, '-'), (
      select string_agg(concat_ws(' ', t.post, coalesce(r.name, t.holder || '*'),
          case when t.ends_on is not null then 'before' end), ', ' order by t.ends_on nulls first, t.id)
      from app.party_post t
      left join app.responder r on r.id = t.responder_id
      where t.party_org_id = o.id))
  from app.party_org o
  left join app.party_org a on a.id = o.parent_id
  left join app.partner_unit u on u.id = o.partner_unit_id
  left join app.org_unit n on n.id = o.org_unit_id
  where o.name = p_name and (p_parent is null or a.name = p_parent)
$$;
create function tests.seat(p_name text) returns text language sql security definer as $$
  select concat_ws(' ', s.kind, s.state, coalesce(s.title, '-'), coalesce(u.name, '-'), coalesce(s.substitute, '-'),
    s.until_on - private.day_of(now()), s.sort, case when s.responder_id is not null then 'listed' end)
  from app.seat s
  left join app.responder r on r.id = s.responder_id
  left join app.partner_unit u on u.id = s.partner_unit_id
  where coalesce(r.name, s.holder) = p_name
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon, ping, the grid lead, the coordinator of another community, the officer
select tests.act_as_anon();
select tests.raises($$select api.import_rows(gen_random_uuid(), 'seat', '[]', '{}')$$, '42501',
  'Anon imports no seats');
select tests.act_as('ping');
select is(tests.bring('b', 'partner_unit', '[{"row":1,"name":"鼓楼医院"}]'), 'refused:forbidden',
  'A responder imports no units');
select tests.act_as('grid_lead');
select is(tests.bring('b', 'party_org', '[{"row":1,"name":"第一党支部"}]'), 'refused:forbidden',
  'A grid lead imports no organisations');
select tests.act_as('other_coordinator');
select is(tests.bring('b', 'seat', '[{"row":1,"name":"老李","kind":"full_time"}]'), 'refused:forbidden',
  'A coordinator imports seats of their own community only');
select tests.act_as('officer');
select is(tests.bring('b', 'partner_unit', '[{"row":1,"name":"鼓楼医院"}]'), 'refused:forbidden',
  'An officer imports nothing into a community');
select is(tests.bring('b', 'building', '[{"row":1,"estate":"甲","building":"1栋"}]', 'street'), 'refused:forbidden',
  'Nor buildings into a street');
select is(tests.bring('street units', 'partner_unit', '[{"row":1,"name":"民政办","kind":"office"}]', 'street'),
  '1 created', 'An officer imports the offices of the street');
select is(tests.bring('street orgs', 'party_org', '[{"row":1,"name":"街道党工委","secretary":"街道书记"}]', 'street'),
  '1 created', 'And its 党工委');
select is((select string_agg(b ->> 'kind', ' ' order by b ->> 'kind')
    from jsonb_array_elements(api.import_batches(tests.id('street')) -> 'batches') b), 'partner_unit party_org',
  'They see what they imported');
select is(tests.said(api.import_batches(tests.id('community'))), 'refused:forbidden', 'And nothing of a community');
select tests.act_as('admin');
select is(tests.bring('b', 'post', '[{"row":1,"name":"岗","kind":"gate","estate":"梧桐苑"}]', 'street'),
  'refused:invalid', 'Posts belong to a community, whoever brings them');
select is(tests.bring('b', 'seat', '[{"row":1,"name":"老李","kind":"full_time"}]', 'grid'), 'refused:invalid',
  'A grid has no council');

-- Acting as the coordinator: units
select tests.act_as('coordinator');
select is(tests.bring('units', 'partner_unit',
    '[{"row":1,"name":"鼓楼医院","kind":"institution","grid":"第一网格","address":"中山路 321 号","line":"025-84701234转802",
       "contact":"李平"},
      {"row":2,"name":"某公司"}, {"row":3,"name":""}, {"row":4,"name":"甲","kind":"castle"},
      {"row":5,"name":"乙","grid":"第九网格"}, {"row":6,"name":"丙","contact":"没有人"},
      {"row":7,"name":"丁","line":"abc"}, {"row":9,"name":"某公司"}]'::jsonb
    || jsonb_build_object('row', 8, 'name', repeat('长', 81))),
  '1 created, 2 created, 3 error missing/name, 4 error bad_kind/kind, 5 error unknown_place/grid, '
    || '6 error unknown_person/contact, 7 error bad_phone/line, 8 error too_long/name, 9 unchanged',
  'Good rows go in, each bad one says why');
select is(tests.unit('鼓楼医院'), 'institution active 第一网格 中山路 321 号 025-84701234,802 李平', 'A unit with everything');
select is(tests.unit('某公司'), 'unknown active - - - -', 'A unit of which a list says no more than its name');
select is(tests.bring('units 2', 'partner_unit',
    '[{"row":1,"name":"鼓楼医院","kind":"enterprise","grid":"","address":null,"contact":""}]'),
  '1 updated', 'Another list of the same unit');
select is(tests.unit('鼓楼医院'), 'enterprise active 第一网格 - 025-84701234,802 -',
  'An empty cell clears a text and the contact, and leaves the place; what has no column stays');
select is(tests.back('units 2'),
  '0; 1 partner_unit.address, 1 partner_unit.contact_id, 1 partner_unit.kind came back', 'It is taken back');
select is(tests.unit('鼓楼医院'), 'institution active 第一网格 中山路 321 号 025-84701234,802 李平', 'All is as before');
select is(tests.bring('units 3', 'partner_unit', '[{"row":1,"name":"鼓楼医院","contact":"王强"}]'), '1 updated',
  'Another contact');
-- two people of one name, and somebody who leaves
select tests.act_as_owner();
update app.responder set name = '李平' where id = tests.id('mei.person');
update app.report_in set state = 'ended' where responder_id = tests.id('ping.person');
select tests.act_as('coordinator');
select is(tests.back('units 3'), '0; 1 partner_unit old_value_gone', 'Who has left is no contact again');
select tests.act_as_owner();
update app.report_in set state = 'confirmed' where responder_id = tests.id('ping.person');
select tests.act_as('coordinator');
select is(tests.bring('units 4', 'partner_unit', '[{"row":1,"name":"鼓楼医院","contact":"李平"}]'),
  '1 error unknown_person/contact', 'A name that two people have is not guessed');
select tests.act_as_owner();
update app.responder set name = '赵梅' where id = tests.id('mei.person');

-- a unit that ended, one that was joined to another, and a 党群服务中心
update app.partner_unit set state = 'ended', ended_on = '2026-01-31' where name = '某公司';
select tests.act_as('coordinator');
select is(tests.bring('units 5', 'partner_unit', '[{"row":1,"name":"某公司","kind":"enterprise"}]'), '1 updated',
  'A unit that ended is on the list again');
select is(tests.unit('某公司'), 'enterprise active - - - -', 'It goes on');
select is(tests.back('units 5'), '0; 1 partner_unit.ended_on, 1 partner_unit.kind came back', 'It is taken back');
select is(tests.unit('某公司'), 'unknown ended - - - -', 'It is ended again');
select tests.act_as_owner();
update app.partner_unit set merged_into = (select id from app.partner_unit where name = '鼓楼医院') where name = '某公司';
select tests.act_as('coordinator');
select is(tests.bring('units 6', 'partner_unit', '[{"row":1,"name":"某公司","address":"新址"}]') || ' '
    || tests.unit('鼓楼医院'), '1 updated institution active 第一网格 新址 025-84701234,802 王强',
  'A name that was joined to another unit''s means that one');
select is(tests.bring('centre', 'partner_unit', '[{"row":1,"name":"暖新驿站","kind":"service_centre"}]') || ' '
    || tests.value($$select length(wall_code) from app.partner_unit where name = '暖新驿站'$$), '1 created 10',
  'A 党群服务中心 has a code');
select is(tests.bring('centre 2', 'partner_unit', '[{"row":1,"name":"暖新驿站","kind":"enterprise"}]'),
  '1 error conflict/kind', 'A list makes it nothing else, as its code hangs on the wall');
select is(tests.back('centre'), '1', 'It is taken back');
select is(tests.bring('used', 'partner_unit', '[{"row":1,"name":"用着的"},{"row":2,"name":"没人用的"}]'),
  '1 created, 2 created', 'Two more');
select tests.act_as_owner();
update app.responder set partner_unit_id = (select id from app.partner_unit where name = '用着的')
where id = tests.id('ping.person');
select tests.act_as('coordinator');
select is(tests.back('used'), '1; 1 partner_unit in_use', 'A unit whose people are on the list stays');

-- Organisations
select is(tests.bring('orgs', 'party_org',
    '[{"row":1,"name":"社区党委","kind":"committee","secretary":"陈立群","formed_on":"2001-07-01"},
      {"row":2,"name":"东区党总支","parent":"社区党委"},
      {"row":3,"name":"第一党小组","parent":"社区党委/东区党总支","place":"梧桐苑1栋","secretary":"外来的"},
      {"row":4,"name":"医院党支部","parent":"社区党委","unit":"鼓楼医院"}, {"row":5,"name":"新单位党支部","unit":"新单位"},
      {"row":6,"name":""}, {"row":7,"name":"甲","kind":"club"}, {"row":8,"name":"乙","parent":"没有"},
      {"row":9,"name":"丙","place":"没有苑"}, {"row":10,"name":"丁","place":"梧桐苑","unit":"鼓楼医院"},
      {"row":11,"name":"戊","formed_on":"2021-13-01"}, {"row":12,"name":"己","kind":"temporary"}]'),
  '1 created, 2 created, 3 created, 4 created, 5 created, 6 error missing/name, 7 error bad_kind/kind, '
    || '8 error unknown_parent/parent, 9 error unknown_place/place, 10 error not_both/place, '
    || '11 error bad_day/formed_on, 12 error bad_kind/kind',
  'A tree goes in, each bad row says why');
select is(tests.org('社区党委'), 'committee formed - 甲社区 2001-07-01 secretary 陈立群', 'Somebody of the list leads it');
select is(tests.org('东区党总支'), 'general_branch formed 社区党委 甲社区 -', 'Its kind is read from its name; nobody leads it');
select is(tests.org('第一党小组'), 'group formed 东区党总支 1栋 - group_leader 外来的*',
  'A 党小组 at a building, led by somebody who is on no list');
select is(tests.org('医院党支部') || '; ' || tests.org('新单位党支部'),
  'branch formed 社区党委 鼓楼医院 -; branch formed - 新单位 -', 'One of a unit, and one of a unit that is new');
select is(tests.bring('orgs again', 'party_org',
    '[{"row":1,"name":"社区党委","kind":"committee","secretary":"陈立群","formed_on":"2001-07-01"},
      {"row":2,"name":"东区党总支","parent":""},
      {"row":3,"name":"第一党小组","parent":"东区党总支","place":"梧桐苑 1栋","secretary":"外来的"},
      {"row":4,"name":"医院党支部","secretary":"","unit":"鼓楼医院"}, {"row":5,"name":"新单位党支部","kind":""}]'),
  '1 unchanged, 2 unchanged, 3 unchanged, 4 unchanged, 5 unchanged', 'The same list again changes nothing');
select is(tests.back('orgs again'), '0', 'And has nothing to take back');
select is(tests.bring('orgs 2', 'party_org',
    '[{"row":1,"name":"社区党委","secretary":"王强"},
      {"row":2,"name":"第一党小组","parent":"东区党总支","place":"第一网格","secretary":"李平"}]'),
  '1 updated, 2 updated', 'Others lead them');
select is(tests.org('社区党委') || '; ' || tests.org('第一党小组'),
  'committee formed - 甲社区 2001-07-01 secretary 王强, secretary 陈立群 before; '
    || 'group formed 东区党总支 第一网格 - group_leader 李平, group_leader 外来的* before', 'Who led before steps down');
select is(tests.back('orgs 2'),
  '0; 1 party_post.ends_on, 2 party_post.ends_on, 2 party_org.hangs_on came back', 'It is taken back');
select is(tests.org('社区党委') || '; ' || tests.org('第一党小组'),
  'committee formed - 甲社区 2001-07-01 secretary 陈立群; group formed 东区党总支 1栋 - group_leader 外来的*',
  'They lead as before');
select is(tests.bring('orgs 3', 'party_org',
    '[{"row":1,"name":"东区党总支","secretary":"赵梅"},{"row":2,"name":"东区党总支","secretary":"钱无号"}]') || ' '
    || tests.org('东区党总支'),
  '1 updated, 2 updated general_branch formed 社区党委 甲社区 - secretary 钱无号, secretary 赵梅 before',
  'A list that names two, one after the other');
select is(tests.back('orgs 3') || ' ' || tests.org('东区党总支'), '0 general_branch formed 社区党委 甲社区 -',
  'Nobody leads it, as before');
select is(tests.bring('orgs 4', 'party_org', '[{"row":1,"name":"东区党总支","secretary":"赵梅"}]'), '1 updated',
  'Somebody leads it');
select tests.act_as_owner();
update app.party_post set ends_on = starts_on where responder_id = tests.id('mei.person');
select tests.act_as('coordinator');
select is(tests.back('orgs 4') || ' ' || tests.org('东区党总支'),
  '0; 1 party_post changed general_branch formed 社区党委 甲社区 - secretary 赵梅 before',
  'A post that somebody ended since stays');

-- one name under two organisations, and one of the street
select is(tests.bring('orgs 5', 'party_org', '[{"row":1,"name":"第一党小组","parent":"社区党委"}]'), '1 created',
  'The same name elsewhere in the tree is another one');
select is(tests.bring('orgs 6', 'party_org',
    '[{"row":1,"name":"第一党小组","secretary":"李平"}, {"row":2,"name":"庚","parent":"第一党小组"},
      {"row":3,"name":"辛","parent":"社区党委/东区党总支/第一党小组"}, {"row":4,"name":"壬党委","parent":"街道党工委"},
      {"row":5,"name":"社区党委","parent":"东区党总支"}]'),
  '1 error missing/parent, 2 error unknown_parent/parent, 3 created, 4 created, 5 error conflict/parent',
  'A name that two have is not guessed, a way tells them apart, the street''s stand above, and none below itself');
select is(tests.org('辛', '第一党小组') || '; ' || tests.org('壬党委'),
  'branch formed 第一党小组 甲社区 -; committee formed 街道党工委 甲社区 -', 'They lie under these');
select is(tests.bring('people', 'responder',
    '[{"row":1,"name":"郑新","phone":"13800000001","kind":"volunteer","pinyin":"x","initials":"x",
       "party_org":"西区党总支/第三支部"}]'), '1 created', 'A list of people names a branch');
select is(tests.bring('orgs 7', 'party_org',
    '[{"row":1,"name":"西区党总支","parent":"社区党委"},{"row":2,"name":"第三支部","parent":"西区党总支"}]') || '; '
    || tests.org('西区党总支'), '1 updated, 2 unchanged; general_branch formed 社区党委 甲社区 -',
  'One that lies under none yet is put into its place');
select is(tests.back('people'), '1', 'The people are taken back');
select is(tests.org('西区党总支') || '; ' || tests.org('第三支部'),
  'general_branch formed 社区党委 甲社区 -; branch formed 西区党总支 甲社区 -', 'A list that stands relies on their branches');
select is(tests.back('orgs 7') || ' ' || tests.back('orgs 6') || ' ' || tests.back('orgs 5'),
  '0; 1 party_org.parent_id came back 2 1', 'Three lists are taken back');
select is(tests.back('orgs'), '3; 1 party_org in_use, 2 party_org has_officers',
  'The first list too, but for one that had an officer since, and the one above it');
select is(tests.value($$select count(*) from app.partner_unit where name = '新单位'$$), '0',
  'The unit that only this list named is gone');

-- Seats
select is(tests.bring('seats', 'seat', jsonb_build_array(
      jsonb_build_object('row', 1, 'name', '王强', 'unit', '鼓楼医院', 'kind', 'part_time', 'title', '委员',
        'substitute', '小赵', 'until_on', ((tests.at(0, '12:00') at time zone interval '+08:00')::date + 900)::text))
    || '[{"row":2,"name":"老李","kind":"full_time"}, {"row":3,"name":"","kind":"part_time"}, {"row":4,"name":"甲"},
      {"row":5,"name":"乙","kind":"guest"}, {"row":6,"name":"丙","kind":"part_time","until_on":"2001-01-01"},
      {"row":7,"name":"老李","kind":"full_time"}, {"row":8,"name":"丁","kind":"part_time","unit":"某公司"}]'),
  '1 created, 2 created, 3 error missing/name, 4 error missing/kind, 5 error bad_kind/kind, '
    || '6 error bad_day/until_on, 7 unchanged, 8 created', 'A council of three');
select is(tests.seat('王强') || '; ' || tests.seat('老李'),
  'part_time serving 委员 鼓楼医院 小赵 900 0 listed; full_time serving - - - 1', 'Who holds them');
select is(tests.bring('seats 2', 'seat',
    '[{"row":1,"name":"王强","title":"副书记","unit":""},{"row":2,"name":"老李","unit":"新来的单位"}]') || ' '
    || tests.seat('王强') || '; ' || tests.seat('老李'),
  '1 updated, 2 updated part_time serving 副书记 - 小赵 900 0 listed; full_time serving - 新来的单位 - 1',
  'Another title, no unit, and a unit that is new');
select is(tests.back('seats 2'),
  '0; 1 seat.partner_unit_id, 1 seat.title, 2 seat.partner_unit_id came back', 'It is taken back');
select is(tests.seat('王强') || '; ' || tests.seat('老李') || tests.value(
    $$select count(*) from app.partner_unit where name = '新来的单位'$$),
  'part_time serving 委员 鼓楼医院 小赵 900 0 listed; full_time serving - - - 10', 'All is as before');
select tests.act_as_owner();
update app.seat set state = 'ended' where holder = '老李';
select tests.act_as('coordinator');
select is(tests.back('seats'), '2; 2 seat changed', 'A seat that its holder gave up since stays');
select tests.act_as_owner();
select tests.make_login('above', '街道书记'), tests.grant_role('above', 'street', 'coordinator'), tests.commit();
select tests.act_as('above');
select is(tests.bring('above', 'partner_unit', '[{"row":1,"name":"某单位"}]', 'street'), 'refused:forbidden',
  'Who coordinates the communities of a street does not keep what is the street''s');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');
select * from finish();
rollback;
