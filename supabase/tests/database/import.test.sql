-- import_rows and revert_import: row by row, once per (batch, row), taken back exactly.
begin;
select plan(70);
select tests.make_world();
-- "row status code/field" of each row of an answer, or what was refused
create function tests.rows(p_answer jsonb) returns text language sql immutable as $$
  select coalesce((select string_agg(concat_ws(' ', r ->> 'row', r ->> 'status',
                       nullif(concat_ws('/', r ->> 'code', r ->> 'field'), '')),
                     ', ' order by (r ->> 'row')::int)
                   from jsonb_array_elements(p_answer -> 'results') r),
    tests.said(p_answer))
$$;
create function tests.bring(p_batch text, p_kind text, p_rows jsonb, p_meta jsonb default '{}',
  p_community text default 'community')
returns text language sql as $$
  select tests.rows(api.import_rows(tests.id(p_batch), p_kind, p_rows,
      jsonb_build_object('community_id', tests.id(p_community), 'file_name', p_batch || '.xlsx', 'demo', false)
        || p_meta))
$$;
-- a good responder row, with changes
create function tests.one(p_row int, p_over jsonb default '{}') returns jsonb language sql immutable as $$
  select jsonb_build_object('row', p_row, 'name', '郑新', 'phone', '1380000000' || p_row, 'kind', 'volunteer',
    'estate', '梧桐苑', 'building', '1栋', 'pinyin', 'zhengxin', 'initials', 'zx', 'skills', '["急救"]'::jsonb)
    || p_over
$$;
-- "removed; row table.field, … came back; row table reason, …"
create function tests.revert(p_batch text) returns text language sql as $$
  select case
    when a ->> 'status' = 'applied' then concat_ws('; ', a ->> 'removed',
      (select string_agg(k ->> 'row' || ' ' || (k ->> 'table') || '.' || (k ->> 'field'), ', '
         order by (k ->> 'row')::int, k ->> 'field') || ' came back'
       from jsonb_array_elements(a -> 'restored') k),
      (select string_agg(concat_ws(' ', k ->> 'row', k ->> 'table', k ->> 'reason'), ', ' order by (k ->> 'row')::int)
       from jsonb_array_elements(a -> 'kept') k))
    else tests.said(a)
  end
  from api.revert_import(tests.id(p_batch)) a
$$;
grant execute on all functions in schema tests to anon, authenticated;

-- Acting as anon and a login that belongs nowhere
select tests.act_as_anon();
select tests.raises($$select api.import_rows(gen_random_uuid(), 'responder', '[]', '{}')$$,
  '42501', 'Anon imports nothing');
select tests.act_as('uninvited');
select tests.raises($$select api.import_rows(gen_random_uuid(), 'responder', '[]', '{}')$$,
  '42501', 'A login that belongs nowhere imports nothing');
-- Acting as ping, the grid lead, the officer, the coordinator of another community
select tests.act_as('ping');
select is(tests.bring('b', 'responder', jsonb_build_array(tests.one(1))),
  'refused:forbidden', 'A responder imports nobody');
select tests.act_as('grid_lead');
select is(tests.bring('b', 'building', '[{"row":1,"estate":"梧桐苑","building":"3栋"}]'),
  'refused:forbidden', 'A grid lead imports nothing');
select is(tests.bring('b', 'building', '[{"row":1,"estate":"梧桐苑","building":"3栋"}]', '{"check":true}'),
  'refused:forbidden', 'A grid lead checks nothing');
select tests.act_as('officer');
select is(tests.bring('b', 'responder', jsonb_build_array(tests.one(1))),
  'refused:forbidden', 'An officer imports nobody');
select tests.act_as('other_coordinator');
select tests.denies($$
    select api.import_rows(tests.id('b'), 'post', '[{"row":1,"name":"岗","kind":"gate","estate":"梧桐苑"}]',
      jsonb_build_object('community_id', tests.id('community')))
  $$,
  'refused:forbidden', 'A coordinator imports into their own community only');

-- Acting as the coordinator: people
select tests.act_as('coordinator');
select tests.denies($$select api.import_rows(tests.id('b'), 'division', '[]', '{}')$$,
  'refused:forbidden', 'Only admin imports divisions');
select tests.denies($$select api.import_rows(tests.id('b'), 'animal', '[]', '{}')$$,
  'refused:invalid', 'A kind that does not exist is invalid');
select tests.denies($$
    select api.import_rows(tests.id('b'), 'responder', '[]', jsonb_build_object('community_id', tests.id('building_1')))
  $$,
  'refused:invalid', 'People belong to a community');
select tests.denies($$
    select api.import_rows(tests.id('b'), 'responder',
      (select jsonb_agg(tests.one(1) || jsonb_build_object('row', i)) from generate_series(1, 501) i),
      jsonb_build_object('community_id', tests.id('community')))
  $$,
  'refused:invalid', 'At most 500 rows at once');
select is(tests.bring('people', 'responder',
    jsonb_build_array(tests.one(1), tests.one(2, '{"phone":"12345"}'), tests.one(3, '{"name":""}'),
      tests.one(4, '{"kind":"hero"}'), tests.one(5, '{"estate":"没有苑"}'), tests.one(6, '{"building":"99栋"}'),
      tests.one(7, '{"phone":""}'), tests.one(8, '{"phone":"13800000001"}'),
      tests.one(9, '{"phone":"13800000001","name":"别人"}'), tests.one(10, jsonb_build_object('name', repeat('长', 41))))),
  '1 created, 2 error bad_phone/phone, 3 error missing/name, 4 error bad_kind/kind, '
    || '5 error unknown_estate/estate, 6 error unknown_building/building, 7 error missing/phone, 8 unchanged, '
    || '9 error conflict/phone, 10 error too_long/name',
  'Good rows go in, each bad one says why');
select is(tests.value($$
    select r.name || ' ' || r.kind || ' ' || r.pinyin || ' ' || (r.home_building_id = tests.id('building_1')) || ' '
      || ri.state || ' ' || r.skills[1]
    from app.responder r
    join app.responder_contact c on c.responder_id = r.id
    join app.report_in ri on ri.responder_id = r.id
    where c.phone = '13800000001'
  $$),
  '郑新 volunteer zhengxin true confirmed 急救', 'The imported person is there, reported in');
select set_config('tests.before', tests.fingerprint(), true);
select is(tests.bring('checked', 'responder',
    jsonb_build_array(tests.one(1), tests.one(2), tests.one(3), tests.one(4, '{"building":"99栋"}')), '{"check":true}'),
  '1 unchanged, 2 created, 3 created, 4 error unknown_building/building',
  'A check answers what would become of each row');
select is(tests.fingerprint(), current_setting('tests.before'), 'A check changes nothing');
select is(tests.value($$select count(*) from app.import_batch where id = tests.id('checked')$$), '0',
  'A check makes no batch');
select is(tests.bring('checked', 'responder', '[]', '{"check":"yes"}'), 'refused:invalid', 'Check is yes or no');
select is(tests.bring('people', 'responder', jsonb_build_array(tests.one(1), tests.one(2, '{"phone":"12345"}'))),
  '1 created, 2 error bad_phone/phone', 'A chunk sent again answers the same');
select is(tests.fingerprint(), current_setting('tests.before'), 'A chunk sent again writes nothing');
select is(tests.bring('people', 'responder', jsonb_build_array(tests.one(2))),
  '2 error bad_phone/phone', 'A row number is decided once');
select is(tests.bring('people 2', 'responder',
    jsonb_build_array(tests.one(1, '{"kind":"sent_cadre"}'),
      tests.one(2,
        '{"partner_unit":"区财政局","party_org":"第一支部","public_display":"yes","display_name":"郑老师","night":"no"}'))),
  '1 updated, 2 created', 'A second file updates and adds people');
select is(tests.value($$
    select u.name || ' ' || o.name || ' ' || r.night || ' ' || r.display_name || ' '
      || (select count(*) from app.consent k where k.responder_id = r.id and k.purpose = 'public_display')
    from app.responder r
    join app.partner_unit u on u.id = r.partner_unit_id
    join app.party_org o on o.id = r.party_org_id
    where r.display_name = '郑老师'
  $$),
  '区财政局 第一支部 no 郑老师 1', 'The person has unit, party organisation and consent');
select is(tests.bring('people 3', 'responder',
    jsonb_build_array(tests.one(1, '{"kind":"sent_cadre","partner_unit":"区税务局"}'))),
  '1 updated', 'A new partner unit is a change');
select is(tests.value($$
    select u.name
    from app.responder r
    join app.responder_contact c on c.responder_id = r.id
    join app.partner_unit u on u.id = r.partner_unit_id
    where c.phone = '13800000001'
  $$),
  '区税务局', 'The new partner unit is kept');
select is(tests.bring('people', 'building', '[]'), 'refused:forbidden', 'A batch keeps its kind');

-- Acting as the coordinator of another community, with the batch of this one
select tests.act_as('other_coordinator');
select is(tests.bring('people', 'responder', '[]', '{}', 'other_community'),
  'refused:forbidden', 'Nobody adds to another''s batch');
select tests.denies($$select api.revert_import(tests.id('people'))$$, 'refused:forbidden',
  'Nobody takes back another''s batch');
select is(tests.said(api.import_batches(tests.id('community'))), 'refused:forbidden', 'Nobody sees another''s batch');
select is(tests.bring('theirs', 'responder',
    jsonb_build_array(tests.one(1, '{"kind":"sent_cadre","estate":"","building":""}')), '{}', 'other_community'),
  '1 created', 'Another community has its own record of the number');
select tests.act_as('ping');
select is(tests.said(api.import_batches(tests.id('community'))), 'refused:forbidden', 'A responder sees no batches');
select tests.denies($$select api.revert_import(tests.id('people'))$$, 'refused:forbidden',
  'A responder takes no batch back');

-- Acting as the coordinator: buildings and posts
select tests.act_as('coordinator');
select is(tests.bring('buildings', 'building',
    '[{"row":1,"estate":"新苑","building":"1栋","grid":"第九网格"},
      {"row":2,"estate":"新苑","building":"2栋","duty_line":"025-1234"}, {"row":3,"estate":"","building":"3栋"},
      {"row":4,"estate":"新苑","building":""}, {"row":5,"estate":"梧桐苑","building":"1栋"},
      {"row":6,"estate":"梧桐苑","building":"2栋","duty_line":"025-99"}]'),
  '1 created, 2 created, 3 error missing/estate, 4 error missing/building, 5 unchanged, 6 updated',
  'Buildings make their estate and grid');
select is(tests.value($$
    select string_agg(u.name, ' < ' order by u.level desc)
    from app.org_unit b
    join app.org_unit u on b.path operator(extensions.<@) u.path
    where b.name = '1栋' and b.parent_id = (select id from app.org_unit where name = '新苑') and u.level >= 'community'
  $$),
  '1栋 < 新苑 < 第九网格 < 甲社区', 'Each building lies in its place');
select is(tests.bring('posts', 'post',
    '[{"row":1,"estate":"新苑","building":"1栋","name":"门岗","kind":"unit_door","task":"登记"},
      {"row":2,"estate":"新苑","name":"大门","kind":"gate","setting":"indoor","night_minimum":2},
      {"row":3,"estate":"新苑","name":"大门","kind":"moat"}, {"row":4,"estate":"旧苑","name":"大门","kind":"gate"},
      {"row":5,"estate":"梧桐苑","building":"1栋","name":"单元门岗","kind":"unit_door","task":"测温"},
      {"row":6,"estate":"新苑","name":"","kind":"gate"}]'),
  '1 created, 2 created, 3 error bad_kind/kind, 4 error unknown_estate/estate, 5 updated, 6 error missing/name',
  'Posts stand at buildings and estates');
select is(tests.value($$select task from app.post where id = tests.id('door')$$),
  '测温', 'An older post is updated');
select is((select string_agg(concat_ws(' ', b ->> 'kind', b ->> 'state', b ->> 'created', b ->> 'updated',
               b ->> 'failed', b ->> 'by_name'),
             '; ' order by b ->> 'kind', b ->> 'file_name')
           from jsonb_array_elements(api.import_batches(tests.id('community')) -> 'batches') b),
  'building open 2 1 2 陈立群; post open 2 1 3 陈立群; responder open 1 1 0 陈立群; '
    || 'responder open 0 1 0 陈立群; responder open 1 0 8 陈立群',
  'Each batch is listed with its counts');

-- Taking back
select is(tests.revert('posts'), '2; 5 post.task came back', 'Posts nobody used are removed; values come back');
select is(tests.value($$select task from app.post where id = tests.id('door')$$), '登记来访、代收快递', 'The old task');
select is(tests.revert('posts'), 'refused:batch_closed', 'Once');
select is(tests.bring('posts', 'post', '[{"row":9,"estate":"新苑","name":"侧门","kind":"gate"}]'),
  'refused:batch_closed', 'A batch taken back takes no more rows');
select is(tests.revert('buildings'), '2; 6 org_unit.duty_line came back', 'Buildings without posts are removed');
select is(tests.value($$select count(*) from app.org_unit where name in ('新苑', '第九网格')$$),
  '0', 'The estate and grid made for those buildings are removed');
select is(tests.revert('people 3'), '0; 1 responder.partner_unit_id came back',
  'A person is in no unit again, as before');
select is(tests.revert('people'), '0; 1 responder changed', 'A person who was touched by another list since stays');
select tests.act_as_owner();
select tests.make_login('zheng', '郑新');
update app.responder set login_id = tests.id('zheng') where name = '郑新' and display_name = '郑老师';
select tests.act_as('coordinator');
select is(tests.revert('people 2'),
  '0; 1 responder.kind came back; 2 responder has_login', 'A person with a login stays');
select is(tests.revert('no such batch'), 'refused:gone', 'A batch that does not exist is gone');

select is(tests.bring('more', 'responder',
    jsonb_build_array(tests.one(4), tests.one(5), tests.one(6, '{"partner_unit":"空单位","party_org":"空支部"}'))),
  '4 created, 5 created, 6 created', 'Three more people');
select tests.act_as_owner();
select tests.make_shift('s', now() + interval '20 hours', 3, 1);
insert into app.draft_assignment (id, shift_id, responder_id)
select gen_random_uuid(), tests.id('s'), responder_id
from app.responder_contact
where phone = '13800000004';
insert into app.report_in (id, responder_id, community_id, state)
select gen_random_uuid(), responder_id, tests.id('other_community'), 'confirmed'
from app.responder_contact
where phone = '13800000005';
select tests.act_as('coordinator');
select is(tests.revert('more'),
  '1; 4 responder has_duty, 5 responder reported_in_elsewhere',
  'People who serve, or have reported in elsewhere since, stay');
select is(tests.value($$select count(*) from app.responder_contact where phone = '13800000006'$$),
  '0', 'A person who is removed takes their number along');
select is(tests.value($$
    select (select count(*)
            from app.partner_unit
            where name = '空单位') + (select count(*) from app.party_org where name = '空支部')
  $$),
  '0', 'The unit and organisation made for that person alone are removed');
select is((select count(*) from tests.drift()), 0::bigint, 'Phones hold what the projections say');

-- Acting as admin: divisions
select tests.act_as('admin');
select is(tests.bring('divisions', 'division',
    '[{"row":1,"code":"32","name":"江苏","level":"city"},
      {"row":2,"code":"3201","name":"鼓楼","level":"district","parent_code":"32"},
      {"row":3,"code":"x","name":"坏","level":"district","parent_code":"32"},
      {"row":4,"code":"3202","name":"","level":"district","parent_code":"32"},
      {"row":5,"code":"3203","name":"坏","level":"planet","parent_code":"32"},
      {"row":6,"code":"3204","name":"坏","level":"district","parent_code":"99"},
      {"row":7,"code":"3205","name":"坏","level":"district"},
      {"row":8,"code":"3206","name":"倒","level":"city","parent_code":"3201"},
      {"row":9,"code":"32","name":"江苏","level":"city"}]',
    '{"community_id":null}'),
  '1 created, 2 created, 3 error bad_code/code, 4 error missing/name, 5 error bad_kind/level, '
    || '6 error unknown_parent/parent_code, 7 error missing/parent_code, 8 error conflict, 9 unchanged',
  'Admin imports the official tree');
select is(tests.bring('divisions 2', 'division',
    '[{"row":1,"code":"3201","name":"鼓楼区","level":"district","parent_code":"32"}]', '{"community_id":null}'),
  '1 updated', 'A newer list renames');
select is(tests.revert('divisions'),
  '0; 1 org_unit has_children, 2 org_unit changed', 'A division a later list renamed stays, and so do those above it');
select is(tests.bring('admin people', 'responder', jsonb_build_array(tests.one(9))),
  '9 created', 'Admin may import a community''s people on its behalf');

-- A number in a name is not kept, and the name is found again in the form it was kept
select is(tests.bring('numbers ' || i, 'building', '[{"row":1,"estate":"热线13800138000苑","building":"1栋"}]') || ', '
    || tests.bring('numbered people ' || i, 'responder',
      jsonb_build_array(tests.one(7, '{"row":7,"estate":"热线13800138000苑","partner_unit":"单位 138 0013 8000"}'))),
  case i when 1 then '1 created, 7 created' else '1 unchanged, 7 unchanged' end,
  'A list with numbers among its names, time ' || i)
from generate_series(1, 2) i;

-- Demo and real data never mix
select is(tests.bring('demo', 'responder', jsonb_build_array(tests.one(8)), '{"demo":true}'),
  'refused:real_database', 'Demo data is refused by a real database');
select is(tests.value($$select count(*) from app.import_batch where id = tests.id('demo')$$),
  '0', 'Refused demo data leaves nothing');
select tests.act_as_owner();
update app.setting set value = '"demo"' where key = 'data';
select tests.act_as('admin');
select is(tests.bring('real', 'responder', jsonb_build_array(tests.one(8))),
  'refused:demo_database', 'Real data is refused by a demo database');
select is(tests.bring('demo', 'responder', jsonb_build_array(tests.one(8)), '{"demo":true}'),
  '8 created', 'A demo database takes demo data');
select * from finish();
rollback;
